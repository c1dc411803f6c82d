import { faultMatrix } from './matrix.ts';
import { incodeCalls } from './provider-calls.ts';

faultMatrix(incodeCalls);
