/** What figures become in Frappe HR, whatever becomes of a call. */
import { describe, expect, it } from 'vitest';
import { add } from '../../../functions/money/money.ts';
import type { Correction } from '../../../functions/payroll/domain/payroll-file.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import type { Cut } from '../../support/frappe-hr/server.ts';
import { again, COMPANY, cutOnce, openSite } from './frappe-rig.ts';
import { figures, RUN } from './payroll-contract.ts';

describe('figures for Frappe HR', () => {
  it('become one Payroll Entry of the month, named by their digest, with the unpaid days in its salary slips', async () => {
    const { documents, system, slipOf } = await openSite();
    const { reference, digest } = await system.handOver(RUN, figures('1.5'), []);

    expect(reference).toBe(`Payroll Entry payroll-run-2026-11-${digest.slice(0, 12)}`);
    expect(documents.entries).toMatchObject([
      { docstatus: 1, start_date: '2026-11-01', end_date: '2026-11-30', currency: 'CNY', company: COMPANY },
    ]);
    expect([slipOf('HR-EMP-00001'), slipOf('HR-EMP-00002')]).toMatchObject([
      { docstatus: 0, leave_without_pay: 0 },
      { docstatus: 0, leave_without_pay: 1.5 },
    ]);
  });

  it('count the share of each kind of leave that is not paid, exactly', async () => {
    const { system, slipOf } = await openSite();
    const [one, other] = figures();
    const sick = [{ kind: 'sick', hours: '2.4', days: '0.3' }, ...(other?.figures ?? [])];
    await system.handOver(
      RUN,
      [...(one === undefined ? [] : [one]), ...(other === undefined ? [] : [{ ...other, figures: sick }])],
      [],
    );

    expect(String(slipOf('HR-EMP-00002')?.leave_without_pay)).toBe(add('2', '0.12'));
  });

  it('are refused, before anything is made, where a kind of leave is not known to be paid or not', async () => {
    const { documents, system } = await openSite();
    const strange = figures().map((one) => ({ ...one, figures: [{ kind: 'strike', hours: '8', days: '1' }] }));

    await expect(system.handOver(RUN, strange, [])).rejects.toThrow(ConfigError);
    expect(documents.entries).toEqual([]);
  });

  const corrected = (employeeId: string, period: string, days: string): Correction => ({
    ...{ employeeId, period, workingDays: 0 },
    figures: [
      { kind: 'worked', hours: String(Number(days) * -8), days: String(Number(days) * -1) },
      { kind: 'unpaid', hours: String(Number(days) * 8), days },
    ],
  });

  it('take the unpaid days of earlier months into the slips of this one, whether they came or went', async () => {
    const { system, slipOf } = await openSite();
    const corrections = [
      corrected('E-1', '2026-10', '1'),
      corrected('E-2', '2026-09', '-1.5'),
      corrected('E-2', '2026-10', '0.5'),
    ];

    const handedOver = await system.handOver(RUN, figures('2'), corrections);

    expect([slipOf('HR-EMP-00001')?.leave_without_pay, slipOf('HR-EMP-00002')?.leave_without_pay]).toEqual([1, 1]);
    expect(handedOver).not.toHaveProperty('byHand');
  });

  it('name whom more days are to be paid back than the month has: the slip has none, and nothing is lost in silence', async () => {
    const { system, slipOf } = await openSite();

    const handedOver = await system.handOver(RUN, figures('1'), [corrected('E-2', '2026-10', '-3')]);

    expect(handedOver.byHand).toEqual(['E-2']);
    expect(slipOf('HR-EMP-00002')?.leave_without_pay).toBe(0);
  });

  it.each([
    ['is not there', []],
    ['is there twice', ['E-2', 'E-2']],
  ])('name every employee whose number %s, and make nothing', async (_, numbers) => {
    const { documents, system } = await openSite();
    documents.employees.splice(1, 1);
    documents.employees.push(
      ...numbers.map((employee_number, index) => ({
        ...{ name: `HR-EMP-0010${index}`, employee_number, company: COMPANY, monthly: 1 },
      })),
    );

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/number: E-2\. Mend it there/);
    expect(documents.entries).toEqual([]);
  });

  it('name every employee without a salary structure before anything is submitted, and go on once they have one', async () => {
    const { documents, system, standing } = await openSite();
    const [first, second] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(
      /would not pay \(no active salary structure .*: E-1\. Mend it there/,
    );
    expect(standing()).toEqual([]);
    delete second?.monthly;
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    Object.assign(second ?? {}, { monthly: 100 });
    await system.handOver(RUN, figures(), []);

    expect(documents.entries.map(({ docstatus }) => docstatus)).toEqual([1]);
  });

  const STEPS = [
    'GET Employee',
    'GET Payroll Entry',
    'POST Payroll Entry',
    'POST Payroll Entry fill_employee_details',
    'PUT Payroll Entry',
    'GET Salary Slip',
    'PUT Salary Slip',
  ];
  it.each(STEPS.flatMap((step) => (['before', 'after', 'late'] as const).map((cut) => [step, cut] as const)))(
    'whose reply to %s is lost (%s) are there once when they are handed over again',
    async (step, cut: Cut) => {
      const { server, documents, system, slipOf, submit } = await openSite();
      cutOnce(server, step, cut);
      await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConnectorTransientError);
      const handedOver = await again(() => system.handOver(RUN, figures(), []));
      submit();

      expect(documents.entries.map(({ docstatus }) => docstatus)).toEqual([1]);
      expect(documents.slips).toHaveLength(2);
      expect(slipOf('HR-EMP-00002')?.leave_without_pay).toBe(2);
      expect(await system.readAnswer(RUN, handedOver.digest)).toMatchObject({ status: 'calculated' });
    },
  );

  it.each(['before', 'after', 'late'] as const)(
    'take the place of earlier ones once where the reply is lost (%s)',
    async (cut) => {
      const { server, documents, system, standing } = await openSite();
      await system.handOver(RUN, figures('2'), []);
      cutOnce(server, 'PUT Payroll Entry', cut);
      await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(ConnectorTransientError);
      await again(() => system.handOver(RUN, figures('3'), []));

      expect(standing()).toHaveLength(1);
      expect(documents.entries).toHaveLength(2);
      expect(documents.slips.map(({ leave_without_pay }) => leave_without_pay).toSorted()).toEqual([0, 3]);
    },
  );

  it('do not take the place of earlier ones of which payroll has submitted the slips', async () => {
    const { system, documents, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures('2'), []);
    submit();
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });

    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(
      /submitted salary slips of earlier figures: cancel/,
    );
    expect(documents.entries.map(({ name }) => name)).toEqual([`payroll-run-2026-11-${digest.slice(0, 12)}`]);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
  });

  it('delete an entry of earlier ones that was never submitted', async () => {
    const { documents, system } = await openSite();
    const [first] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures('2'), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    const { digest } = await system.handOver(RUN, figures('3'), []);

    expect(documents.entries.map(({ name }) => name)).toEqual([`payroll-run-2026-11-${digest.slice(0, 12)}`]);
  });

  it.each(['before', 'after', 'late'] as const)('delete it once where the reply is lost (%s)', async (cut) => {
    const { server, documents, system, standing } = await openSite();
    const [first] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures('2'), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    cutOnce(server, 'DELETE Payroll Entry', cut);
    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(ConnectorTransientError);
    await system.handOver(RUN, figures('3'), []);

    expect(documents.entries).toEqual(standing());
    expect(standing()).toHaveLength(1);
  });

  it('wait where Frappe HR takes long to take earlier ones back', async () => {
    const { documents, system, standing } = await openSite();
    await system.handOver(RUN, figures('2'), []);
    documents.queuesCancelling = true;
    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(/still taking Payroll Entry .* back/);
    documents.queuesCancelling = false;
    await system.handOver(RUN, figures('3'), []);

    expect(standing()).toHaveLength(1);
  });

  it('of more than thirty employees wait for the worker behind Frappe, and then go on', async () => {
    const { documents, system, standing, submit } = await openSite();
    const many = Array.from({ length: 40 }, (_, index) => `E-${index + 100}`);
    documents.employees.push(
      ...many.map((employee_number) => ({
        name: `HR-${employee_number}`,
        employee_number,
        company: COMPANY,
        monthly: 100,
      })),
    );
    const unpaid = [{ kind: 'unpaid', hours: '8', days: '1' }];
    const everybody = many.map((employeeId) => ({ employeeId, workingDays: 21, figures: unpaid }));
    await expect(system.handOver(RUN, everybody, [])).rejects.toThrow(/still making the salary slips/);
    await expect(system.handOver(RUN, everybody, [])).rejects.toThrow(ConnectorTransientError);
    documents.work();
    const { digest } = await system.handOver(RUN, everybody, []);
    expect(documents.slips.map(({ leave_without_pay }) => leave_without_pay)).toEqual(many.map(() => 1));
    submit();

    expect(standing()).toHaveLength(1);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated', employeeIds: many });
  });

  it('stop in time and go on where they stopped', async () => {
    const { documents, system } = await openSite({ budgetMs: 0 });
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/0 of 1 salary slips have their unpaid days/);

    expect(documents.slips).toHaveLength(2);
  });

  it('are not given to a Frappe that makes names of its own: nothing could be made once only', async () => {
    const { server, system } = await openSite();
    server.keepsNames = false;

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(
      /does not keep the names .* delete Payroll Entry HR-PRUN/,
    );
  });
});
