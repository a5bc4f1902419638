/** Environment of `close-replenishment`. */
import { storeEnvironment } from '../runtime/environment.ts';

export const environment = storeEnvironment;
