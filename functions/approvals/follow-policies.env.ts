/** Environment of `follow-policies`. */
import * as z from 'zod';
import { storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape });
