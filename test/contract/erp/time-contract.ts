/** What the time sheets of every ERP behind the port do: one suite for the adapter and for the time sheets in memory. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AbsenceCommand, Clocking, TimePort } from '../../../functions/connectors/erp/time-port.ts';
import { insist } from './rig.ts';

/** Racing callers. */
const CALLERS = 6;

export interface TimeRig {
  readonly time: TimePort;
  /** Another process with a session of its own and the same claims. */
  another(): TimePort;
  /** Human resources type an absence in. */
  typeIn(employeeId: string, kind: string, date: string, hours: string): Promise<void>;
  /** The time clock, or a clerk of personnel, writes that somebody came or went. */
  clock(employeeId: string, clockings: readonly Clocking[]): Promise<void>;
  /** How many lines, or whatever stands for a day, carry the key; read without the adapter. */
  daysWith(key: string): Promise<number>;
  close(): Promise<void>;
}

/** Of a leave of nobody else: each test has dates of its own. */
export function absenceCommand(terms: Partial<AbsenceCommand> = {}): AbsenceCommand {
  return {
    key: `T${randomUUID().slice(0, 18)}-absence`,
    employeeId: 'E-1001',
    kind: 'annual',
    days: [
      { date: '2026-03-02', hours: '8' },
      { date: '2026-03-03', hours: '3.5' },
    ],
    description: 'Annual leave 年假',
    ...terms,
  };
}

export function describeTime(name: string, open: () => Promise<TimeRig>): void {
  describe(name, () => {
    let rig: TimeRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(async () => {
      await rig?.close();
    });
    const record = (command: AbsenceCommand) => insist(() => rig.time.recordAbsence(command));

    it('knows an employee by the company’s own id, says until when somebody was employed, and nothing about a stranger', async () => {
      expect(await rig.time.findEmployee('E-1001')).toEqual({ employeeId: 'E-1001', name: '李娜 Li Na' });
      expect(await rig.time.findEmployee('E-1003')).toMatchObject({
        employeeId: 'E-1003',
        employedUntil: expect.stringMatching(/^\d{4}-12-31$/u),
      });
      expect(await rig.time.findEmployee('E-9999')).toBeUndefined();
    });

    it('names the kinds of leave that can be recorded, and no other work', async () => {
      expect(await rig.time.leaveKinds()).toEqual([
        'annual',
        'bereavement',
        'marriage',
        'maternity',
        'paternity',
        'sick',
        'travel',
        'unpaid',
      ]);
    });

    it('records every day with its hours, and reads the same afterwards', async () => {
      const command = absenceCommand({ days: [day('2026-04-02', '8'), day('2026-04-01', '4')] });

      const recorded = await record(command);

      const { key } = command;
      const days = [day('2026-04-01', '4'), day('2026-04-02', '8')];
      expect(recorded).toEqual({ key, employeeId: 'E-1001', kind: 'annual', days, state: 'recorded' });
      expect(await rig.time.findAbsence(key)).toEqual(recorded);
      expect(await rig.time.absencesOf('E-1001', '2026-04-01', '2026-04-30')).toEqual(
        days.map((one) => ({ ...one, kind: 'annual', key })),
      );
    });

    it('gives the absences of one person between two dates, both included, and those that people typed in', async () => {
      const command = absenceCommand({
        employeeId: 'E-1002',
        kind: 'sick',
        days: ['2026-05-04', '2026-05-05', '2026-05-06'].map((date) => day(date, '8')),
      });
      await record(command);
      await record(absenceCommand({ employeeId: 'E-1004', days: [day('2026-05-05', '8')] }));
      await rig.typeIn('E-1002', 'unpaid', '2026-05-07', '2');

      const absences = await rig.time.absencesOf('E-1002', '2026-05-05', '2026-05-07');

      expect(absences).toEqual([
        { date: '2026-05-05', hours: '8', kind: 'sick', key: command.key },
        { date: '2026-05-06', hours: '8', kind: 'sick', key: command.key },
        { date: '2026-05-07', hours: '2', kind: 'unpaid' },
      ]);
      expect(await rig.time.absencesOf('E-9999', '2026-01-01', '2026-12-31')).toEqual([]);
    });

    it('gives the clockings of one person between two instants, the first included, in the order of time, in UTC', async () => {
      // Over two midnights in Shanghai, the second of which is a new month; typed in afterwards and not in order.
      await rig.clock('E-1004', [at('in', '2026-04-30T21:55:30+08:00'), at('out', '2026-05-01T06:10:05+08:00')]);
      await rig.clock('E-1004', [at('out', '2026-04-30T06:00:00+08:00'), at('in', '2026-04-29T22:00:00+08:00')]);
      await rig.clock('E-1002', [at('in', '2026-04-30T09:00:00+08:00')]);
      const read = (from: string, until: string) => rig.time.clockingsOf('E-1004', from, until);

      const night = await read('2026-04-29T00:00:00.000Z', '2026-05-02T00:00:00.000Z');

      expect(night.map(moment)).toEqual([
        'in 2026-04-29T14:00:00.000Z',
        'out 2026-04-29T22:00:00.000Z',
        'in 2026-04-30T13:55:30.000Z',
        'out 2026-04-30T22:10:05.000Z',
      ]);
      const between = await read('2026-04-29T22:00:00.000Z', '2026-04-30T22:10:05.000Z');
      expect(between).toEqual(night.slice(1, 3));
      expect(await rig.time.clockingsOf('E-9999', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z')).toEqual([]);
    });

    it('gives the clockings of who has left, and all of them where there are many', async () => {
      const year = Date.parse('2025-02-03T00:00:00Z');
      const many = Array.from({ length: 1100 }, (_, index) =>
        at(index % 2 === 0 ? 'in' : 'out', new Date(year + index * 3_600_000).toISOString()),
      );
      await rig.clock('E-1003', many);

      const found = await rig.time.clockingsOf('E-1003', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');

      expect(found.map(moment)).toEqual(many.map(moment));
    });

    it('makes one absence of a key, however often and by however many at once it is asked for', async () => {
      const command = absenceCommand();
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      const all = await Promise.all(callers.map((caller) => insist(() => caller.recordAbsence(command), 200)));

      expect(new Set(all.map((absence) => JSON.stringify(absence))).size).toBe(1);
      expect(await record({ ...command, days: [day('2026-12-01', '1')] })).toEqual(all[0]);
      expect(await rig.daysWith(command.key)).toBe(2);
    });

    it('takes an absence back once and for good: neither its days nor another recording of the key count', async () => {
      const command = absenceCommand({ days: [day('2026-06-01', '8')] });
      await record(command);

      const cancelled = await insist(() => rig.time.cancelAbsence(command));

      const { key } = command;
      expect(cancelled).toEqual({ key, employeeId: 'E-1001', kind: 'annual', days: [], state: 'cancelled' });
      expect(await insist(() => rig.time.cancelAbsence(command))).toEqual(cancelled);
      expect(await record(command)).toEqual(cancelled);
      expect(await rig.time.findAbsence(key)).toEqual(cancelled);
      expect(await rig.time.absencesOf('E-1001', '2026-06-01', '2026-06-01')).toEqual([]);
    });

    it('takes back the days and hours that an absence has beyond those that are left, again without effect', async () => {
      const days = [day('2026-07-01', '8'), day('2026-07-02', '8'), day('2026-07-03', '8'), day('2026-07-06', '8')];
      const command = absenceCommand({ days });
      await record(command);
      const left = [day('2026-07-01', '8'), day('2026-07-02', '4')];

      const shortened = await insist(() => rig.time.shortenAbsence({ ...command, days: left }));

      const { key } = command;
      expect(shortened).toEqual({ key, employeeId: 'E-1001', kind: 'annual', days: left, state: 'recorded' });
      expect(await insist(() => rig.time.shortenAbsence({ ...command, days: left }))).toEqual(shortened);
      expect(await insist(() => rig.time.shortenAbsence(command))).toEqual(shortened);
      expect(await rig.time.absencesOf('E-1001', '2026-07-01', '2026-07-31')).toEqual(
        left.map((one) => ({ ...one, kind: 'annual', key })),
      );
      expect(await insist(() => rig.time.cancelAbsence(command))).toMatchObject({ days: [], state: 'cancelled' });
      expect(await insist(() => rig.time.shortenAbsence({ ...command, days: left }))).toMatchObject({ days: [] });
    });

    it('does not shorten an absence that was never recorded', async () => {
      const command = absenceCommand({ days: [day('2026-07-08', '8')] });

      await expect(rig.time.shortenAbsence(command)).rejects.toMatchObject({ name: 'ConnectorPermanentError' });
      expect(await rig.daysWith(command.key)).toBe(0);
    });

    it('uses up the key of an absence that is cancelled before it is recorded', async () => {
      const command = absenceCommand({ days: [day('2026-06-02', '8')] });
      expect(await rig.time.findAbsence(command.key)).toBeUndefined();

      await insist(() => rig.time.cancelAbsence(command));

      expect(await record(command)).toMatchObject({ days: [], state: 'cancelled' });
      expect(await rig.time.absencesOf('E-1001', '2026-06-02', '2026-06-02')).toEqual([]);
    });

    it.each([
      { what: 'a stranger', terms: { employeeId: 'E-9999' }, rule: 'unknown-employee' },
      { what: 'somebody who has left', terms: { employeeId: 'E-1003' }, rule: 'not-employed' },
      { what: 'a kind that nobody knows', terms: { kind: 'sabbatical' }, rule: 'unknown-leave-kind' },
    ])('refuses $what by the name of the rule, and records nothing', async ({ terms, rule }) => {
      const command = absenceCommand(terms);

      await expect(rig.time.recordAbsence(command)).rejects.toMatchObject({ name: 'BusinessRuleError', rule });

      expect(await rig.daysWith(command.key)).toBe(0);
      expect(await rig.time.findAbsence(command.key)).toBeUndefined();
    });
  });
}

function day(date: string, hours: string) {
  return { date, hours };
}

function at(direction: Clocking['direction'], when: string): Clocking {
  return { direction, at: when };
}

/** Whatever digits of a second the ERP gives. */
function moment({ direction, at: when }: Clocking): string {
  return `${direction} ${new Date(when).toISOString()}`;
}
