/**
 * The pages of compliance, judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { caseRefusalText } from '../../../functions/audit/compliance-words.ts';
import { LABELS } from '../../../functions/compliance/words.ts';
import { casePath } from '../../../functions/pages/places.tsx';
import { SIGN_IN_MESSAGES } from '../../../functions/sign-in/sign-in-words.ts';
import { LOCALES, lookAtOurs, lookAtShown, NOTHING_FOUND } from '../../support/axe.ts';
import { OFFICER } from '../../support/compliance.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { openCompliance } from '../../unit/compliance/open-compliance.ts';

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { compliance, signIn } = await openCompliance();
  const officer = await signIn(OFFICER);
  let person = officer;
  let form: Readonly<Record<string, string>> = {};
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const path = `${pathname}${search}`;
      const asked = request.method === 'POST' ? await person.post(path, form) : await person.get(path);
      return new Response(asked.text, { status: asked.status, headers: asked.headers });
    },
    { locale },
  );
  const caseId = await compliance.only();
  const send = async (sent: typeof form) => {
    form = sent;
    await page.fill('#reason', 'Looked at both');
    await page.click('button[value=release]');
  };

  expect(await lookAtOurs(page, '/compliance', locale, LABELS.held), 'list').toEqual(NOTHING_FOUND);
  expect(await lookAtOurs(page, casePath(caseId), locale, LABELS.assign), 'case').toEqual(NOTHING_FOUND);
  // The answer to a form is in the officer's own language.
  await send({ action: 'release', reason: ' ' });
  expect(await lookAtShown(page, 'zh-CN', caseRefusalText('reason-required')), 'refused').toEqual(NOTHING_FOUND);
  await send({ action: 'release', reason: 'Looked at both' });
  expect(await lookAtShown(page, 'zh-CN', LABELS.decided), 'decided').toEqual(NOTHING_FOUND);
  expect(await lookAtOurs(page, '/compliance', locale, LABELS.noCases), 'empty list').toEqual(NOTHING_FOUND);
  person = await signIn('E-2001');
  expect(await lookAtOurs(page, '/compliance', locale, SIGN_IN_MESSAGES.notYourRole.title), 'not theirs').toEqual(
    NOTHING_FOUND,
  );
  await page.context().close();
});
