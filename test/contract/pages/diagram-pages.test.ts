/**
 * The pages of diagrams, judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { LABELS } from '../../../functions/diagrams/diagram-words.ts';
import { LOCALES, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { openDiagrams } from '../../unit/diagrams/open-diagrams.ts';

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { signIn } = await openDiagrams();
  let person = await signIn('E-3001');
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const asked = await person.get(`${pathname}${search}`);
      return new Response(asked.text, { status: asked.status, headers: asked.headers });
    },
    { locale },
  );

  expect(await lookAtOurs(page, '/processes', locale, LABELS.slowest), 'list').toEqual(NOTHING_FOUND);
  const drawing = await lookAtOurs(page, '/processes/procure-to-pay', locale, LABELS.table);
  expect(drawing, 'drawing').toEqual(NOTHING_FOUND);
  person = await signIn('E-1001');
  expect(await lookAtOurs(page, '/processes', locale, LABELS.notYours.title), 'not theirs').toEqual(NOTHING_FOUND);
  await page.context().close();
});
