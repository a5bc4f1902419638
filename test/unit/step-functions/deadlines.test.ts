import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDeadlines } from '../../../local/step-functions/deadlines.ts';

const change = fc.record({
  arn: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  at: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
});

it('the first deadline, and what is due, are those that a look at all of them finds, however often they are moved', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), fc.integer({ min: 0, max: 20 }), (changes, moment) => {
      const deadlines = createDeadlines();
      const known = new Map<string, number>();
      for (const { arn, at } of changes) {
        deadlines.set(arn, at);
        if (at === undefined) known.delete(arn);
        else known.set(arn, at);
        expect(deadlines.first()).toBe(known.size === 0 ? undefined : Math.min(...known.values()));
      }

      const due = [...known].filter(([, at]) => at <= moment).map(([arn]) => arn);
      expect(deadlines.due(moment)).toEqual(due.toSorted());
      expect(deadlines.due(moment)).toEqual(due.toSorted());
    }),
  );
});

it('nothing is due after all was cleared', () => {
  const deadlines = createDeadlines();
  deadlines.set('a', 1);

  deadlines.clear();

  expect([deadlines.first(), deadlines.due(2)]).toEqual([undefined, []]);
});
