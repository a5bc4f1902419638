/** What Frappe HR says of figures. */
import { describe, expect, it } from 'vitest';
import { ConnectorPermanentError } from '../../../functions/runtime/errors.ts';
import type { Slip } from '../../support/frappe-hr/documents.ts';
import { openSite } from './frappe-rig.ts';
import { figures, RUN } from './payroll-contract.ts';

describe('the answer of Frappe HR', () => {
  it('is a rejection with its own words where it cannot make the slips, and another try once it can', async () => {
    const { documents, system, submit } = await openSite();
    documents.broken = 'Please set <b>Payroll based on</b> in Payroll settings\nCheck Error Log for more details.';
    const { digest } = await system.handOver(RUN, figures(), []);
    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'rejected',
      reasons: [{ reason: 'Please set Payroll based on in Payroll settings Check Error Log for more details.' }],
    });
    documents.broken = undefined;
    await system.handOver(RUN, figures(), []);
    submit();

    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
  });

  it('is a rejection where payroll cancels the entry, and the same figures can be handed over again', async () => {
    const { documents, system, standing } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    documents.changeEntry(standing()[0]?.name ?? '', 2);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'rejected' });
    const again = await system.handOver(RUN, figures(), []);

    expect(again).toEqual({ digest, reference: `Payroll Entry payroll-run-2026-11-${digest.slice(0, 12)}-1` });
    expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'none' });
  });

  it('is not believed where Frappe HR counts unpaid days of its own that the figures do not have', async () => {
    const { documents, system, submit } = await openSite();
    Object.assign(documents.employees[0] ?? {}, { ownUnpaidDays: 1 });
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();

    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'unfit',
      problems: ['E-1: it counts other unpaid days than the figures'],
    });
  });

  it('is not there while one slip is a draft, such as one that was taken back and amended', async () => {
    const { documents, system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const first = slipOf('HR-EMP-00001');
    const amended: Slip = { ...(first as Slip), name: `${first?.name}-1`, docstatus: 0 };
    Object.assign(first ?? {}, { docstatus: 2 });
    documents.slips.push(amended);
    expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'none' });
    amended.docstatus = 1;

    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
    expect(await system.readPayslip(RUN, digest, 'E-1')).toMatchObject({ employeeId: 'E-1' });
  });

  it('is not believed with two slips of one employee, or one of somebody else', async () => {
    const { documents, system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const slip = slipOf('HR-EMP-00001') as Slip;
    documents.slips.push({ ...slip, name: 'Sal Slip/1/00009' }, { ...slip, name: 'x', employee: 'HR-EMP-00003' });

    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'unfit',
      problems: ['HR-EMP-00003 is not among the employees of the figures', 'E-1: has more than one payslip'],
    });
    await expect(system.readPayslip(RUN, digest, 'E-1')).rejects.toThrow(ConnectorPermanentError);
  });

  it('shows components outside the total as the employer’s, and a loan as a deduction', async () => {
    const { system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const slip = slipOf('HR-EMP-00001') as Slip;
    slip.total_loan_repayment = 0.3;
    slip.net_pay = (Math.round(slip.net_pay * 100) - 30) / 100;

    const { lines, net } = await system.readPayslip(RUN, digest, 'E-1');
    expect(lines).toEqual([
      { kind: 'earning', item: 'Basic', amount: '12345.67' },
      { kind: 'deduction', item: 'Pension', amount: '987.65' },
      { kind: 'employer', item: "Employer's pension", amount: '1975.3' },
      { kind: 'deduction', item: 'Loan repayment', amount: '0.3' },
    ]);
    expect(net).toBe('11357.72');
  });

  it('is refused where the lines of a payslip are not its total', async () => {
    const { system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    Object.assign(slipOf('HR-EMP-00001')?.earnings[0] ?? {}, { amount: 1 });

    await expect(system.readPayslip(RUN, digest, 'E-1')).rejects.toThrow(/E-1 .* net is not earnings less deductions$/);
  });
});
