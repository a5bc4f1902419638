/** What the time clock at the door writes into Tryton, or a clerk of personnel where somebody forgot it, for demonstrations and tests. */
import { COMPANY_TIME_ZONE } from './company-data.ts';
import { date, idOf, type TrytonAddress, type TrytonLogin, withClient } from './rpc.ts';

/** Somebody comes or goes. */
export interface Stamp {
  readonly direction: 'in' | 'out';
  /** An instant, ISO 8601 with an offset. */
  readonly at: string;
}

export interface TimeClock {
  /** All of them, or none. */
  stamp(employeeId: string, stamps: readonly Stamp[]): Promise<void>;
}

/** @param login - a user who may write attendances of others, such as personnel */
export function createTimeClock(address: TrytonAddress, login: TrytonLogin): TimeClock {
  return {
    stamp: (employeeId, stamps) =>
      withClient(address, login, async (client) => {
        const employee = await client.one('company.employee', [['party.code', '=', employeeId]], ['company'], {
          active_test: false,
        });
        await client.createAll(
          'attendance.line',
          stamps.map(({ direction, at }) => ({
            company: employee.company,
            employee: idOf(employee),
            type: direction,
            at: instant(at),
            date: date(localDate(at)),
          })),
        );
      }),
  };
}

/** Tryton's own client fills it in; over RPC it is required. */
function localDate(at: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone: COMPANY_TIME_ZONE }).format(new Date(at));
}

/** In UTC, as Tryton keeps it. */
function instant(at: string) {
  const [year, month, day, hour, minute, second] = new Date(at)
    .toISOString()
    .split(/[-T:.]/)
    .map(Number);
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond: 0 };
}
