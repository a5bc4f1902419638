/** Purchases from the requisition to the payment, side by side: each looks at nothing but what it filed. */
import { randomUUID } from 'node:crypto';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../functions/connectors/oa/signature.ts';
import { clientOptions } from '../../local/cloud/aws.ts';
import { decideByMail, openLink, postDecision } from '../../local/demo/approver.ts';
import { withdrawRequisition } from '../../local/demo/events.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { playPurchase } from '../../local/demo/stories/purchase.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { ringSoon } from '../support/e2e-alarms.ts';
import { MANAGER, processOn, requisitionDetail, type Stories } from './stories.ts';

export function tellsOfPurchases(stories: Stories): void {
  const { world, busName, file, mailTo, answer, clerks, ordered, ordersOf } = stories;
  const { recordOf, recorded, documentReader, executionOf } = stories;

  describe.concurrent('purchases', () => {
    it('the whole story of a purchase ends with the payment in the books', async () => {
      const story = await playPurchase(world().cloud, world().oa, () => undefined);

      expect(story.documents.payments).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
      expect(await ordersOf(story.processId)).toHaveLength(1);
    });

    it('an OA without AWS sends its requisition by the signed webhook; with another key it is not taken', async () => {
      const requestId = newRequestId();
      const detail = requisitionDetail(requestId, randomUUID());
      const body = JSON.stringify({ 'detail-type': 'PurchaseRequisitionSubmitted', detail });
      const send = async (key: string) => {
        const timestamp = String(Math.floor(Date.now() / 1000));
        const response = await fetch(`${world().cloud.pagesUrl}/events/demo-oa`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            [TIMESTAMP_HEADER]: timestamp,
            [SIGNATURE_HEADER]: signBody(key, timestamp, body),
          },
          body,
        });
        return [response.status, await response.json()];
      };
      const key = await world().secret('WebhookKeyDemoOaArn', 'signingKey');

      expect(await send('x'.repeat(64))).toMatchObject([401, { code: 'wrong-signature' }]);
      expect(await send(key)).toMatchObject([202, { result: 'accepted' }]);
      expect(await send(key)).toMatchObject([202, { result: 'accepted-before' }]);

      await answer(requestId, 'accepted');
    });

    it('a link survives mail scanners, decides once, and is no good when it is altered', async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const [url = ''] = mail.links;

      for (let scanner = 0; scanner < 5; scanner += 1) {
        expect((await openLink(url, 'HEAD')).status).toBe(200);
        expect((await openLink(url)).html).toContain('value="approve"');
      }
      expect(
        world()
          .oa.answersTo(requestId)
          .map(({ status }) => status),
      ).not.toContain('ordered');
      expect((await postDecision(`${url.slice(0, -3)}abc`, 'approve')).status).toBe(404);
      expect((await openLink(`${url.slice(0, -3)}abc/attach`)).status).toBe(404);
      expect((await postDecision(url, 'approve')).status).toBe(200);
      expect((await postDecision(url, 'reject', 'changed my mind')).status).toBe(409);

      const { processId } = await answer(requestId, 'ordered');
      const types = (await recordOf(processId)).map(({ type }) => type);
      expect(types.filter((type) => type === 'DecisionMade')).toHaveLength(1);
      expect(types).toContain('DecisionRefused');
    });

    it('a rejection reaches the OA with its reason', { tags: 'long' }, async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      expect((await postDecision(mail.links[0] ?? '', 'reject')).status).toBe(422);

      await decideByMail(mail, 'reject', 'There are chairs in the cellar');

      expect((await answer(requestId, 'rejected')).text.en).toContain('There are chairs in the cellar');
    });

    it('a withdrawal cancels the order in Tryton, and is answered', { tags: 'long' }, async () => {
      const { requestId } = await ordered();

      await withdrawRequisition(world().cloud.endpoint, busName(), {
        requestId,
        employeeId: 'E-1001',
        reason: 'Not needed any more',
      });

      const { processId } = await answer(requestId, 'withdrawn');
      // How an order looks that Tryton had confirmed and that was given up (local/tryton/README.md).
      expect(await ordersOf(processId)).toMatchObject([{ state: 'done', shipmentState: 'none', invoiceState: 'none' }]);
    });

    it('an order that the buyer gives up in Tryton ends the process, and the requester is told', {
      tags: 'long',
    }, async () => {
      const { requestId, orderNumber, processId } = await ordered();
      // Before the wait for goods is open, whoever opens it would find out first, and not the fact that is told.
      await recorded(processId, 'WaitOpened');

      await clerks().cancelOrder(orderNumber);

      const { facts } = await answer(requestId, 'cancelled');
      expect(facts.final).toBe(true);
      expect((await recordOf(processId)).map(({ type }) => type)).toContain('PurchaseOrderCancelled');
    });

    it('an invoice that is dearer than the order is asked about, corrected, and only then goes to payment', {
      tags: 'long',
    }, async () => {
      const { requestId, orderNumber, processId } = await ordered();
      await clerks().receiveGoods(orderNumber);
      const paper = { supplierReference: requestId, invoiceDate: new Date().toISOString().slice(0, 10) };
      const dearer = [{ productCode: 'P-1001', value: '748.00' }];
      const invoiceNumber = await clerks().enterInvoice(orderNumber, { ...paper, priceChanges: dearer });

      await decideByMail(await mailTo('sun.li@meridian.example', requestId), 'correct', 'The agreed price is 20');
      await clerks().correctInvoice(invoiceNumber, { priceChanges: [{ productCode: 'P-1001', value: '20.00' }] });
      const mail = await mailTo('grace.miller@meridian.example', requestId);

      expect((await openLink(mail.links[0] ?? '')).html).toContain('100.00');
      const { payments } = await documentReader().listDocuments(50);
      expect(payments.filter(({ orderNumbers }) => orderNumbers.includes(orderNumber))).toEqual([]);
      expect((await recordOf(processId)).filter(({ type }) => type === 'InvoicesMatched')).toHaveLength(1);
    });

    it('a reminder that Scheduler rings reaches the approver, and ends with the decision', {
      tags: 'long',
    }, async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const processId = processOn(await openLink(mail.links[0] ?? ''));

      await ringSoon(world().cloud.endpoint, 'remind', processId);

      // A mail may come twice: only the reminder itself will do.
      await decideByMail(await mailTo(MANAGER, `催办：Chairs ${requestId}`), 'approve');
      await answer(requestId, 'ordered');
      expect((await recordOf(processId)).map(({ type }) => type)).toContain('LevelReminded');
    });

    it('a decision on a process that somebody stopped is recorded, and so is that there is nothing to resume', {
      tags: 'long',
    }, async () => {
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const processId = processOn(await openLink(mail.links[0] ?? ''));
      const sfn = new SFNClient(clientOptions(world().cloud.engineUrl));
      await sfn.send(new StopExecutionCommand({ executionArn: await executionOf(processId) }));

      await decideByMail(mail, 'approve');

      await waitFor('the refusal of the engine in the record', async () => {
        const types = (await recordOf(processId)).map(({ type }) => type);
        return types.includes('DecisionMade') && types.includes('ResumeRefused') ? true : undefined;
      });
    });
  });
}
