/**
 * The time sheets and the time clock of Tryton 8.2 over JSON-RPC, as the connector's restricted user: it needs Timesheet
 * Administration; attendances are read by every user of the company.
 */
import type { CommandClaims } from '../port.ts';
import type { TimePort } from '../time-port.ts';
import {
  absencesOf,
  cancelAbsence,
  findAbsence,
  findEmployee,
  leaveKinds,
  recordAbsence,
  shortenAbsence,
} from './absences.ts';
import { createClockReader } from './clockings.ts';
import { readCompanyId } from './company.ts';
import type { TrytonCredentials } from './credentials.ts';
import { createTrytonSession } from './session.ts';

export interface TrytonTimeParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly claims: CommandClaims;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonTime({ credentials, claims, fetch: send = fetch }: TrytonTimeParts): TimePort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  return {
    findEmployee: (employeeId) => findEmployee(tryton, employeeId),
    leaveKinds: () => leaveKinds(tryton),
    absencesOf: (employeeId, from, to) => absencesOf(tryton, employeeId, from, to),
    clockingsOf: createClockReader(tryton),
    recordAbsence: async (command) => recordAbsence(tryton, await readCompanyId(tryton), claims, command),
    findAbsence: (key) => findAbsence(tryton, key),
    shortenAbsence: (command) => shortenAbsence(tryton, command),
    cancelAbsence: async (command) => cancelAbsence(tryton, await readCompanyId(tryton), claims, command),
  };
}
