/** The ERP's books beside the records, deployed: the stories of `purchase.test.ts` go on with it on their one cloud. */
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/cloud/aws.ts';
import { output } from '../../local/cloud/start.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { TrytonClient } from '../../local/tryton/rpc.ts';
import { placeOrder, TODAY } from '../contract/tryton-server-connector.ts';
import type { Stories } from './stories.ts';

const walkedSchema = z.object({ kind: z.literal('returned'), payload: z.object({ documents: z.number() }) });

export function tellsOfBooks({ world, ordered, recordOf }: Stories): void {
  async function walk() {
    const { cloud } = world();
    return walkedSchema.parse(await cloud.lambdas.invoke(output(cloud.outputs, 'WalkBooksFunctionName'), {})).payload;
  }

  /** What is compared now, and what is looked at once more a quarter of an hour later. */
  async function compared() {
    const { endpoint, outputs } = world().cloud;
    const client = new SQSClient(clientOptions(endpoint));
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: output(outputs, 'ErpBooksQueueUrl'), AttributeNames: ['All'] }),
    );
    const {
      ApproximateNumberOfMessages: waiting = 0,
      ApproximateNumberOfMessagesNotVisible: inWork = 0,
      ApproximateNumberOfMessagesDelayed: later = 0,
    } = Attributes;
    return { now: Number(waiting) + Number(inWork), later: Number(later) };
  }

  describe('the books of the ERP', { tags: 'long' }, () => {
    it('are walked through once, what a process made agrees, and an order that none made is looked at again', async () => {
      const { processId } = await ordered();
      await walk();
      await waitFor('all documents to be compared', async () => ((await compared()).now === 0 ? true : undefined));
      const before = await compared();
      const { tryton } = world().cloud;
      const buyer = await TrytonClient.login(tryton, tryton.logins.connector);
      const line = { productCode: 'P-1001', quantity: 1, unitPrice: '20.00' };
      await placeOrder(buyer, {
        reference: `by hand ${TODAY}`,
        supplierCode: 'SUP-001',
        currency: 'CNY',
        lines: [line],
      });

      const found = await walk();

      expect(found.documents).toBeGreaterThanOrEqual(1);
      await waitFor('the order to wait for its second look', async () => {
        const { now, later } = await compared();
        return now === 0 && later > before.later ? true : undefined;
      });
      expect((await recordOf(processId)).filter(({ type }) => type.startsWith('Hold'))).toEqual([]);
    });
  });
}
