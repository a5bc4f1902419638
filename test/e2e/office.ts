/** Forms of the company: the story of the demonstration on the one cloud of `purchase.test.ts`, and a form that nobody deployed. */
import { describe, expect, it } from 'vitest';
import { actByMail, decideByMail } from '../../local/demo/approver.ts';
import { resubmitForm, submitForm } from '../../local/demo/office-requests.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { OFFICE_STORIES } from '../../local/demo/stories/office-stories.ts';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { fieldIn, SignInBrowser } from '../../local/identity/sign-in-browser.ts';
import { MANAGER, type Stories } from './stories.ts';

/** The requester whose manager is {@link MANAGER}. */
const EMPLOYEE = 'E-1001';

const PARKING = {
  id: 'parking',
  name: { en: 'Parking space', zh: '车位申请' },
  number: 'P-{year}-{seq:3}',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['plate'],
    properties: { plate: { type: 'string', 'x-label': { en: 'Plate', zh: '车牌' }, minLength: 1, maxLength: 20 } },
  },
  route: {
    rows: [
      { level: 'Manager', approver: 'manager', remindAfterHours: 8, escalateAfterHours: 16, expireAfterHours: 40 },
    ],
  },
};

export function tellsOfTheOffice({ world, busName, mailTo, answer, recordOf }: Stories): void {
  describe.concurrent('forms of the company', () => {
    it('go back in their own words, are decided by their route, and give each document the next number', async () => {
      const [first = ''] = await playStories(OFFICE_STORIES, world().cloud, world().oa, () => undefined);

      const numbered = (await recordOf(first)).filter(({ type }) => type === 'DocumentNumbered');
      expect(numbered).toHaveLength(1);
    });

    it('are added by an administrator, without a deployment: one is filed, returned with words, and rejected', {
      tags: 'long',
    }, async () => {
      const { endpoint, pagesUrl } = world().cloud;
      const address = `${pagesUrl}/admin/forms?lang=en`;
      const administrator = new SignInBrowser();
      await administrator.signIn(`${pagesUrl}/me`, { id: 'E-0002' });
      const csrf = fieldIn(await administrator.open(address), 'csrf');
      const form = { csrf, json: JSON.stringify(PARKING), replaces: '0', reason: 'There are too few spaces' };
      const preview = await administrator.open(address, {
        form: { ...form, step: 'preview', requester: EMPLOYEE, 'field.plate': 'E 1' },
      });
      expect(preview.html).toContain('Who is asked');
      expect(await administrator.open(address, { form: { ...form, step: 'publish' } })).toMatchObject({ status: 200 });

      const filed = { requestId: newRequestId('OF'), employeeId: EMPLOYEE };
      const request = { form: 'parking', title: `Parking ${filed.requestId}`, fields: { plate: 'E 12345' } };
      await submitForm(endpoint, busName(), filed, request);
      await actByMail(await mailTo(MANAGER, filed.requestId), 'return-to-requester', { comment: 'Which car is it?' });
      await waitFor(`the OA to be told why ${filed.requestId} is returned`, () =>
        world()
          .oa.answersTo(filed.requestId)
          .find(({ status, text }) => status === 'returned' && text.en.includes('Which car is it?')),
      );
      await resubmitForm(
        endpoint,
        busName(),
        { ...filed, replacesVersion: 1 },
        { ...request, fields: { plate: 'E 54321' } },
      );
      await decideByMail(await mailTo(MANAGER, filed.requestId), 'reject', 'Come by bicycle');

      const { processId, text } = await answer(filed.requestId, 'rejected');
      expect(text.en).toContain('Come by bicycle');
      expect((await recordOf(processId)).map(({ type }) => type)).not.toContain('DocumentNumbered');
      expect((await recordOf('forms')).at(-1)?.facts).toMatchObject({ form: 'parking', version: 1 });
    });
  });
}
