import { faultMatrix } from './matrix.ts';
import { relayCalls } from './provider-calls.ts';

faultMatrix(relayCalls);
