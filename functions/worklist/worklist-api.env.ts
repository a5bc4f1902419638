/** Environment of `worklist-api`. */
import * as z from 'zod';
import { attachmentEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...attachmentEnvironment.shape });
