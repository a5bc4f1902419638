/** Environment of `close-books`. */
import * as z from 'zod';
import { closeBooksEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...closeBooksEnvironment.shape });
