/** Environment of `diagram-pages`. */
import * as z from 'zod';
import { companyEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({ ...storeEnvironment.shape, ...companyEnvironment.shape });
