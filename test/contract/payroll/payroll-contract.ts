/** What every payroll system does, however it is reached. */
import { describe, expect, it } from 'vitest';
import type { PayrollSystem, RunOfMonth } from '../../../functions/connectors/payroll/port.ts';
import { compare } from '../../../functions/money/money.ts';
import type { EmployeeFigures } from '../../../functions/payroll/domain/payroll-file.ts';
import { payslipProblems } from '../../../functions/payslips/domain/payslip.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';

/** What may be wrong with what payroll says. */
export type Flaw = 'a net that does not add up' | 'somebody left out' | 'another month' | 'another currency';

export interface PayrollRig {
  readonly system: PayrollSystem;
  /** Payroll calculates from the figures that it was handed last, and says so. */
  calculate(flaw?: Flaw): Promise<void>;
  /** Payroll does not take the figures. */
  reject(): Promise<void>;
  /** Gives no answer to the next call. */
  failOnce(): void;
  /** Hand-overs of the run that payroll would calculate from. */
  standing(): number;
}

export const RUN: RunOfMonth = { processId: 'payroll-run-2026-11', period: '2026-11' };
const OTHER_DIGEST = 'f'.repeat(64);

/** Figures of one who was always there, and of one who was not. */
export function figures(unpaid = '2'): readonly EmployeeFigures[] {
  const kind = (name: string, days: string) => ({ kind: name, hours: String(Number(days) * 8), days });
  return [
    { employeeId: 'E-1', workingDays: 21, figures: [kind('worked', '21')] },
    {
      employeeId: 'E-2',
      workingDays: 21,
      figures: [kind('worked', String(20 - Number(unpaid))), kind('annual', '1'), kind('unpaid', unpaid)],
    },
  ];
}

export function describePayrollSystem(name: string, open: () => Promise<PayrollRig>): void {
  describe(`${name} as the payroll system`, () => {
    it('says nothing until it has calculated, and then of exactly these figures', async () => {
      const { system, calculate } = await open();
      const { digest } = await system.handOver(RUN, figures(), []);
      expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'none' });
      await calculate();

      expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'calculated', employeeIds: ['E-1', 'E-2'] });
      expect(await system.readAnswer(RUN, OTHER_DIGEST)).toEqual({ status: 'none' });
      expect(await system.readAnswer({ ...RUN, processId: 'payroll-run-2026-10' }, digest)).toEqual({ status: 'none' });
    });

    it('takes corrections of earlier months with the figures, and calculates from both', async () => {
      const { system, calculate } = await open();
      const late = { employeeId: 'E-2', period: '2026-10', workingDays: 0 };
      const corrections = [{ ...late, figures: [{ kind: 'unpaid', hours: '8', days: '1' }] }];

      const without = await system.handOver(RUN, figures(), []);
      const { digest, byHand } = await system.handOver(RUN, figures(), corrections);
      await calculate();

      expect([digest === without.digest, byHand]).toEqual([false, undefined]);
      expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'calculated', employeeIds: ['E-1', 'E-2'] });
      expect(await system.readAnswer(RUN, without.digest)).toEqual({ status: 'none' });
      expect(payslipProblems(await system.readPayslip(RUN, digest, 'E-2'))).toEqual([]);
    });

    it('takes the same figures once, in whatever order they come', async () => {
      const { system, standing } = await open();
      const first = await system.handOver(RUN, figures(), []);

      expect(await system.handOver(RUN, figures().toReversed(), [])).toEqual(first);
      expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(standing()).toBe(1);
    });

    it('takes later figures in the place of earlier ones, and answers about these', async () => {
      const { system, calculate, standing } = await open();
      const earlier = await system.handOver(RUN, figures('2'), []);
      const later = await system.handOver(RUN, figures('3'), []);
      expect(later.digest).not.toBe(earlier.digest);
      expect(standing()).toBe(1);
      await calculate();

      expect(await system.readAnswer(RUN, earlier.digest)).toEqual({ status: 'none' });
      expect(await system.readAnswer(RUN, later.digest)).toMatchObject({ status: 'calculated' });
      await expect(system.readPayslip(RUN, earlier.digest, 'E-1')).rejects.toThrow(ConnectorPermanentError);
    });

    it('takes figures again that others had taken the place of', async () => {
      const { system, calculate, standing } = await open();
      const first = await system.handOver(RUN, figures('2'), []);
      await system.handOver(RUN, figures('3'), []);

      expect((await system.handOver(RUN, figures('2'), [])).digest).toBe(first.digest);
      expect(standing()).toBe(1);
      await calculate();
      expect(await system.readAnswer(RUN, first.digest)).toMatchObject({ status: 'calculated' });
    });

    it('gives each employee a payslip that adds up, with less for days without pay', async () => {
      const { system, calculate } = await open();
      const { digest } = await system.handOver(RUN, figures(), []);
      await calculate();
      const [always, absent] = await Promise.all(['E-1', 'E-2'].map((id) => system.readPayslip(RUN, digest, id)));

      expect(always).toMatchObject({ employeeId: 'E-1', period: '2026-11', currency: 'CNY' });
      expect(always?.lines.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['earning', 'deduction', 'employer']),
      );
      expect([always, absent].flatMap((one) => (one === undefined ? ['none'] : payslipProblems(one)))).toEqual([]);
      expect(compare(always?.net ?? '0', absent?.net ?? '0')).toBe(1);
    });

    it('has no payslip of somebody who is not in the figures, nor before it has calculated', async () => {
      const { system, calculate } = await open();
      const { digest } = await system.handOver(RUN, figures(), []);
      await expect(system.readPayslip(RUN, digest, 'E-1')).rejects.toThrow(ConnectorPermanentError);
      await calculate();

      await expect(system.readPayslip(RUN, digest, 'E-3')).rejects.toThrow(ConnectorPermanentError);
      await expect(system.readPayslip(RUN, OTHER_DIGEST, 'E-1')).rejects.toThrow(ConnectorPermanentError);
    });

    it('rejects with a reason, and calculates once the figures are handed over anew', async () => {
      const { system, reject, calculate } = await open();
      const { digest } = await system.handOver(RUN, figures(), []);
      await reject();
      expect(await system.readAnswer(RUN, digest)).toEqual({
        status: 'rejected',
        reasons: [{ reason: expect.stringMatching(/\S/) }],
      });
      const later = await system.handOver(RUN, figures('1'), []);
      await calculate();

      expect(await system.readAnswer(RUN, later.digest)).toMatchObject({ status: 'calculated' });
    });

    it.each(['a net that does not add up', 'somebody left out', 'another month', 'another currency'] as const)(
      'is not believed with %s, and told of whom without an amount',
      async (flaw) => {
        const { system, calculate } = await open();
        const { digest } = await system.handOver(RUN, figures(), []);
        await calculate(flaw);

        const answer = await system.readAnswer(RUN, digest);
        expect(answer).toMatchObject({ status: 'unfit', problems: [expect.stringContaining('E-2')] });
        expect(JSON.stringify(answer)).not.toMatch(/\d\.\d\d/);
        await expect(system.readPayslip(RUN, digest, 'E-2')).rejects.toThrow(ConnectorPermanentError);
      },
    );

    it('may answer later where it does not now', async () => {
      const { system, calculate, failOnce, standing } = await open();
      failOnce();
      await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConnectorTransientError);
      const { digest } = await system.handOver(RUN, figures(), []);
      await calculate();
      failOnce();
      await expect(system.readAnswer(RUN, digest)).rejects.toThrow(ConnectorTransientError);

      expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
      expect(standing()).toBe(1);
    });
  });
}
