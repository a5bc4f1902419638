/** Environment of `check-en16931`. */
import * as z from 'zod';
import { attachmentEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...attachmentEnvironment.shape });
