/** A month of which payroll has calculated, and the pages of its payslips. */
import { createPayslipPages } from '../../../functions/payslips/payslip-page.tsx';
import { PayrollWorld, PERIOD } from '../../support/payroll-world.ts';
import { visitorsOf } from '../../support/visitors.ts';

export const PAYSLIP_PATH = `/me/payslips/${PERIOD}`;

export async function openPayslipPages() {
  const world = new PayrollWorld();
  await world.begin();
  await world.payrollAnswers();
  const deps = { ...world.pageDeps(), timeZone: 'Asia/Shanghai' };
  return { world, ...visitorsOf(deps, createPayslipPages(deps)) };
}
