/**
 * The pages on which administrators publish forms, judged by axe.
 * @module-tag long
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LABELS } from '../../../functions/administration/words.ts';
import type { Text } from '../../../functions/pages/language.ts';
import { LOCALES, lookAtOurs, lookAtShown, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { openAdministration } from '../../unit/administration/open-administration.ts';

const FORMS = '/admin/forms';
const MEETING = readFileSync(join(import.meta.dirname, '../../../rules/forms/meeting.json'), 'utf8');

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const administrator = await (await openAdministration()).signIn('E-0002');
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const language = locale === 'en' ? 'en' : 'zh';
      const path = `${pathname}${search}`;
      const asked =
        request.method === 'POST'
          ? await administrator.post(`${path}?lang=${language}`, [...new URLSearchParams(await request.text())])
          : await administrator.get(path);
      return new Response(asked.text, { status: asked.status, headers: asked.headers });
    },
    { locale },
  );
  const look = (path: string, wanted: Text) => lookAtOurs(page, path, locale, wanted);
  const shown = (wanted: Text) => lookAtShown(page, locale, wanted);
  const preview = async (json: string) => {
    await page.fill('#json', json);
    await page.click('section[aria-labelledby=box] button[type=submit]');
  };

  expect(await look(FORMS, LABELS.formsIntro), 'the list').toEqual(NOTHING_FOUND);
  expect(await look(`${FORMS}?form=meeting`, LABELS.formVersions), 'one form').toEqual(NOTHING_FOUND);
  await preview(MEETING.replace('MEET-{year}', 'MEET'));
  expect(await shown(LABELS.formWrong), 'a form that is wrong').toEqual(NOTHING_FOUND);
  await preview(MEETING.replace('"manager"', '"post:legal-counsel"'));
  expect(await shown(LABELS.formRemarks), 'a preview').toEqual(NOTHING_FOUND);
  await page.fill('#requester', 'nobody');
  await page.click('section[aria-labelledby=title] button[type=submit]');
  expect(await shown(LABELS.unknownPerson), 'an example that is wrong').toEqual(NOTHING_FOUND);
  for (const [field, value] of Object.entries({
    topic: 'T',
    date: '2026-03-01',
    start: '9:00',
    people: '60',
    cost: '1',
  })) {
    await page.fill(`[name="field.${field}"]`, value);
  }
  await page.selectOption('[name="field.room"]', 'outside');
  await page.fill('#requester', 'E-1001');
  await page.click('section[aria-labelledby=title] button[type=submit]');
  expect(await shown(LABELS.asked), 'who would decide').toEqual(NOTHING_FOUND);
  await page.fill('#reason', 'Asked for');
  await page.click('section[aria-labelledby=publish] button[type=submit]');
  expect(await shown(LABELS.published), 'published').toEqual(NOTHING_FOUND);
  await page.context().close();
});
