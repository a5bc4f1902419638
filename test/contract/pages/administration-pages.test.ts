/**
 * The pages of administrators, judged by axe.
 * @module-tag long
 */
import type { Page } from 'playwright-core';
import { assert, expect, it } from 'vitest';
import { LABELS } from '../../../functions/administration/words.ts';
import type { Text } from '../../../functions/pages/language.ts';
import { POLICY_TABLES } from '../../../functions/policy/policy-tables.ts';
import { SIGN_IN_MESSAGES } from '../../../functions/sign-in/sign-in-words.ts';
import { LOCALES, lookAtOurs, lookAtShown, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { PAGES_URL } from '../../support/purchase-company.ts';
import { fieldsOf, NEWER, openAdministration, rememberNewer } from '../../unit/administration/open-administration.ts';
import { keepTasks, manyTasks } from '../../unit/approvals/many-tasks.ts';

const PERSON = '/admin/people/E-2001';

/** Pixels on a phone; with every row of every table in sight there are some forty thousand. */
const LONGEST_PAGE = 9000;

/** The rows of a table are out of the way until somebody asks for them, which needs no mouse. */
async function foldsTables(page: Page, locale: (typeof LOCALES)[number]): Promise<void> {
  await page.goto(`${PAGES_URL}/admin/policies?lang=${locale === 'en' ? 'en' : 'zh'}`);
  const fold = page.locator('#approval-levels');
  const row = fold.locator('li').first();
  expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThan(LONGEST_PAGE);
  expect(await page.locator('summary').count()).toBe(Object.keys(POLICY_TABLES).length);
  expect(await row.isVisible()).toBe(false);
  await fold.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await row.isVisible()).toBe(true);
  await page.keyboard.press('Enter');
  expect(await row.isVisible()).toBe(false);
}

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { world, signIn, deps } = await openAdministration();
  await rememberNewer(deps);
  await keepTasks(world.store, manyTasks(30, 'E-1003'));
  const administrator = await signIn('E-0002');
  const operator = await signIn('E-4005', ['operator']);
  let person = administrator;
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
  const shown = `${PERSON}/hand-over?to=E-3002`;
  let preview = (await administrator.get(shown)).text;

  expect(await look('/admin', LABELS.policiesIntro), 'overview').toEqual(NOTHING_FOUND);
  expect(await look('/admin/people', LABELS.mend), 'org chart').toEqual(NOTHING_FOUND);
  expect(await look('/admin/people/E-1003', LABELS.openTasks), 'a leaver with tasks').toEqual(NOTHING_FOUND);
  expect(await look(`${PERSON}/hand-over?to=nobody`, LABELS.unknownPerson), 'to whom').toEqual(NOTHING_FOUND);
  expect(await look(`${PERSON}/hand-over?to=E-1001`, LABELS.cannotMove), 'cannot move').toEqual(NOTHING_FOUND);
  expect(await look(shown, LABELS.wouldMove), 'preview').toEqual(NOTHING_FOUND);
  await page.click('button[type=submit]');
  // The answer to a form is in the administrator's own language.
  expect(await lookAtShown(page, 'zh-CN', LABELS.moved), 'moved').toEqual(NOTHING_FOUND);
  expect(await look('/admin/people/E-3002', LABELS.reassign), 'tasks to reassign').toEqual(NOTHING_FOUND);
  const [, task] =
    /href="(\/admin\/people\/E-3002\/tasks\/[^"]+)"/.exec((await administrator.get('/admin/people/E-3002')).text) ?? [];
  assert(task !== undefined, 'the person has no task to reassign');
  expect(await look(task, LABELS.handOverTo), 'one task: to whom').toEqual(NOTHING_FOUND);
  const one = `${task}?to=E-2002`;
  preview = (await administrator.get(one)).text;
  expect(await look(one, LABELS.wouldMove), 'one task: preview').toEqual(NOTHING_FOUND);
  await page.click('button[type=submit]');
  expect(await lookAtShown(page, 'zh-CN', LABELS.moved), 'one task: moved').toEqual(NOTHING_FOUND);
  await foldsTables(page, locale);
  expect(await look('/admin/policies', LABELS.policiesFoot), 'policies').toEqual(NOTHING_FOUND);
  const question = 'subject=order&amount=6000&costCentre=CC-300&requester=E-1001';
  expect(await look(`/admin/policies?${question}`, LABELS.asked), 'who would approve').toEqual(NOTHING_FOUND);
  const effect = `/admin/policies?effect=${NEWER.digest}`;
  expect(await look(effect, LABELS.effect), 'effect of a version').toEqual(NOTHING_FOUND);
  expect(await look('/admin/policies?requester=x', LABELS.wrongAmount), 'wrong question').toEqual(NOTHING_FOUND);
  person = operator;
  expect(await look('/admin', SIGN_IN_MESSAGES.notYourRole.title), 'refused').toEqual(NOTHING_FOUND);
  await page.context().close();
});
