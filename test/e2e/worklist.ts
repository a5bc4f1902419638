/** Where people find their work, deployed: the stories of `purchase.test.ts` go on with it on their one cloud. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldsOf, linkTo, openTask } from '../../local/demo/task-list.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { SignInBrowser } from '../../local/identity/sign-in-browser.ts';
import { idTokenOf } from '../support/id-token.ts';
import type { Stories } from './stories.ts';

const REQUESTER = { id: 'E-1001' };
const MANAGER = { id: 'E-2001' };

const tasksSchema = z.object({
  tasks: z.array(z.object({ processId: z.string(), approvalId: z.string(), level: z.number(), title: z.string() })),
});
const askedSchema = z.object({ level: z.number(), round: z.number(), documentVersion: z.number() });

export function tellsOfTheWorklist({ world, file }: Stories): void {
  describe('where people find their work', () => {
    it('an approver decides on the list of their tasks, and the requester sees it', async () => {
      const requestId = await file();
      const { pagesUrl } = world().cloud;
      const manager = new SignInBrowser();
      await manager.signIn(`${pagesUrl}/me`, MANAGER);
      const page = await openTask(manager, pagesUrl, requestId);

      const note = await manager.open(page.url, {
        form: { ...fieldsOf(page), task: 'comment', comment: 'Is it urgent?' },
      });
      const decided = await manager.open(page.url, {
        form: { ...fieldsOf(page), action: 'approve', comment: 'Go on' },
      });

      expect([note.status, decided.status, decided.html.includes('Go on')]).toEqual([200, 200, true]);
      expect(linkTo(await manager.open(`${pagesUrl}/me/tasks?lang=en`), requestId)).toBeUndefined();
      const requester = new SignInBrowser();
      await requester.signIn(`${pagesUrl}/me`, REQUESTER);
      const record = linkTo(await requester.open(`${pagesUrl}/me/requests?lang=en`), requestId);
      expect((await requester.open(`${record}?lang=en`)).html).toContain('Is it urgent?');
    });

    it('an OA shows the task of its reader and decides for them, once', async () => {
      const requestId = await file();
      const { cloud } = world();
      const authorization = `Bearer ${await idTokenOf(cloud, MANAGER.id)}`;
      const ask = (path: string, init: RequestInit = {}) =>
        fetch(`${cloud.pagesUrl}/api/v1${path}`, { ...init, headers: { authorization, ...init.headers } });
      const task = await waitFor('the task in the API', async () => {
        const answer = await ask('/tasks?limit=100');
        expect(answer.status).toBe(200);
        return tasksSchema.parse(await answer.json()).tasks.find(({ title }) => title.endsWith(requestId));
      });
      const path = `/tasks/${task.processId}/${task.approvalId}`;
      const asked = askedSchema.parse(await (await ask(`${path}?level=${task.level}`)).json());
      const decide = () =>
        ask(`${path}/actions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': `approve-${requestId}` },
          body: JSON.stringify({ kind: 'decide', action: 'approve', comment: 'Go on', ...asked }),
        });

      const answers = [await decide(), await decide()];

      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await answers[1]?.json()).toMatchObject({ result: 'decided', action: 'approve' });
      expect((await ask('/requests')).status).toBe(200);
      const forged = authorization.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      const strangers = [{}, { authorization: forged.replace(/\.[^.]+\./, '.e30.') }];
      for (const headers of strangers) {
        expect((await fetch(`${cloud.pagesUrl}/api/v1/tasks`, { headers })).status).toBe(401);
      }
    });
  });
}
