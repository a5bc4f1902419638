/** Which post answers for each wait; a wait without post, or with a vacant one, belongs to the operators. */
import type { WaitKind } from '../../process/domain/process.ts';

export const WAIT_OWNER_POSTS: { readonly [kind in WaitKind]?: string } = {
  'goods-receipt': 'buyer',
  'supplier-invoice': 'accounting',
  payment: 'accounting',
};
