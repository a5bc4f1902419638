/**
 * Clock-ins and clock-outs: lines of Tryton's module `attendance`. Its own sheets add them up as well, and are not read: they
 * pair whatever follows each other, a clock-in with the clock-out of another day.
 */
import * as z from 'zod';
import type { Clocking, TimePort } from '../time-port.ts';
import { activated } from './company.ts';
import type { TrytonSession } from './session.ts';
import { instant, instantField } from './wire.ts';

const LINE = 'attendance.line';
const MODULE = 'attendance';

/** `at` is in UTC (`attendance.py`: `at.replace(tzinfo=tz.UTC)`). */
const lineShape = z.object({ at: instantField, type: z.enum(['in', 'out']) });

/** Without the module there is no time clock: nobody has clocked. */
export function createClockReader(tryton: TrytonSession): TimePort['clockingsOf'] {
  let isThere = false;
  return async (employeeId, from, until) => {
    // A module stays; one that is not there may be activated at any time.
    isThere ||= (await activated(tryton, [MODULE])).has(MODULE);
    return isThere ? clockingsOf(tryton, employeeId, from, until) : [];
  };
}

async function clockingsOf(
  tryton: TrytonSession,
  employeeId: string,
  from: string,
  until: string,
): Promise<readonly Clocking[]> {
  const domain = [
    ['employee.party.code', '=', employeeId],
    ['at', '>=', instant(new Date(from))],
    ['at', '<', instant(new Date(until))],
  ];
  const lines = await tryton.findInPages(LINE, domain, lineShape, ['at', 'type']);
  return lines.toSorted(byTime).map(({ at, type }) => ({ at, direction: type }));
}

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return one.at < other.at ? -1 : Number(one.at > other.at);
}
