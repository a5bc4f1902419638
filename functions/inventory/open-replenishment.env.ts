/** Environment of `open-replenishment`. */
import { storeEnvironment } from '../runtime/environment.ts';

export const environment = storeEnvironment;
