import { faultMatrix } from './matrix.ts';
import { increaseCalls } from './provider-calls.ts';

faultMatrix(increaseCalls);
