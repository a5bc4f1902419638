import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chosenRoute } from '../../../local/step-functions/targets.ts';

const routes = (first: number) => [
  { versionArn: 'one', weight: first },
  { versionArn: 'two', weight: 100 - first },
];

it('an alias sends a share of its executions to each version, by its weights', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (weight) => {
      const draws = Array.from(
        { length: 1_000 },
        (_, draw) => chosenRoute(routes(weight), (draw + 0.5) / 1_000).versionArn,
      );

      expect(draws.filter((arn) => arn === 'one')).toHaveLength(weight * 10);
    }),
  );
});

it('a version with the weight 0 is never chosen, one with 100 always', () => {
  expect(chosenRoute(routes(0), 0).versionArn).toBe('two');
  expect(chosenRoute(routes(100), 1 - Number.EPSILON).versionArn).toBe('one');
});
