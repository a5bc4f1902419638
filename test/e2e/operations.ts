/** What failed is seen and mended by an operator, deployed: the stories of `purchase.test.ts` go on with it on their one cloud. */
import { describe, expect, it } from 'vitest';
import { decideByMail } from '../../local/demo/approver.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { openPhone, sidewaysOverflow, signInAs, useBrowser } from '../support/e2e-phone.ts';
import { MANAGER, type Stories } from './stories.ts';

export function tellsOfOperators({ world, file, mailTo, answer, recordOf, ordersOf }: Stories): void {
  const browser = useBrowser();

  async function openOperations(name: RegExp) {
    const page = await openPhone(browser(), 'en-GB');
    await page.goto(`${world().cloud.pagesUrl}/operations?lang=en`);
    await signInAs(page, name, world().cloud.identityUrl);
    await page.waitForURL(/\/operations/);
    return page;
  }

  describe.concurrent('what waits for an operator, in a real browser', { tags: 'long' }, () => {
    it('a step that Tryton refused is seen with its cause, ended with a reason, and done once the process has ended', async () => {
      // A chair is counted in whole units.
      const lines = [{ productCode: 'P-1001', quantity: '1.5', unitPrice: '20.00' }];
      const requestId = await file({ lines });
      await decideByMail(await mailTo(MANAGER, requestId), 'approve');
      const page = await openOperations(/Hannah Weiss/);
      const failed = page.getByRole('listitem').filter({ hasText: requestId });
      await waitFor('the step on the list', async () => {
        await page.goto(`${world().cloud.pagesUrl}/operations?lang=en`);
        return (await failed.count()) > 0 ? true : undefined;
      });

      expect(await sidewaysOverflow(page)).toBe(0);
      await failed.getByRole('link', { name: 'Cancel, and undo what was done' }).tap();
      await page.getByText('This is touched (1)').waitFor();
      await page.getByLabel('Reason').fill('Nobody sells half a chair');
      await page.getByRole('button', { name: 'Cancel, and undo what was done' }).tap();
      await page.getByText('Asked for (1)').waitFor();

      const { processId } = await answer(requestId, 'cancelled');
      expect(await ordersOf(processId)).toEqual([]);
      const decided = (await recordOf(processId)).findLast(({ type }) => type === 'DecisionMade');
      expect(decided?.facts).toMatchObject({ operator: 'E-4005', via: 'operations-page', action: 'cancel' });
      await waitFor('the act to be done', async () => {
        await page.goto(`${world().cloud.pagesUrl}/operations/processes/${processId}?lang=en`);
        return /Cancel, and undo.*done/s.test((await page.locator('main').textContent()) ?? '') ? true : undefined;
      });
      await page.context().close();
    });

    it('letters that nothing could read are seen, and by nobody else', async () => {
      const page = await openOperations(/Hannah Weiss/);
      await page.getByRole('link', { name: /RequestsQueueDeadLetters/ }).tap();

      expect(await page.locator('main').textContent()).toContain('nonsense');
      expect(await sidewaysOverflow(page)).toBe(0);
      await page.context().close();
      const clerk = await openOperations(/Li Na/);
      expect(await clerk.locator('main').textContent()).not.toMatch(/nonsense|DeadLetters/);
      await clerk.context().close();
    });

    it('the versions of the definitions are seen, with what runs on them', async () => {
      const page = await openOperations(/Hannah Weiss/);
      await page.getByRole('link', { name: 'Versions' }).tap();
      await page.waitForURL('**/operations/versions*');

      expect(await page.locator('main').textContent()).toContain('meridian-procure-to-pay');
      expect(await sidewaysOverflow(page)).toBe(0);
      await page.context().close();
    });
  });
}
