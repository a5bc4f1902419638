/** @module-tag long */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimePort } from '../../../functions/connectors/erp/time-port.ts';
import { createTrytonTime } from '../../../functions/connectors/erp/tryton/tryton-time.ts';
import { date, dateText, idOf } from '../../../local/tryton/rpc.ts';
import { createTimeClock } from '../../../local/tryton/time-clock.ts';
import { createTimeSheets } from '../../../local/tryton/time-sheets.ts';
import { type Cut, onceAt, startCuttingProxy } from './cutting-proxy.ts';
import { fasterClock, insist } from './rig.ts';
import { absenceCommand, describeTime, type TimeRig } from './time-contract.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

/** How much faster the minute of a claim runs than the clock. */
const PACE = 10;

async function openTimeRig(): Promise<TimeRig & { readonly tryton: TrytonRig; through(url: string): TimePort }> {
  const tryton = await openTrytonRig();
  const { server, admin } = tryton;
  const sheets = createTimeSheets(server, server.logins.admin);
  const clock = createTimeClock(server, server.logins.personnel);
  const { login: user, password } = server.logins.connector;
  const claims = tryton.newClaims(fasterClock(PACE));
  const through = (url: string) =>
    createTrytonTime({ credentials: async () => ({ url, database: server.database, user, password }), claims });
  return {
    tryton,
    through,
    time: through(server.url),
    another: () => through(server.url),
    typeIn: (employeeId, kind, day, hours) => sheets.enter(employeeId, kind, day, Number(hours)),
    clock: (employeeId, clockings) => clock.stamp(employeeId, clockings),
    daysWith: async (key) => (await admin.search('timesheet.line', [['description', 'like', `%${key}%`]])).length,
    close: () => tryton.close(),
  };
}

describeTime('the time sheets of Tryton', openTimeRig);

describe('the time sheets of Tryton behind a line that breaks', () => {
  let rig: Awaited<ReturnType<typeof openTimeRig>>;
  beforeAll(async () => {
    rig = await openTimeRig();
  });
  afterAll(async () => {
    await rig?.close();
  });
  const cutOnce = (method: string, cut: Cut) => startCuttingProxy(rig.tryton.server.port, onceAt(method, cut));

  it.each(['in-request', 'before-reply', 'in-reply', 'before-late-request'] as const)(
    'records each day once when its request is cut %s',
    async (cut) => {
      // Prepare
      const proxy = await cutOnce('model.timesheet.line.create', cut);
      const command = absenceCommand();

      // Act
      const recorded = await insist(() => rig.through(proxy.url).recordAbsence(command), 300);

      // Assess
      expect(proxy.done).toHaveLength(1);
      expect(recorded).toMatchObject({ days: command.days, state: 'recorded' });
      expect(await rig.daysWith(command.key)).toBe(2);
      await proxy.close();
    },
  );

  it('leaves nothing recorded when an absence is cancelled while its request is still on its way', async () => {
    // Prepare
    const proxy = await cutOnce('model.timesheet.line.create', 'before-late-request');
    const command = absenceCommand({ employeeId: 'E-1005' });
    await expect(rig.through(proxy.url).recordAbsence(command)).rejects.toMatchObject({
      name: 'ConnectorTransientError',
    });

    // Act
    const cancelled = await insist(() => rig.time.cancelAbsence(command), 300);

    // Assess
    expect(cancelled).toMatchObject({ days: [], state: 'cancelled' });
    expect(await rig.daysWith(command.key)).toBe(2);
    expect(await rig.time.absencesOf('E-1005', '2026-01-01', '2026-12-31')).toEqual([]);
    await proxy.close();
  });

  it('reads clockings as the instants that Tryton dates by the zone of its company', async () => {
    const { admin } = rig.tryton;
    const employee = await admin.one('company.employee', [['party.code', '=', 'E-1005']], ['company']);
    const at = { __class__: 'datetime', year: 2026, month: 7, day: 1, hour: 16, minute: 30, second: 0, microsecond: 0 };
    const values = { company: employee.company, employee: idOf(employee), type: 'in', at };
    // Half past midnight of the next day in Shanghai: Tryton puts the wrong date right.
    const line = await admin.create('attendance.line', { ...values, date: date('2026-07-01') });

    const found = await rig.time.clockingsOf('E-1005', '2026-07-01T00:00:00.000Z', '2026-07-02T00:00:00.000Z');

    expect(found.map((one) => Date.parse(one.at))).toEqual([Date.parse('2026-07-02T00:30:00+08:00')]);
    const [written] = await admin.read('attendance.line', [line], ['date']);
    expect(dateText(written?.date)).toBe('2026-07-02');
  });

  it('refuses a kind of leave whose work is closed on one of the days', async () => {
    const { admin } = rig.tryton;
    const work = await admin.one('timesheet.work', [['name', 'like', '%[marriage]']], ['id']);
    await admin.write('timesheet.work', [idOf(work)], { timesheet_end_date: date('2026-03-02') });

    await expect(rig.time.recordAbsence(absenceCommand({ kind: 'marriage' }))).rejects.toMatchObject({
      rule: 'unknown-leave-kind',
      message: expect.stringContaining('closed'),
    });
  });
});
