/** What becomes of stock that is short. */

import type { Story } from './stage.ts';
import { recovered } from './stock/recovered.ts';
import { replenished } from './stock/replenished.ts';
import { withoutAsking } from './stock/without-asking.ts';

export const STOCK_STORIES: readonly Story[] = [replenished, withoutAsking, recovered];
