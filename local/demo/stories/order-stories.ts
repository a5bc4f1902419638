/** What becomes of the orders that customers give the company. */
import { madeToOrder } from './orders/made-to-order.ts';
import type { Story } from './stage.ts';

export const ORDER_STORIES: readonly Story[] = [madeToOrder];
