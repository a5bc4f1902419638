/** What an employee says of their payslip is judged by the use-case: whatever way it comes in, others read no amount. */
import { describe, expect, it } from 'vitest';
import { answerPayslip } from '../../../functions/payslips/answer-payslip.ts';
import { PayrollWorld, PERIOD } from '../../support/payroll-world.ts';

const EMPLOYEE = 'E-1001';

async function published() {
  const world = new PayrollWorld();
  await world.begin();
  await world.payrollAnswers();
  const answer = (word: 'confirmed' | 'disputed', reason: string, revision = 1) =>
    answerPayslip(world.pageDeps(), { employeeId: EMPLOYEE, period: PERIOD, revision, word, reason });
  const types = async () => (await world.payslipRecord(EMPLOYEE)).map(({ type }) => type);
  return { world, answer, types };
}

describe('an answer about a payslip', () => {
  it('that disputes it by an amount of it, or without a reason, is not taken, and may be said in other words', async () => {
    const { world, answer, types } = await published();
    const net = (await world.payslips.find(EMPLOYEE, PERIOD))?.payslip.net ?? '';

    expect(await answer('disputed', `It should not be ${net}`)).toBe('amount-named');
    expect(await answer('disputed', ' ')).toBe('reason-missing');
    expect(await types()).not.toContain('PayslipDisputed');
    expect(await answer('disputed', 'The 29th is missing')).toBe('taken');
    expect(await answer('disputed', `It should not be ${net}`)).toBe('answered');
    expect((await types()).filter((type) => type === 'PayslipDisputed')).toHaveLength(1);
  });

  it('that confirms it needs no reason', async () => {
    const { answer } = await published();

    expect(await answer('confirmed', '')).toBe('taken');
  });

  it('that disputes what is just being replaced is about a payslip that counts no more', async () => {
    const { world, answer, types } = await published();
    const kept = await world.payslips.find(EMPLOYEE, PERIOD);
    const { payslip } = kept ?? expect.fail('no payslip is kept');
    await world.payslips.keep({ ...payslip, net: '1.00' });

    expect(await answer('disputed', `It should not be ${payslip.net}`)).toBe('stale');
    expect(await types()).not.toContain('PayslipDisputed');
  });
});
