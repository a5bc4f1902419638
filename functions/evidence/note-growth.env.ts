/** Environment of `note-growth`. */
import { storeEnvironment } from '../runtime/environment.ts';

export const environment = storeEnvironment;
