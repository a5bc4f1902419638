/** Orders of the ERP that are followed: the story of the demonstration on the one cloud of `purchase.test.ts`. */
import { describe, expect, it } from 'vitest';
import { orderProcessId } from '../../functions/orders/domain/order-progress.ts';
import { output } from '../../local/cloud/start.ts';
import { ORDER_STORIES } from '../../local/demo/stories/order-stories.ts';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { createOrderDesk } from '../../local/tryton/order-desk.ts';
import type { Stories } from './stories.ts';

export function tellsOfOrders({ world, recordOf }: Stories): void {
  describe.concurrent('orders of the ERP', { tags: 'long' }, () => {
    it('are followed from the order to the invoice, each stage recorded once as Tryton says it', async () => {
      const [sold = '', made = ''] = await playStories(ORDER_STORIES, world().cloud, world().oa, () => undefined);

      const stagesOf = async (processId: string) =>
        (await recordOf(processId))
          .filter(({ type }) => type === 'OrderStageReached')
          .map(({ facts }) => `${facts.stage} ${facts.isWhole}`);
      expect(await stagesOf(sold)).toEqual(['ordered true', 'shipped false', 'shipped true', 'invoiced true']);
      expect(await stagesOf(made)).toEqual(['ordered true', 'in-production true', 'finished true']);
    });

    it('are found by the watch where the ERP says nothing of them', async () => {
      const { cloud } = world();
      const desk = createOrderDesk(cloud.tryton, cloud.tryton.logins);
      const orderNumber = await desk.offer({ productCode: 'P-9001', quantity: '1', unitPrice: '1280.50' });
      await desk.confirm(orderNumber);
      const processId = orderProcessId('tryton', { kind: 'sales-order', orderNumber });

      const looked = await cloud.lambdas.invoke(output(cloud.outputs, 'WatchOrdersFunctionName'), {});

      expect(looked).toMatchObject({ kind: 'returned' });
      const entries = await waitFor('the record of the order', async () => {
        const found = await recordOf(processId);
        return found.length > 0 ? found : undefined;
      });
      expect(entries.map(({ type }) => type)).toEqual(['OrderFollowed', 'OrderStageReached']);
    });
  });
}
