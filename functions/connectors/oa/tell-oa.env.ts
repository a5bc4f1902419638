/** Environment of `tell-oa`. */
import * as z from 'zod';
import { oaEnvironment, storeEnvironment, suitesEnvironment } from '../../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...oaEnvironment.shape,
  ...suitesEnvironment.shape,
});
