/**
 * The pages on which a requester changes what came back to them, and ends a leave earlier, filled in by a browser on a phone, and judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { say } from '../../../functions/pages/language.ts';
import { EARLY_RETURN_LABELS, SHORTENED } from '../../../functions/worklist/early-return-words.ts';
import { RESUBMISSION_LABELS, SENT } from '../../../functions/worklist/resubmission/words.ts';
import { LOCALES, lookAtOurs, lookAtShown, NOTHING_FOUND } from '../../support/axe.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { claimEvent } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { openPages } from '../../support/open-pages.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver } from '../../unit/worklist/open-my-pages.ts';

const REQUESTER = 'E-1001';
const MANAGER = 'E-2001';

const browser = useBrowser();

async function openFor(world: Pick<PurchaseWorld, 'store' | 'urgeDeps'>, locale: (typeof LOCALES)[number]) {
  const requester = await pagesOver(world).signIn(REQUESTER);
  const ask = async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    // The answer to a form has the language that the browser was given before, which it keeps in a cookie.
    const path = request.method === 'POST' ? `${pathname}?lang=${locale}` : `${pathname}${search}`;
    const { status, headers, text } =
      request.method === 'POST'
        ? await requester.post(path, Object.fromEntries(new URLSearchParams(await request.text())))
        : await requester.get(path);
    return new Response(text, { status, headers });
  };
  return openPages(browser(), ask, { locale });
}

it.each(LOCALES)('axe finds nothing on the form of a purchase in %s', async (locale) => {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  await world.returnIt(MANAGER);
  const { processId } = await world.head(event);
  const page = await openFor(world, locale);
  const path = `/me/requests?resubmit=${processId}`;
  const send = page.locator('button[name=resubmit]');

  expect(await lookAtOurs(page, '/me/requests', locale, RESUBMISSION_LABELS.changeHere), 'list').toEqual(NOTHING_FOUND);
  expect(await lookAtOurs(page, path, locale, RESUBMISSION_LABELS.until), 'form').toEqual(NOTHING_FOUND);
  await page.getByRole('textbox', { name: locale === 'en' ? 'Cost centre' : '成本中心' }).fill('CC-999');
  await page.locator('[name="lines[0].quantity"]').fill('ten');
  await send.click();
  expect(await lookAtShown(page, locale, RESUBMISSION_LABELS.incomplete), 'mistakes').toEqual(NOTHING_FOUND);
  expect(await page.locator('[aria-invalid=true]').count()).toBe(2);
  await page.locator('[name=costCentre]').fill(event.requisition.costCentre);
  await page.locator('[name="lines[0].quantity"]').fill('2');
  await page.getByLabel(say(RESUBMISSION_LABELS.takeOut, locale)).last().check();
  await send.click();
  expect(await lookAtShown(page, locale, SENT.title), 'sent').toEqual(NOTHING_FOUND);
  expect(await lookAtOurs(page, path, locale, RESUBMISSION_LABELS.cannotSend), 'too late').toEqual(NOTHING_FOUND);
  await world.run();

  const { documentVersion, state } = await world.head(event);
  expect([documentVersion, state.requisition?.lines.map(({ quantity }) => quantity)]).toEqual([2, ['2']]);
  await page.context().close();
});

it.each(LOCALES)(
  'axe finds nothing on the forms of a claim, a leave and an engineering change in %s',
  async (locale) => {
    const [claims, leaves, changes] = [new ExpenseWorld(), new LeaveWorld(), new ChangeWorld()];
    const [claim, leave] = [claimEvent({ claim: { total: '181.00' } }), leaveEvent()];
    const change = changeEvent({ employeeId: REQUESTER });
    await claims.submit(claim);
    await leaves.submit(leave);
    await leaves.returnIt(MANAGER);
    await changes.submit(change);
    await changes.returnIt(DEPARTMENTS[0]);
    const returned = [
      [claims, await claims.head(claim), RESUBMISSION_LABELS.returnedByCheck],
      [leaves, await leaves.head(leave), RESUBMISSION_LABELS.until],
      [changes, await changes.head(change), RESUBMISSION_LABELS.until],
    ] as const;

    for (const [world, { processId }, wanted] of returned) {
      const page = await openFor(world, locale);
      const path = `/me/requests?resubmit=${processId}`;
      expect(await lookAtOurs(page, path, locale, wanted), processId).toEqual(NOTHING_FOUND);
      await page.context().close();
    }
  },
);

it.each(LOCALES)('axe finds nothing on the form that ends a leave earlier in %s', async (locale) => {
  const world = new LeaveWorld();
  const event = leaveEvent({ leave: { from: '2026-03-02', to: '2026-03-06' } });
  await world.submit(event);
  await world.approve();
  await world.advance(24 * 61);
  const { processId } = await world.head(event);
  const page = await openFor(world, locale);
  const path = `/me/requests?shorten=${processId}`;
  const send = page.locator('button[name=shorten]');

  expect(await lookAtOurs(page, path, locale, EARLY_RETURN_LABELS.hint), 'form').toEqual(NOTHING_FOUND);
  await page.locator('#to').fill('2026-03-06');
  await send.click();
  expect(await lookAtShown(page, locale, EARLY_RETURN_LABELS.hint), 'a mistake').toEqual(NOTHING_FOUND);
  expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
  await page.locator('#to').fill('2026-03-04');
  await page.getByLabel(say(EARLY_RETURN_LABELS.endsAtNoon, locale)).check();
  await send.click();
  expect(await lookAtShown(page, locale, SHORTENED.title), 'sent').toEqual(NOTHING_FOUND);
  await world.run();

  expect(await world.absentOn()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  await page.context().close();
});
