/** Environment of `export-figures`. */
import * as z from 'zod';
import { payrollSystemEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...payrollSystemEnvironment.shape });
