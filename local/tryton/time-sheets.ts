/** What a clerk of human resources types into Tryton's time sheets, for demonstrations and tests. Dates are `YYYY-MM-DD`. */
import { date, idOf, type TrytonAddress, type TrytonLogin, withClient } from './rpc.ts';

export interface TimeSheets {
  /**
   * Hours on the work of a kind of leave; nobody is asked whether they were granted.
   * @param kind - its code, such as `annual`
   */
  enter(employeeId: string, kind: string, day: string, hours: number): Promise<void>;
  /** The same hours are none any more. */
  strike(employeeId: string, kind: string, day: string): Promise<void>;
}

/** @param login - a user who may write time sheets, such as the administrator */
export function createTimeSheets(address: TrytonAddress, login: TrytonLogin): TimeSheets {
  return {
    enter: (employeeId, kind, day, hours) =>
      withClient(address, login, async (client) => {
        const employee = await client.one('company.employee', [['party.code', '=', employeeId]], ['company']);
        const work = await client.one('timesheet.work', [['name', 'like', `%[${kind}]`]], ['id']);
        await client.create('timesheet.line', {
          company: employee.company,
          employee: idOf(employee),
          work: idOf(work),
          date: date(day),
          duration: timeSpan(hours),
        });
      }),
    strike: (employeeId, kind, day) =>
      withClient(address, login, async (client) => {
        const lines = await client.search('timesheet.line', [
          ['employee.party.code', '=', employeeId],
          ['date', '=', date(day)],
          ['work.name', 'like', `%[${kind}]`],
        ]);
        await client.write('timesheet.line', lines, { duration: timeSpan(0) });
      }),
  };
}

function timeSpan(hours: number) {
  return { __class__: 'timedelta', seconds: hours * 3600 };
}
