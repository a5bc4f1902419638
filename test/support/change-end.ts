/** What an engineering change has come to, in one line for each side that must agree. */
import type { EngineeringChangeSubmitted } from '../../functions/events/engineering-change-submitted.ts';
import { BILLS } from '../../local/tryton/company-data.ts';
import type { ChangeWorld } from './change-world.ts';
import type { End } from './path-coverage.ts';
import { handInRequest } from './request-end.ts';

/** Hands in the world of an engineering change, and with it asserts its end: in the ERP, every bill and every version. */
export async function handInChange(
  world: ChangeWorld,
  event: EngineeringChangeSubmitted,
  expected: End,
  unfit: readonly string[] = [],
): Promise<void> {
  await handInRequest(world, event, await erpLine(world), expected, unfit);
}

/** `P-9001: P-3001 1, P-4001 0.25; prepared`: the bill of the product of the stories, and the states of the versions. */
async function erpLine({ engineering }: ChangeWorld): Promise<string> {
  const bill = await engineering.readBom(BILLS[0].product);
  const components = (bill?.components ?? []).map(({ productCode, quantity }) => `${productCode} ${quantity}`);
  return [components.join(', '), ...engineering.allVersions().map(({ state }) => state)].join('; ');
}
