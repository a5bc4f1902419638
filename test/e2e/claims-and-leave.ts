/** Claims and leave of employees: the stories of the demonstration on the one cloud of `purchase.test.ts`, and what they leave out. */
import { describe, expect, it } from 'vitest';
import { EXPENSE_STORIES } from '../../local/demo/stories/expense-stories.ts';
import { LEAVE_STORIES } from '../../local/demo/stories/leave-stories.ts';
import { playStories } from '../../local/demo/stories/play-stories.ts';
import type { Stories } from './stories.ts';

export function tellsOfClaimsAndLeave({ world, recordOf }: Stories): void {
  const typesOf = async (processId: string) => (await recordOf(processId)).map(({ type }) => type);

  describe('claims and leave', () => {
    it('a journey is checked, approved, in the books and paid; more than a limit is judged first', async () => {
      const [paid = '', , rejected = ''] = await playStories(
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
  });
}
