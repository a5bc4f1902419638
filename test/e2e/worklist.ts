/** Where people find their work, deployed: the stories of `purchase.test.ts` go on with it on their one cloud. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { actByMail, decideByMail } from '../../local/demo/approver.ts';
import { fieldsOf, linkTo, openTask } from '../../local/demo/task-list.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { type Shown, SignInBrowser } from '../../local/identity/sign-in-browser.ts';
import { idTokenOf } from '../support/id-token.ts';
import { DOCUMENT } from '../support/sample-files.ts';
import { formFields } from '../support/shown-form.ts';
import { MANAGER as MANAGER_MAIL, type Stories } from './stories.ts';

const REQUESTER = { id: 'E-1001' };
const MANAGER = { id: 'E-2001' };

const tasksSchema = z.object({
  tasks: z.array(z.object({ processId: z.string(), approvalId: z.string(), level: z.number(), title: z.string() })),
});
const formSchema = z.object({ action: z.url(), fields: z.record(z.string(), z.string()) });
const filesSchema = z.object({ files: z.array(z.object({ fileId: z.string(), name: z.string() })) });
const addressSchema = z.object({ url: z.url() });
const recordSchema = z.object({ damages: z.array(z.unknown()), entries: z.array(z.object({ type: z.string() })) });
const askedSchema = z.object({ level: z.number(), round: z.number(), documentVersion: z.number() });

export function tellsOfTheWorklist({ world, file, mailTo, answer, recordOf }: Stories): void {
  describe.concurrent('where people find their work', () => {
    it('an approver decides on the list of their tasks, and the requester sees it', async () => {
      const requestId = await file();
      const { pagesUrl } = world().cloud;
      const manager = new SignInBrowser();
      await manager.signIn(`${pagesUrl}/me`, MANAGER);
      const page = await openTask(manager, pagesUrl, requestId);
      const attach = await manager.open(linkIn(page, '/attach'));

      const note = await manager.open(page.url, {
        form: { ...fieldsOf(page), task: 'comment', comment: 'Is it urgent?' },
      });
      const decided = await manager.open(page.url, {
        form: { ...fieldsOf(page), action: 'approve', comment: 'Go on' },
      });

      expect([attach.status, attach.html.includes('enctype="multipart/form-data"')]).toEqual([200, true]);
      expect([note.status, decided.status, decided.html.includes('Go on')]).toEqual([200, 200, true]);
      expect(linkTo(await manager.open(`${pagesUrl}/me/tasks?lang=en`), requestId)).toBeUndefined();
      const requester = new SignInBrowser();
      await requester.signIn(`${pagesUrl}/me`, REQUESTER);
      const record = linkTo(await requester.open(`${pagesUrl}/me/requests?lang=en`), requestId);
      expect((await requester.open(`${record}?lang=en`)).html).toContain('Is it urgent?');
    });

    it('a requester changes on a form what came back to them, and the approver has it as version 2', async () => {
      const requestId = await file();
      const { pagesUrl } = world().cloud;
      await actByMail(await mailTo(MANAGER_MAIL, requestId), 'return-to-requester', { comment: 'One chair is enough' });
      const { processId } = await answer(requestId, 'returned');
      const requester = new SignInBrowser();
      await requester.signIn(`${pagesUrl}/me`, REQUESTER);

      const form = await requester.open(`${pagesUrl}/me/requests?resubmit=${processId}&lang=en`);
      const fields = { ...formFields(form.html), resubmit: processId };
      const send = (quantity: string) =>
        requester.open(`${pagesUrl}/me/requests?lang=en`, { form: { ...fields, 'lines[0].quantity': quantity } });
      const wrong = await send('none');
      const sent = await send('1');

      expect(form.html).toContain('One chair is enough');
      expect([wrong.status, sent.status, sent.html.includes('It was sent')]).toEqual([422, 200, true]);
      await decideByMail(await mailTo(MANAGER_MAIL, requestId), 'approve');
      await answer(requestId, 'ordered');
      const types = (await recordOf(processId)).map(({ type }) => type);
      expect(types.filter((type) => /Resub/.test(type))).toEqual(['ResubmissionRefused', 'RequisitionResubmitted']);
    });

    it('an OA shows the task of its reader, adds a file and decides for them, once', { tags: 'long' }, async () => {
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

      const { action, fields } = formSchema.parse(await (await ask(`${path}/files`, { method: 'POST' })).json());
      expect((await fetch(action, { method: 'POST', body: uploadOf(fields, requestId) })).status).toBe(204);
      const fileId = await waitFor('the file in the API', async () => {
        const { files } = filesSchema.parse(await (await ask(`${path}/files`)).json());
        return files.find(({ name }) => name === `${requestId}.pdf`)?.fileId;
      });
      const { url } = addressSchema.parse(await (await ask(`${path}/files/${fileId}`)).json());
      expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(DOCUMENT)).toBe(true);

      const answers = [await decide(), await decide()];

      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await answers[1]?.json()).toMatchObject({ result: 'decided', action: 'approve' });
      expect((await ask('/requests')).status).toBe(200);
      const record = recordSchema.parse(await (await ask(`/requests/${task.processId}/timeline`)).json());
      expect([record.damages, record.entries.some(({ type }) => type === 'DecisionMade')]).toEqual([[], true]);
      const forged = authorization.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      const strangers = [{}, { authorization: forged.replace(/\.[^.]+\./, '.e30.') }];
      for (const headers of strangers) {
        expect((await fetch(`${cloud.pagesUrl}/api/v1/tasks`, { headers })).status).toBe(401);
      }
    });
  });
}

/** What a program sends to the store of files. */
function uploadOf(fields: Readonly<Record<string, string>>, name: string): FormData {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) {
    body.append(field, value);
  }
  body.append('file', new Blob([DOCUMENT]), `${name}.pdf`);
  return body;
}

/** Where the link leads whose path ends so. */
function linkIn({ html, url }: Shown, pathEnd: string): URL {
  const [, path = ''] = new RegExp(`<a href="([^"]+${pathEnd}(?:\\?[^"]*)?)"`).exec(html) ?? [];
  return new URL(path.replaceAll('&amp;', '&'), url);
}
