/** People with a phone whose browser runs no script: the stories of `purchase.test.ts` go on with them on their one cloud. */
import { describe, expect, it } from 'vitest';
import { decideByMail, openLink, postDecision } from '../../local/demo/approver.ts';
import { readMails } from '../../local/demo/mailbox.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { openPhone, sidewaysOverflow, signInAs, useBrowser } from '../support/e2e-phone.ts';
import { DOCUMENT, SCRIPT } from '../support/sample-files.ts';
import { HEAD, MANAGER, processOn, type Stories } from './stories.ts';

export function tellsOfPhones({ world, file, mailTo, answer, recordOf }: Stories): void {
  const browser = useBrowser();

  describe.concurrent('in a real browser on a phone, without scripts', () => {
    it('a manager taps the link of a mail in Chinese, approves, and sees that it is done', async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const page = await openPhone(browser(), 'zh-CN');

      await page.goto(mail.links[0] ?? '');
      expect(await page.locator('h1').textContent()).toBe(`Chairs ${requestId}`);
      expect(await page.locator('main').textContent()).toContain('¥100.00');
      expect(await sidewaysOverflow(page)).toBe(0);
      await page.getByRole('button', { name: '同意' }).tap();

      await page.getByText('接下来将向供应商下单。').waitFor();
      expect(await page.getByRole('button').count()).toBe(0);
      await answer(requestId, 'ordered');
    });

    it('a manager who rejects in English is asked for a reason first, and the requester reads it', async () => {
      const requestId = await file({ costCentre: 'CC-200' }, 'E-1002');
      const mail = await mailTo('priya.nair@meridian.example', requestId);
      const page = await openPhone(browser(), 'en-GB');

      await page.goto(mail.links[0] ?? '');
      await page.getByRole('button', { name: 'Reject' }).tap();
      await page.getByText('Please write a reason first.').waitFor();
      expect(
        world()
          .oa.answersTo(requestId)
          .map(({ status }) => status),
      ).not.toContain('rejected');
      await page.getByLabel('Comment').fill('Use the ones in the cellar');
      await page.getByRole('button', { name: 'Reject' }).tap();

      await page.getByText('The requester is told, with your reason.').waitFor();
      expect((await answer(requestId, 'rejected')).text.en).toContain('Use the ones in the cellar');
    });

    it('a manager adds an offer, reads it again, and decides; a file of no kind that is taken is sent back', async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const page = await openPhone(browser(), 'zh-CN');
      const attach = async (name: string, buffer: Buffer) => {
        await page.goto(mail.links[0] ?? '');
        await page.getByRole('link', { name: '添加附件' }).tap();
        await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
        await page.getByRole('button', { name: '上传' }).tap();
        await page.getByText('附件已收到').waitFor();
      };

      expect((await openLink(`${mail.links[0]?.slice(0, -3)}abc/attach`)).status).toBe(404);
      await attach('报价单 (终稿).pdf', DOCUMENT);
      await attach('合同.pdf', SCRIPT);

      await waitFor('the mail about the second file', async () =>
        (await readMails(world().cloud.endpoint)).find(
          ({ subject, text }) => subject.includes(requestId) && text.includes('合同.pdf'),
        ),
      );
      const link = await waitFor('the file on the page', async () => {
        await page.goto(mail.links[0] ?? '');
        return (
          (await page.getByRole('link', { name: '报价单 (终稿).pdf' }).getAttribute('href', { timeout: 1_000 })) ??
          undefined
        );
      });
      expect(await sidewaysOverflow(page)).toBe(0);
      const download = await fetch(new URL(link, page.url()));
      expect(Buffer.from(await download.arrayBuffer()).equals(DOCUMENT)).toBe(true);
      expect(download.headers.get('content-disposition')).toContain(encodeURIComponent('报价单'));
      await page.getByRole('button', { name: '同意' }).tap();
      const { processId } = await answer(requestId, 'ordered');
      expect((await recordOf(processId)).filter(({ type }) => type === 'FileAttached')).toHaveLength(1);
    });

    it('a requester files in the OA and finds the answer there, with its record', async () => {
      const page = await openPhone(browser(), 'en-GB');
      await page.goto(`${world().portalUrl}/oa/new`);
      const title = `Paper ${newRequestId()}`;
      await page.getByLabel('What for').fill(title);
      await page.locator('[name="quantity.P-1001"]').fill('');
      await page.getByRole('button', { name: 'File it' }).tap();
      await page.waitForURL('**/oa/requests/*');
      const requestPage = page.url();

      const decided = await decideByMail(await mailTo(MANAGER, title), 'approve');

      await waitFor('the order on the page of the request', async () => {
        await page.goto(requestPage);
        return (await page.locator('main').textContent())?.includes('PO0') ? true : undefined;
      });
      expect(await sidewaysOverflow(page)).toBe(0);
      await page.goto(`${world().portalUrl}/processes`);
      await page
        .locator(`a[href*="/record/${processOn(decided)}"]`)
        .first()
        .tap();
      await page.waitForURL('**/record/**');
      await page.getByText(title).first().waitFor();
    });
  });

  describe.concurrent('above the amount that a link may decide, in a real browser', () => {
    it('a manager who opens the link signs in, approves, and signs out on both sides', async () => {
      const lines = [{ productCode: 'P-1001', quantity: '200', unitPrice: '680.00' }];
      const requestId = await file({ lines });
      const [link = ''] = (await mailTo(MANAGER, requestId)).links;
      expect((await postDecision(link, 'approve')).status).toBe(403);
      const page = await openPhone(browser(), 'en-GB');

      await page.goto(`${link}?lang=en`);
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
      await page.getByRole('link', { name: 'Sign in' }).tap();
      await signInAs(page, /Wang Qiang/, world().cloud.identityUrl);
      await page.waitForURL(`${link}?lang=en`);
      await page.getByRole('button', { name: 'Approve' }).tap();
      await page.getByText('The next approver is asked next.').waitFor();

      const next = await mailTo(HEAD, requestId);
      const types = (await recordOf(processOn(await openLink(next.links[0] ?? '')))).filter(({ type }) =>
        type.startsWith('Decision'),
      );
      expect(types.map(({ type, facts }) => [type, facts.via])).toEqual([
        ['DecisionRefused', 'link'],
        ['DecisionMade', 'signed-in'],
      ]);
      // The manager is not the head of the department, whose mail they got hold of.
      await page.goto(`${next.links[0]}?lang=en`);
      await page.getByText('Somebody else is signed in').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

      await page.goto(`${world().cloud.pagesUrl}/me?lang=en`);
      expect(await page.locator('h1').textContent()).toContain('Wang Qiang');
      await page.getByRole('button', { name: 'Sign out' }).tap();
      await page.getByRole('button', { name: 'Sign out' }).tap();
      await page.waitForURL('**/signed-out*');
      await page.goto(`${world().cloud.pagesUrl}/me`);
      await page.getByText('Who are you?').waitFor();
    });
  });
}
