/** The pages of auditors as a browser shows them, judged by axe. */
import { describe, expect, it } from 'vitest';
import { createAuditorPages } from '../../../functions/evidence/auditor-pages.tsx';
import { lookAt, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { COMPANY, PAGES_URL, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';

const browser = useBrowser();

describe.each(['zh-CN', 'en'] as const)('axe finds nothing in %s', (locale) => {
  it('on the search of auditors, where nothing is found, and on the evidence of a process', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    const { processId } = await world.head(event);
    const link = await world.linkOf('E-2001');
    await world.decideByLink(link, 'approve', 'Within the budget');
    await world.decideByLink(link, 'reject', 'Changed my mind');
    const deps = world.decisionDeps();
    const app = createAuditorPages({ ...deps, timeZone: COMPANY.timeZone });
    const cookie = await sessionCookieOf(deps, 'E-4001', ['auditor']);
    const ask = async (request: Request) => {
      const headers = new Headers(request.headers);
      headers.set('cookie', cookie);
      return app.fetch(new Request(request, { headers }), { sourceIp: '192.0.2.1' });
    };
    const page = await openPages(browser(), ask, { locale });

    await page.goto(`${PAGES_URL}/audit`);
    expect(await lookAt(page), 'the search').toEqual(NOTHING_FOUND);
    await page.goto(`${PAGES_URL}/audit?process=P2P-none`);
    expect(await lookAt(page), 'nothing is found').toEqual(NOTHING_FOUND);
    await page.goto(`${PAGES_URL}/audit/${processId}`);
    expect(await lookAt(page), 'the evidence').toEqual(NOTHING_FOUND);
    await page.context().close();
  });
});
