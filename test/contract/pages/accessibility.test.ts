/** Pages and mails as a browser shows them, judged by axe, and a decision by who has no more than a keyboard. */
import { describe, expect, it } from 'vitest';
import { createAttachmentPage } from '../../../functions/approvals/attachment-page.tsx';
import { createDecisionPage } from '../../../functions/approvals/decision-page.tsx';
import { readKey } from '../../../functions/audit/read-key.ts';
import { createTimelinePage } from '../../../functions/audit/timeline-page.tsx';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { type NewsTemplate, newsMail } from '../../../functions/mail/news-mail.ts';
import { renderHtml } from '../../../functions/mail/render-mail.tsx';
import type { Policies } from '../../../functions/policy/port.ts';
import { lookAt, NOTHING_FOUND } from '../../support/axe.ts';
import { chosenByFirst } from '../../support/chosen-approvers.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { openPages } from '../../support/open-pages.ts';
import {
  COMPANY,
  companyPolicies,
  directoryData,
  PAGES_URL,
  requisitionEvent,
} from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

const KEY = 'record key of this installation';

const browser = useBrowser();

type Locale = 'zh-CN' | 'en';

/** A purchase that waits for its manager, in a company that reads one language. */
async function purchaseIn(locale: Locale, policies: Policies = companyPolicies) {
  const people = directoryData.people.map((person) => ({ ...person, locale }));
  const world = new PurchaseWorld({ policies, directory: createFileDirectory({ ...directoryData, people }) });
  const event = requisitionEvent();
  await world.submit(event);
  const decisions = createDecisionPage({
    ...world.decisionDeps(),
    timeZone: COMPANY.timeZone,
  });
  const timeline = createTimelinePage({
    ...world.decisionDeps(),
    recordKey: async () => KEY,
    timeZone: COMPANY.timeZone,
  });
  const files = createAttachmentPage({
    ...world.decisionDeps(),
    files: new MemoryFiles(),
    pagesUrl: PAGES_URL,
    timeZone: COMPANY.timeZone,
  });
  const ask = async (request: Request) => {
    const { pathname } = new URL(request.url);
    const app = pathname.startsWith('/record/') ? timeline : pathname.endsWith('/attach') ? files : decisions;
    return app.fetch(request, { sourceIp: '192.0.2.1' });
  };
  const link = async (employeeId: string) => `${PAGES_URL}/d/${await world.linkOf(employeeId)}`;
  return { world, event, ask, link };
}

describe.each(['zh-CN', 'en'] as const)('axe finds nothing in %s', (locale) => {
  it('on the pages of a decision and its record', async () => {
    const { world, event, ask, link } = await purchaseIn(locale);
    const page = await openPages(browser(), ask, { locale });
    const reject = locale === 'en' ? 'Reject' : '驳回';
    const url = await link('E-2001');

    await page.goto(url);
    expect(await lookAt(page), 'the question').toEqual(NOTHING_FOUND);
    await page.goto(`${url}/attach`);
    expect(await lookAt(page), 'a file').toEqual(NOTHING_FOUND);
    await page.goto(url);
    await page.getByRole('button', { name: reject, exact: true }).click();
    expect(await lookAt(page), 'a reason is missing').toEqual(NOTHING_FOUND);
    await page.locator('#comment').fill('There are chairs in the cellar');
    await page.getByRole('button', { name: reject, exact: true }).click();
    expect(await lookAt(page), 'decided').toEqual(NOTHING_FOUND);
    await page.goto(url);
    expect(await lookAt(page), 'decided before').toEqual(NOTHING_FOUND);
    await page.goto(`${PAGES_URL}/d/unknown`);
    expect(await lookAt(page), 'a link that nobody was sent').toEqual(NOTHING_FOUND);
    await page.goto(`${PAGES_URL}/elsewhere`);
    expect(await lookAt(page), 'no page').toEqual(NOTHING_FOUND);
    const { processId } = await world.head(event);
    await world.run();
    await page.goto(`${PAGES_URL}/record/${processId}?key=${readKey(KEY, processId)}`);
    expect(await lookAt(page), 'the record').toEqual(NOTHING_FOUND);
    await page.context().close();
  });

  it('on the page of whoever chooses who decides next, also where they forgot to', async () => {
    const { ask, link } = await purchaseIn(locale, chosenByFirst);
    const page = await openPages(browser(), ask, { locale });

    await page.goto(await link('E-2001'));
    expect(await lookAt(page), 'the choice').toEqual(NOTHING_FOUND);
    await page.locator('button[value=approve]').click();
    expect(await page.locator('#next').getAttribute('aria-invalid')).toBe('true');
    expect(await lookAt(page), 'nobody was chosen').toEqual(NOTHING_FOUND);
    await page.locator('#next').selectOption('E-3102');
    await page.locator('button[value=approve]').click();
    expect(await page.locator('#next').count()).toBe(0);
    await page.context().close();
  });

  it('in the mails of a purchase from its first reminder to its payment, and in all news', async () => {
    const { world } = await purchaseIn(locale);
    await world.act('E-2001', { kind: 'copy', to: 'E-1002', comment: '' });
    await world.advance(24);
    await world.advance(24);
    await world.approveOrder();
    await world.deliver();
    await world.pay();
    const facts = {
      title: 'Chairs',
      reason: 'No price',
      reasonZh: '缺少单价',
      outcome: 'rejected',
      period: '2025-12',
      process: 'P2P-1',
      returnedBy: 'Wang Qiang',
      deadline: '2026-01-02T00:00:00.000Z',
      person: 'Wang Qiang',
      caseId: 'CASE-1',
      detector: 'over-authority',
      held: 'yes',
      waitingFor: 'approval',
    };
    const news: readonly NewsTemplate[] = [
      'task-gone',
      'copy-news',
      'process-news',
      'payslip-ready',
      'wait-overdue',
      'operator-notice',
      'rework-requested',
      'rework-refused',
      'stand-in',
      'file-refused',
      'compliance-case',
    ];
    const bodies = [
      ...new Set(world.mails.map(({ html }) => html)),
      ...news.map((template) =>
        renderHtml(
          newsMail(template, facts, {
            language: locale,
            timeZone: COMPANY.timeZone,
            pagesUrl: PAGES_URL,
            hasSignIn: true,
          }),
        ),
      ),
    ];
    const page = await openPages(browser(), async () => new Response(''), { locale });

    for (const html of bodies) {
      await page.setContent(html);
      expect(await lookAt(page), html).toEqual(NOTHING_FOUND);
    }

    expect(bodies.length).toBeGreaterThan(8);
    await page.context().close();
  });
});

describe('who has no more than a keyboard', () => {
  it('reads, writes a reason and rejects, with the focus to be seen at each step', async () => {
    const { world, event, ask, link } = await purchaseIn('en');
    const page = await openPages(browser(), ask, { locale: 'en' });
    await page.goto(await link('E-2001'));
    const focused = () =>
      page.evaluate<string>(
        "[document.activeElement.tagName, document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle].join(' ')",
      );
    const tabTo = async (what: string) => {
      for (let stop = 0; stop < 30; stop += 1) {
        await page.keyboard.press('Tab');
        const now = await focused();
        expect(now).toMatch(/ (solid|auto)$/);
        if (now.startsWith(what)) return;
      }
      throw new Error(`no tab leads to ${what}`);
    };

    await tabTo('TEXTAREA');
    await page.keyboard.type('There are chairs in the cellar');
    await tabTo('BUTTON Reject');
    await page.keyboard.press('Enter');

    await page.getByText('The requester is told, with your reason.').waitFor();
    const made = (await world.record(event)).filter(({ type }) => type === 'DecisionMade');
    expect(made).toMatchObject([{ actor: { id: 'E-2001' }, facts: { action: 'reject' } }]);
    await page.context().close();
  });

  it('opens a folded task and hands the decision to a colleague', async () => {
    const { world, event, ask, link } = await purchaseIn('en');
    const page = await openPages(browser(), ask, { locale: 'en' });
    await page.goto(await link('E-2001'));
    const summary = page.locator('summary', { hasText: 'Ask for an opinion' });

    await summary.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Grace Miller');
    await page.keyboard.press('Enter');

    await page.getByRole('status').waitFor();
    expect(await world.entryTypes(event)).toContain('TaskDelegated');
    await world.run();
    await page.goto(await link('E-4002'));
    expect(await lookAt(page), 'the question for an opinion').toEqual(NOTHING_FOUND);
    await page.context().close();
  });
});
