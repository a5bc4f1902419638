/** The account page and what the pages of sign-in say, judged by axe. The provider does not answer, which is one of the things they say. */
import { expect, it } from 'vitest';
import type { Text } from '../../../functions/pages/language.ts';
import { createSignInPage } from '../../../functions/sign-in/sign-in-page.tsx';
import { LABELS, SIGN_IN_MESSAGES, SIGN_IN_REFUSALS } from '../../../functions/sign-in/sign-in-words.ts';
import { LOCALES, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { signInRig } from '../../support/sign-in-rig.ts';
import { hiddenFields, visitorsOf } from '../../support/visitors.ts';

/** Nothing listens there. */
const NO_PROVIDER = { url: 'http://127.0.0.1:1', clientId: 'pages', clientSecret: 'none' };

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { deps } = signInRig(NO_PROVIDER);
  const { signIn, visit } = visitorsOf(deps, createSignInPage(deps));
  const person = await signIn('E-2001', ['administrator', 'operator', 'auditor']);
  const fields = hiddenFields((await person.get('/me')).text);
  let answer = person.get;
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const { status, headers, text } = await answer(`${pathname}${search}`);
      return new Response(text, { status, headers });
    },
    { locale },
  );
  const look = (path: string, wanted: Text) => lookAtOurs(page, path, locale, wanted);
  const posted = (form: Readonly<Record<string, string>>) => (path: string) => person.post(path, form);

  expect(await look('/me', LABELS.signedInAs), 'the account').toEqual(NOTHING_FOUND);
  answer = posted({});
  expect(await look('/sign-out', SIGN_IN_MESSAGES.notOurForm.title), 'a forged form').toEqual(NOTHING_FOUND);
  answer = posted(fields);
  expect(await look('/sign-out', SIGN_IN_MESSAGES.signedOut.title), 'signing out').toEqual(NOTHING_FOUND);
  expect(await look('/sign-out', SIGN_IN_MESSAGES.sessionOver.title), 'no session').toEqual(NOTHING_FOUND);
  answer = visit;
  expect(await look('/signed-out', SIGN_IN_MESSAGES.signedOut.title), 'signed out').toEqual(NOTHING_FOUND);
  expect(await look('/sign-in', SIGN_IN_MESSAGES.unavailable.title), 'no provider').toEqual(NOTHING_FOUND);
  expect(await look('/sign-in/callback', SIGN_IN_REFUSALS['no-attempt'].title), 'no attempt').toEqual(NOTHING_FOUND);
  await page.context().close();
});
