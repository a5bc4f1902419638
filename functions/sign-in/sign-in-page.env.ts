/** Environment of `sign-in-page`. */
import * as z from 'zod';
import { identityProviderEnvironment, pagesEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...pagesEnvironment.shape,
  ...identityProviderEnvironment.shape,
});
