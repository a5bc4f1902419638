/** What whoever stands in is told, however the absence came to be. */
import type { Directory } from '../directory/port.ts';
import type { Effect } from '../process/domain/process.ts';
import { standInToldKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';

/** Somebody's absence and who stands in during it; times are ISO 8601, an absent scope is everything. */
export interface StandInPeriod {
  readonly employeeId: string;
  readonly substituteId: string;
  readonly from: string;
  readonly until: string;
  readonly scope?: readonly string[];
}

/** To whoever stands in, or does no more. */
export async function standInMail(
  directory: Directory,
  { employeeId, from, until, scope, substituteId }: StandInPeriod,
  news: 'named' | 'ended',
): Promise<Effect> {
  const person = (await directory.person(employeeId))?.name ?? employeeId;
  const facts = { news, person, begins: from, ends: until, scope: (scope ?? []).join(' ') };
  return { kind: 'mail', mail: { to: substituteId, template: 'stand-in', facts } };
}

/** After its end. */
const REMEMBER_DAYS = 31;

/** With the mail that names them they are told of open tasks as well, where the absence has begun already: not once more then. */
export function toldAtOnce(period: StandInPeriod, now: Date): readonly WorkChange[] {
  if (Date.parse(period.from) > now.getTime()) {
    return [];
  }
  const expiresAt = new Date(Date.parse(period.until) + REMEMBER_DAYS * 86_400_000);
  return [
    { kind: 'put', key: standInToldKey(period.substituteId, period), value: { at: now.toISOString() }, expiresAt },
  ];
}
