/** Claims and leave of employees: the stories of the demonstration on the one cloud of `purchase.test.ts`, and more turns. */
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/cloud/aws.ts';
import { actByMail, decideByMail, openLink } from '../../local/demo/approver.ts';
import { resubmitClaim, submitClaim, withdrawClaim } from '../../local/demo/claims.ts';
import { resubmitLeave, submitLeave, withdrawLeave } from '../../local/demo/leave-requests.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { CHANGE_STORIES } from '../../local/demo/stories/change-stories.ts';
import { companyToday, workingDaysFrom } from '../../local/demo/stories/company-days.ts';
import { EXPENSE_STORIES } from '../../local/demo/stories/expense-stories.ts';
import { hotelReceipt } from '../../local/demo/stories/expenses/papers.ts';
import { LEAVE_STORIES } from '../../local/demo/stories/leave-stories.ts';
import { PAYROLL_STORIES } from '../../local/demo/stories/payroll-stories.ts';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { idTokenOf } from '../support/id-token.ts';
import { digitalInvoiceXml } from '../support/sample-invoices.ts';
import { claimInEuro, claimOfDinner } from './sample-claims.ts';
import { MANAGER, type Stories } from './stories.ts';

/** The requester whose manager is {@link MANAGER}. */
const EMPLOYEE = 'E-1001';

export function tellsOfClaimsAndLeave({ world, busName, mailTo, answer, recordOf }: Stories): void {
  const typesOf = async (processId: string) => (await recordOf(processId)).map(({ type }) => type);
  const bus = () => [world().cloud.endpoint, busName()] as const;

  describe.concurrent('claims and leave', () => {
    it('a journey is approved, and its claim checked, approved, in the books and paid; more than a limit is judged first', async () => {
      const [, paid = '', , rejected = ''] = await playStories(
        EXPENSE_STORIES,
        world().cloud,
        world().oa,
        () => undefined,
      );

      expect((await typesOf(paid)).filter((type) => type === 'EntryPosted')).toHaveLength(1);
      expect(await typesOf(rejected)).not.toContain('PostingIntended');
    });

    it('annual leave is in the time sheets until it is taken back; sickness is filed afterwards', async () => {
      const [takenBack = ''] = await playStories(LEAVE_STORIES, world().cloud, world().oa, () => undefined);

      expect((await typesOf(takenBack)).filter((type) => type === 'AbsenceCancelled')).toHaveLength(1);
    });

    it('an engineering change is in force in Tryton, or was overtaken there and changed nothing', {
      tags: 'long',
    }, async () => {
      const [carriedOut = '', overtaken = ''] = await playStories(
        CHANGE_STORIES,
        world().cloud,
        world().oa,
        () => undefined,
      );

      expect((await typesOf(carriedOut)).filter((type) => type === 'BomChanged')).toHaveLength(1);
      expect(await typesOf(overtaken)).not.toContain('BomChangeIntended');
    });

    it('a month of attendance goes to payroll once both sides agree, and only once', { tags: 'long' }, async () => {
      const [run = ''] = await playStories(PAYROLL_STORIES, world().cloud, world().oa, () => undefined);

      expect((await typesOf(run)).filter((type) => type === 'PayrollFiguresHandedOver')).toHaveLength(1);
    });

    it('a claim in another currency is reckoned at the rate of the ERP, returned with words, and taken back', {
      tags: 'long',
    }, async () => {
      const filed = { requestId: newRequestId('EX'), employeeId: EMPLOYEE };
      const claim = claimInEuro(filed.requestId);
      await submitClaim(...bus(), filed, claim);
      const { text } = await answer(filed.requestId, 'returned');
      const [, total = ''] = /come to ([\d.]+) CNY/.exec(text.en) ?? [];
      await resubmitClaim(...bus(), { ...filed, replacesVersion: 1 }, { ...claim, total });
      await actByMail(await mailTo(MANAGER, filed.requestId), 'return-to-requester', {
        comment: 'Which hotel was it?',
      });
      await told(filed.requestId, 'Which hotel was it?');

      const other = { ...claim, total, lines: claim.lines.map((line) => ({ ...line, receiptIds: ['hotel'] })) };
      const receipts = [{ ...hotelReceipt(filed.requestId), amount: '20.00', currency: 'EUR' }];
      await resubmitClaim(...bus(), { ...filed, replacesVersion: 2 }, { ...other, receipts });
      await mailTo(MANAGER, filed.requestId);
      await withdrawClaim(...bus(), filed, 'The customer paid for it');

      const { processId } = await answer(filed.requestId, 'withdrawn');
      expect((await typesOf(processId)).filter((type) => type === 'ClaimResubmitted')).toHaveLength(2);
      expect(Number(total)).toBeGreaterThan(20);
    });

    it('a receipt that says otherwise than its claim goes back, and is read and shown once it agrees', {
      tags: 'long',
    }, async () => {
      const filed = { requestId: newRequestId('EX'), employeeId: EMPLOYEE };
      const said = { number: `2431200000${Date.now().toString().slice(-10)}`, date: companyToday() };
      const claim = claimOfDinner(filed.requestId, said, await keptFile(digitalInvoiceXml(said)));
      const tooMuch = { ...claim, receipts: claim.receipts.map((receipt) => ({ ...receipt, amount: '190.00' })) };
      await submitClaim(...bus(), filed, tooMuch);
      expect((await answer(filed.requestId, 'returned')).text.en).toContain('claim.receipts[0].amount');

      await resubmitClaim(...bus(), { ...filed, replacesVersion: 1 }, claim);
      const mail = await mailTo(MANAGER, filed.requestId);
      expect((await openLink(mail.links[0] ?? '')).html).toContain('r1.xml');
      await decideByMail(mail, 'reject', 'Paid by the customer');

      await answer(filed.requestId, 'rejected');
    });

    it('leave is returned with words, asked for again, and taken back while somebody decides; other leave is rejected', {
      tags: 'long',
    }, async () => {
      const [first = '', second = ''] = await workingDaysFrom(9, 2);
      const leave = { kind: 'annual', from: first, to: first, startsAtNoon: false, endsAtNoon: false, reason: '' };
      const filed = { requestId: newRequestId('LV'), employeeId: EMPLOYEE };
      await submitLeave(...bus(), filed, leave);
      await actByMail(await mailTo(MANAGER, first), 'return-to-requester', { comment: 'We count the stock that day' });
      await told(filed.requestId, 'We count the stock that day');
      await resubmitLeave(...bus(), { ...filed, replacesVersion: 1 }, { ...leave, from: second, to: second });
      await mailTo(MANAGER, second);
      await withdrawLeave(...bus(), filed, 'I stay');
      await answer(filed.requestId, 'withdrawn');

      const another = { requestId: newRequestId('LV'), employeeId: EMPLOYEE };
      await submitLeave(...bus(), another, leave);
      await decideByMail(await mailTo(MANAGER, first), 'reject', 'We still count the stock');

      expect((await answer(another.requestId, 'rejected')).text.en).toContain('We still count the stock');
    });
  });

  /** Sends the file of a receipt as the employee's OA does, and waits until it is kept. @returns its id */
  async function keptFile(content: Uint8Array): Promise<string> {
    const { cloud } = world();
    const authorization = `Bearer ${await idTokenOf(cloud, EMPLOYEE)}`;
    const asked = await fetch(`${cloud.pagesUrl}/api/v1/receipt-files`, { method: 'POST', headers: { authorization } });
    const { action, fields, fileId } = formSchema.parse(await asked.json());
    const body = new FormData();
    for (const [field, value] of Object.entries(fields)) body.append(field, value);
    body.append('file', new Blob([Uint8Array.from(content)]), 'receipt.xml');
    expect((await fetch(action, { method: 'POST', body })).status).toBe(204);
    const s3 = new S3Client({ ...clientOptions(cloud.endpoint), forcePathStyle: true });
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    await waitFor('the receipt to be kept', async () => {
      const listed = await Promise.all(
        Buckets.map(({ Name }) => s3.send(new ListObjectsV2Command({ Bucket: Name, Prefix: 'kept/receipts/' }))),
      );
      return listed.some(({ Contents = [] }) => Contents.some(({ Key }) => Key?.endsWith(fileId))) ? true : undefined;
    });
    return fileId;
  }

  async function told(requestId: string, words: string) {
    return waitFor(`the OA to be told "${words}" of ${requestId}`, () =>
      world()
        .oa.answersTo(requestId)
        .find(({ status, text }) => status === 'returned' && text.en.includes(words)),
    );
  }
}

const formSchema = z.object({ action: z.url(), fields: z.record(z.string(), z.string()), fileId: z.string() });
