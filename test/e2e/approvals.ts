/** Approvals that take another way: the stories of `purchase.test.ts` go on with them on their one cloud. */
import { beforeAll, describe, expect, it } from 'vitest';
import { decideByMail, openLink, postDecision } from '../../local/demo/approver.ts';
import { APPROVAL_STORIES } from '../../local/demo/stories/approval-stories.ts';
import { createStage, type Stage } from '../../local/demo/stories/stage.ts';
import { linkTo } from '../../local/demo/task-list.ts';
import { fieldIn, SignInBrowser } from '../../local/identity/sign-in-browser.ts';
import { MANAGER, processOn, type Stories, SUBSTITUTE } from './stories.ts';

export function tellsOfApprovals({ world, file, mailTo, answer, recordOf, recorded }: Stories): void {
  describe('approvals that take another way', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await createStage(world().cloud, world().oa, () => undefined);
    });

    it.each(APPROVAL_STORIES)('$title', async ({ play }) => {
      for (const record of await play(stage)) {
        expect(await stage.recorded(record)).not.toEqual([]);
      }
    });

    it('an administrator moves a task on the page: the old link is refused, and the other decides for its person', async () => {
      const requestId = await file();
      const [link = ''] = (await mailTo(MANAGER, requestId)).links;
      const processId = processOn(await openLink(link));
      const { pagesUrl } = world().cloud;
      const administrator = new SignInBrowser();
      await administrator.signIn(`${pagesUrl}/me`, { id: 'E-0002' });

      const people = await administrator.open(`${pagesUrl}/admin/people?lang=en`);
      const person = await administrator.open(linkTo(people, '王强 Wang Qiang') ?? '');
      const everything = await administrator.open(`${person.url.origin}${person.url.pathname}/hand-over?to=E-2002`);
      expect(everything.html).toContain(`Chairs ${requestId}`);
      const [, path = ''] = new RegExp(`href="([^"]*/tasks/${processId}/[^"]*)"`).exec(person.html) ?? [];
      const address = new URL(path, pagesUrl);
      const preview = await administrator.open(`${address}?to=E-2002&lang=en`);
      expect(preview.html).toContain(`Chairs ${requestId}`);
      const form = Object.fromEntries(['csrf', 'to', 'move'].map((name) => [name, fieldIn(preview, name)]));
      const moved = await administrator.open(address, { form });

      expect(moved).toMatchObject({ status: 200, html: expect.stringContaining('Priya Nair') });
      expect((await postDecision(link, 'approve')).status).toBeGreaterThanOrEqual(400);
      await decideByMail(await mailTo(SUBSTITUTE, requestId), 'reject', 'There are chairs in the cellar');
      await answer(requestId, 'rejected');
      expect((await recorded(processId, 'TaskHandedOver')).facts).toMatchObject({
        ...{ administrator: 'E-0002', from: 'E-2001', to: 'E-2002' },
      });
      const decision = (await recordOf(processId)).find(({ type }) => type === 'DecisionMade');
      expect(decision?.facts).toMatchObject({ employeeId: 'E-2002', onBehalfOf: 'E-2001', action: 'reject' });
    });
  });
}
