/**
 * What an approver and a requester see of claims, leave, its early end and engineering changes, with their mails, judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { LABELS } from '../../../functions/approvals/decision-page-words.ts';
import type { Text } from '../../../functions/pages/language.ts';
import { LABELS as OWN_LABELS } from '../../../functions/worklist/words.ts';
import { LOCALES, lookAt, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { claimEvent, line, receipt } from '../../support/expense-company.ts';
import { ExpenseWorld, MANAGER } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { openPages } from '../../support/open-pages.ts';
import type { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver, taskPaths } from '../../unit/worklist/open-my-pages.ts';

const REQUESTER = 'E-1001';
const WHOLE: Text = { en: 'The record is whole', zh: '记录完整' };

/** A world in which somebody is asked, and what their page alone says. */
interface Asked {
  readonly world: Pick<PurchaseWorld, 'store' | 'urgeDeps' | 'mails'>;
  readonly approver: string;
  /** Of which of their tasks; undefined: they have one. */
  readonly processId?: string;
  readonly wanted: Text;
}

const ASKED: { readonly [kind: string]: () => Promise<Asked> } = {
  'a claim with a budget and one that came before': async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent());
    await world.decide(MANAGER, 'reject', 'Who was there?');
    const office = { lines: [line({ category: 'office', units: 1 })], receipts: [receipt({ number: '243120000002' })] };
    await world.submit(claimEvent({ requestId: 'EX-2', claim: office }));
    return { world, approver: MANAGER, wanted: LABELS.earlierRequests };
  },
  'a claim that was sent again': async () => {
    const world = new ExpenseWorld();
    const event = claimEvent();
    await world.submit(event);
    await world.returnIt(MANAGER, 'Who was there?');
    await world.resubmit(event, { changes: { lines: [line({ description: 'Dinner with two customers' })] } });
    return { world, approver: MANAGER, wanted: LABELS.saidBefore };
  },
  'a leave': async () => {
    const world = new LeaveWorld();
    await world.submit(leaveEvent());
    return { world, approver: MANAGER, wanted: { en: 'Balance', zh: '余额' } };
  },
  'the early end of a leave': async () => {
    const world = new LeaveWorld();
    const event = leaveEvent({ leave: { kind: 'unpaid', from: '2026-03-02', to: '2026-03-06' } });
    await world.submit(event);
    await world.approve();
    await world.advance(24 * 61);
    await world.shorten(event, '2026-03-03');
    return { world, approver: MANAGER, wanted: { en: '2026-03-03', zh: '2026-03-03' } };
  },
  'an engineering change': async () => {
    const world = new ChangeWorld();
    const event = changeEvent({ employeeId: REQUESTER });
    await world.submit(event);
    await world.submit(changeEvent({ employeeId: REQUESTER, requestId: 'EC-2' }));
    const { processId } = await world.head(event);
    return { world, approver: DEPARTMENTS[0], processId, wanted: LABELS.requestsSince };
  },
};

const browser = useBrowser();

it.each(Object.entries(ASKED).flatMap(([kind, ask]) => LOCALES.map((locale) => [kind, locale, ask] as const)))(
  'axe finds nothing on the pages and in the mails of %s, in %s',
  async (_kind, locale, ask) => {
    const { world, approver, processId = '', wanted } = await ask();
    const { signIn } = pagesOver(world);
    const people = { approver: await signIn(approver), requester: await signIn(REQUESTER) };
    let person = people.approver;
    const page = await openPages(
      browser(),
      async (request) => {
        const { pathname, search } = new URL(request.url);
        const { status, headers, text } = await person.get(`${pathname}${search}`);
        return new Response(text, { status, headers });
      },
      { locale },
    );

    const task = taskPaths((await person.get('/me/tasks')).text).find((path) => path.includes(processId)) ?? '';
    expect(await lookAtOurs(page, task, locale, wanted), 'the question').toEqual(NOTHING_FOUND);
    person = people.requester;
    expect(await lookAtOurs(page, '/me/requests', locale, OWN_LABELS.started), 'the list').toEqual(NOTHING_FOUND);
    const [, record = ''] = /href="(\/me\/requests\/[^"]+)"/.exec((await person.get('/me/requests')).text) ?? [];
    expect(await lookAtOurs(page, record, locale, WHOLE), 'the record').toEqual(NOTHING_FOUND);
    await page.context().close();
    const mail = await openPages(browser(), async () => new Response(''), { locale });
    for (const html of new Set(world.mails.slice(-3).map((mail) => mail.html))) {
      await mail.setContent(html);
      expect(await lookAt(mail), html).toEqual(NOTHING_FOUND);
    }
    await mail.context().close();
  },
);
