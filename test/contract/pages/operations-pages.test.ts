/**
 * The pages of operators, judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { LABELS, REFUSAL_NAMES } from '../../../functions/operations/words.ts';
import type { Text } from '../../../functions/pages/language.ts';
import { SIGN_IN_MESSAGES } from '../../../functions/sign-in/sign-in-words.ts';
import { LOCALES, lookAtOurs, lookAtShown, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { fieldsOf } from '../../unit/administration/open-administration.ts';
import { openOperations, QUEUE } from '../../unit/operations/open-operations.ts';

const OPERATOR = 'E-4005';
const LETTERS = `/operations/letters/${QUEUE}`;

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { processId, letters, signIn } = await openOperations();
  letters.kept.push({ letterId: 'one', sentAt: '2026-01-01T08:00:00.000Z', body: '{"processId":"P2P-7"}' });
  const operator = await signIn(OPERATOR);
  const auditor = await signIn('E-2001', ['auditor']);
  let person = operator;
  let preview = '';
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const path = `${pathname}${search}`;
      const asked = request.method === 'POST' ? await person.post(path, fieldsOf(preview)) : await person.get(path);
      return new Response(asked.text, { status: asked.status, headers: asked.headers });
    },
    { locale },
  );
  const look = (path: string, wanted: Text) => lookAtOurs(page, path, locale, wanted);
  const list = (await operator.get('/operations')).text;
  const [, what = ''] = /name="what" value="([^"]+)"/.exec(list) ?? [];
  const actPath = (action: string) => `/operations/act?action=${action}&what=${encodeURIComponent(what)}`;

  expect(await look('/operations', LABELS.several), 'the list').toEqual(NOTHING_FOUND);
  expect(await look(`/operations/processes/${processId}`, LABELS.done), 'a process').toEqual(NOTHING_FOUND);
  expect(await look(actPath('skip'), REFUSAL_NAMES['not-offered']), 'not offered').toEqual(NOTHING_FOUND);
  expect(await look(actPath('cancel'), LABELS.reasonHint), 'preview with a reason').toEqual(NOTHING_FOUND);
  expect(await look(LETTERS, LABELS.lettersFoot), 'letters').toEqual(NOTHING_FOUND);
  expect(await look(`${LETTERS}?letter=one`, LABELS.sendAgain), 'letters to send').toEqual(NOTHING_FOUND);
  expect(await look('/operations/versions', LABELS.versionsFoot), 'versions').toEqual(NOTHING_FOUND);
  const retry = actPath('retry');
  preview = (await operator.get(retry)).text;
  expect(await look(retry, LABELS.recorded), 'preview').toEqual(NOTHING_FOUND);
  await page.click('button[type=submit]');
  // The answer to a form is in the operator's own language.
  expect(await lookAtShown(page, 'en', LABELS.askedForFoot), 'asked for').toEqual(NOTHING_FOUND);
  expect(await look('/operations', LABELS.acts), 'the list with acts').toEqual(NOTHING_FOUND);
  person = auditor;
  expect(await look('/operations', SIGN_IN_MESSAGES.notYourRole.title), 'refused').toEqual(NOTHING_FOUND);
  await page.context().close();
});
