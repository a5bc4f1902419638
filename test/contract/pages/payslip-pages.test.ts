/**
 * The pages of payslips, judged by axe, on a phone.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import type { Text } from '../../../functions/pages/language.ts';
import { LABELS, UNFIT_REASONS } from '../../../functions/payslips/words.ts';
import { LOCALES, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { openPayslipPages, PAYSLIP_PATH } from '../../unit/payslips/open-payslip-pages.ts';

const EMPLOYEE = 'E-1001';
const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { world, signIn } = await openPayslipPages();
  const people = { employee: await signIn(EMPLOYEE), outsider: await signIn('E-1014') };
  let person = people.employee;
  let answered: string | undefined;
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const { status, headers, text } = await person.get(`${pathname}${search}`);
      const body = answered ?? text;
      answered = undefined;
      return new Response(body, { status, headers });
    },
    { locale },
  );
  const language = `lang=${locale === 'en' ? 'en' : 'zh'}`;
  const look = (path: string, wanted: Text) => lookAtOurs(page, path, locale, wanted);
  const send = async (form: Readonly<Record<string, string>>) => {
    answered = (await person.send(`${PAYSLIP_PATH}?${language}`, form)).text;
  };

  expect(await look('/me/payslips', LABELS.payslipOf('2025-12')), 'the months').toEqual(NOTHING_FOUND);
  expect(await look(PAYSLIP_PATH, LABELS.until), 'a payslip').toEqual(NOTHING_FOUND);
  await send({ do: 'disputed', reason: '' });
  expect(await look(PAYSLIP_PATH, UNFIT_REASONS['reason-missing']), 'a dispute without a reason').toEqual(
    NOTHING_FOUND,
  );
  await send({ do: 'disputed', reason: 'The 29th' });
  expect(await look(PAYSLIP_PATH, LABELS.disputed), 'a dispute').toEqual(NOTHING_FOUND);
  await world.run();
  await world.payrollAnswers({ hourly: { [EMPLOYEE]: '96.00' } });
  await world.operate('retry', EMPLOYEE);
  expect(await look(PAYSLIP_PATH, LABELS.revision(2)), 'a corrected payslip').toEqual(NOTHING_FOUND);
  await send({ do: 'confirmed' });
  expect(await look(PAYSLIP_PATH, LABELS.confirmed), 'a confirmation').toEqual(NOTHING_FOUND);
  person = people.outsider;
  expect(await look('/me/payslips', LABELS.none), 'no payslips').toEqual(NOTHING_FOUND);
  await page.context().close();
});
