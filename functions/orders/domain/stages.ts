/** What orders of the ERP go through that Meridian follows. */

export const ORDER_KINDS = ['sales-order', 'production-order'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** In the order in which they come; a sale that is made first has its production beside it, as an order of its own. */
export const STAGES = {
  'sales-order': ['ordered', 'shipped', 'invoiced'],
  'production-order': ['ordered', 'in-production', 'finished'],
} as const;
export type Stage = (typeof STAGES)[OrderKind][number];
