/** Orders of the ERP that are followed: the story of the demonstration on the one cloud of `purchase.test.ts`. */
import { describe, expect, it } from 'vitest';
import { ORDER_STORIES } from '../../local/demo/stories/order-stories.ts';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import type { Stories } from './stories.ts';

export function tellsOfOrders({ world, recordOf }: Stories): void {
  describe('orders of the ERP', () => {
    it('are followed from the order to the invoice, each stage recorded once as Tryton says it', async () => {
      const [sold = '', made = ''] = await playStories(ORDER_STORIES, world().cloud, world().oa, () => undefined);

      const stagesOf = async (processId: string) =>
        (await recordOf(processId))
          .filter(({ type }) => type === 'OrderStageReached')
          .map(({ facts }) => `${facts.stage} ${facts.isWhole}`);
      expect(await stagesOf(sold)).toEqual(['ordered true', 'shipped false', 'shipped true', 'invoiced true']);
      expect(await stagesOf(made)).toEqual(['ordered true', 'in-production true', 'finished true']);
    });
  });
}
