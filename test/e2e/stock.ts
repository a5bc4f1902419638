/** Stock that is short: the stories of the demonstration on the one cloud of `purchase.test.ts`. */
import { describe, expect, it } from 'vitest';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import { STOCK_STORIES } from '../../local/demo/stories/stock-stories.ts';
import type { Stories } from './stories.ts';

export function tellsOfStock({ world, recordOf, ordersOf }: Stories): void {
  describe.concurrent('stock', { tags: 'long' }, () => {
    it('that is short is bought once, small quantities without asking, and nothing once it has recovered', async () => {
      const [, approved = '', small = '', , returned = ''] = await playStories(
        STOCK_STORIES,
        world().cloud,
        world().oa,
        () => undefined,
      );

      expect(await ordersOf(approved)).toHaveLength(1);
      expect(await ordersOf(small)).toHaveLength(1);
      expect(await ordersOf(returned)).toEqual([]);
      const asked = (await recordOf(small)).filter(({ type }) => type === 'ApprovalRouted');
      expect(asked.map(({ facts }) => facts.subject)).toEqual(['payment']);
    });
  });
}
