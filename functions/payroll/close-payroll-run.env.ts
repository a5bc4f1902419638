/** Environment of `close-payroll-run`. */
import * as z from 'zod';
import { payrollEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...payrollEnvironment.shape });
