/** Environment of `follow-order`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...erpEnvironment.shape });
