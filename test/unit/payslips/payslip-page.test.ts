import { describe, expect, it } from 'vitest';
import { PERIOD } from '../../support/payroll-world.ts';
import { openPayslipPages, PAYSLIP_PATH } from './open-payslip-pages.ts';

const EMPLOYEE = 'E-1001';

describe('the pages of payslips', () => {
  it('list the months, and show a month with its lines and what is paid', async () => {
    const { world, signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);
    const kept = await world.payslips.find(EMPLOYEE, PERIOD);

    expect((await person.get('/me/payslips?lang=en')).text).toContain(`href="${PAYSLIP_PATH}">Payslip ${PERIOD}</a>`);
    const { text } = await person.get(`${PAYSLIP_PATH}?lang=en`);
    expect(text).toContain('Only you can read this page');
    const shown = text.replaceAll(/[,\u00a0¥]|CN/g, '');
    for (const amount of [kept?.payslip.net, ...(kept?.payslip.lines ?? []).map((line) => line.amount)]) {
      expect(shown).toContain(amount);
    }
    expect((await person.get(PAYSLIP_PATH)).text).toContain('实发');
  });

  it('show nothing to anybody else, whatever their role, and say nothing of it', async () => {
    const { signIn, visit } = await openPayslipPages();
    const outsider = await signIn('E-1014', ['operator', 'auditor', 'administrator']);

    expect((await outsider.get('/me/payslips?lang=en')).text).toContain('There is no payslip of yours yet');
    expect((await outsider.get(PAYSLIP_PATH)).status).toBe(404);
    expect((await outsider.post(PAYSLIP_PATH, { do: 'confirmed', revision: '1' })).status).toBe(403);
    expect((await visit(PAYSLIP_PATH)).text).not.toContain('实发');
    expect((await visit(PAYSLIP_PATH)).status).not.toBe(200);
  });

  it('are kept in no cache', async () => {
    const { signIn } = await openPayslipPages();

    expect((await (await signIn(EMPLOYEE)).get(PAYSLIP_PATH)).headers.get('cache-control')).toContain('no-store');
  });

  it('take a confirmation once, and show it', async () => {
    const { world, signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);

    const { status, text } = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'confirmed' });
    expect([status, text.includes('Your answer counts'), text.includes('<form')]).toEqual([200, true, false]);
    await world.run();
    expect((await person.get(`${PAYSLIP_PATH}?lang=en`)).text).toContain('You have confirmed it.');
    expect((await world.payslipRecord(EMPLOYEE)).map(({ type }) => type)).toContain('PayslipConfirmed');
  });

  it('take a dispute with its reason only, which stands in no entry that cannot be erased', async () => {
    const { world, signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);

    const missing = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'disputed', reason: '  ' });
    expect([missing.status, missing.text.includes('Please say what is wrong.')]).toEqual([422, true]);
    const { text } = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'disputed', reason: '<b>The 29th</b>' });
    expect(text).toContain('&lt;b&gt;The 29th&lt;/b&gt;');
    expect(JSON.stringify((await world.payslipRecord(EMPLOYEE)).map(({ facts }) => facts))).not.toContain('The 29th');
  });

  it('take no dispute that names an amount of the payslip, which others would read', async () => {
    const { world, signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);
    const { net } = await world.payslips.find(EMPLOYEE, PERIOD).then((kept) => kept?.payslip ?? { net: '' });

    const refused = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'disputed', reason: `It should not be ${net}` });
    const before = (await world.payslipRecord(EMPLOYEE)).map(({ type }) => type);
    const taken = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'disputed', reason: 'The 29th is missing' });

    expect([refused.status, refused.text.includes('An amount of your payslip stands in it')]).toEqual([422, true]);
    expect(refused.text).toContain(`It should not be ${net}`);
    expect(before).not.toContain('PayslipDisputed');
    expect(taken.status).toBe(200);
    await world.run();
    const mailed = world.mails.filter(({ to }) => to === 'operators@meridian.example').map(({ text }) => text);
    expect(mailed.some((text) => text.includes('Payslip'))).toBe(true);
    expect(mailed.join()).not.toContain('The 29th is missing');
  });

  it('do not take an answer about a revision that payroll has corrected since', async () => {
    const { world, signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);
    const before = person.get(PAYSLIP_PATH);
    await before;
    await world.say(EMPLOYEE, 'disputed');
    await world.payrollAnswers({ hourly: { [EMPLOYEE]: '96.00' } });
    await world.operate('retry', EMPLOYEE);

    const { text } = await person.send(`${PAYSLIP_PATH}?lang=en`, { do: 'confirmed', revision: '1' });
    expect(text).toContain('Payroll has corrected it meanwhile');
    expect(text).toContain('Revision 2');
  });

  it.each([
    ['another word', { do: 'maybe', revision: '1' }],
    ['no revision', { do: 'confirmed', revision: '' }],
    ['a reason that is too long', { do: 'disputed', revision: '1', reason: 'x'.repeat(5000) }],
  ])('refuse %s', async (_, form) => {
    const { signIn } = await openPayslipPages();

    expect((await (await signIn(EMPLOYEE)).send(PAYSLIP_PATH, form)).status).toBe(403);
  });

  it('know no month that is none', async () => {
    const { signIn } = await openPayslipPages();
    const person = await signIn(EMPLOYEE);

    expect((await person.get('/me/payslips/2025-13')).status).toBe(404);
    expect((await person.get('/me/payslips/2025-11')).status).toBe(404);
  });
});
