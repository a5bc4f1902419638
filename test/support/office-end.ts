/** What an office request has come to, in one line for each side that must agree. */
import type { OfficeRequestSubmitted } from '../../functions/events/office-request-submitted.ts';
import type { OfficeWorld } from './office-world.ts';
import type { End } from './path-coverage.ts';
import { handInRequest, NOTHING } from './request-end.ts';

/** Hands in the world of an office request, and with it asserts its end: no ERP has a part in it. */
export async function handInOffice(
  world: OfficeWorld,
  event: OfficeRequestSubmitted,
  expected: Omit<End, 'erp'>,
  unfit: readonly string[] = [],
): Promise<void> {
  await handInRequest(world, event, NOTHING, { ...expected, erp: NOTHING }, unfit);
}
