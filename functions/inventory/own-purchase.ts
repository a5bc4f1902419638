/** The purchase that a replenishment asks for: one, whose id follows from the replenishment's. */
import { OWN_SYSTEM } from '../events/envelope.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import { processIdOf } from '../requests/register-request.ts';

/** Process of the purchase, whether or not it has begun. */
export function purchaseIdOf(replenishmentId: string): string {
  return processIdOf(PURCHASE, { system: OWN_SYSTEM, requestId: replenishmentId });
}
