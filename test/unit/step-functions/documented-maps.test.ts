/** What AWS's documentation says of Map states: see `documented.test.ts`. */
import { type Documented, GUIDE, proveDocumented } from '../../support/documented.ts';
import { call, type Fn, machine, returned, runToEnd, threw } from './support.ts';

const INLINE = `${GUIDE}/state-map-inline.html`;
const DISTRIBUTED = `${GUIDE}/state-map-distributed.html`;
const EXCEEDED = { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' };
const TOLERATED = { status: 'SUCCEEDED' };

const mapOf = (item: object, more: object, mode: 'INLINE' | 'DISTRIBUTED') =>
  machine({
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ...machine({ Item: { End: true, ...item } }),
        ProcessorConfig: { Mode: mode, ...(mode === 'INLINE' ? {} : { ExecutionType: 'STANDARD' }) },
      },
      End: true,
      ...more,
    },
  });

/** How many items were worked on at once, and what came of them. */
async function concurrency(more: object, mode: 'INLINE' | 'DISTRIBUTED'): Promise<unknown> {
  let running = 0;
  let most = 0;
  const work: Fn = async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return returned(item);
  };
  const { output } = await runToEnd(mapOf(call('work'), more, mode), [1, 2, 3, 4, 5], { work });
  return { most, output };
}

/** The end of a Map over four items, two of which fail. */
const halfFailing = (tolerance: object, mode: 'INLINE' | 'DISTRIBUTED') => () =>
  runToEnd(mapOf(call('odd'), tolerance, mode), [1, 2, 3, 4], {
    odd: (item) => (Number(item) % 2 === 1 ? threw('Odd') : returned(item)),
  });

const items = [1, 2, 3, 4, 5];

const CONCURRENCY: readonly Documented[] = [
  {
    rule: 'MaxConcurrency bounds the iterations of an inline Map that run at once',
    page: INLINE,
    seen: () => concurrency({ MaxConcurrency: 2 }, 'INLINE'),
    expected: { most: 2, output: items },
  },
  {
    rule: 'MaxConcurrency may be an expression',
    page: INLINE,
    seen: () => concurrency({ MaxConcurrency: '{% 1 + 2 %}' }, 'INLINE'),
    expected: { most: 3, output: items },
  },
  {
    rule: 'MaxConcurrency 1 runs the iterations one after the other',
    page: INLINE,
    seen: () => concurrency({ MaxConcurrency: 1 }, 'INLINE'),
    expected: { most: 1, output: items },
  },
  {
    rule: 'MaxConcurrency 0, which is the default, sets no bound of its own',
    page: INLINE,
    seen: () => concurrency({ MaxConcurrency: 0 }, 'INLINE'),
    expected: { most: 5, output: items },
  },
  {
    rule: 'MaxConcurrency bounds the child executions of a distributed Map',
    page: DISTRIBUTED,
    seen: () => concurrency({ MaxConcurrency: 2 }, 'DISTRIBUTED'),
    expected: { most: 2, output: items },
  },
];

const TOLERANCE: readonly Documented[] = (['INLINE', 'DISTRIBUTED'] as const).flatMap((mode) => [
  {
    rule: `a Map (${mode}) succeeds with as many failures as ToleratedFailureCount says`,
    page: DISTRIBUTED,
    seen: halfFailing({ ToleratedFailureCount: 2 }, mode),
    expected: TOLERATED,
  },
  {
    rule: `a Map (${mode}) fails with States.ExceedToleratedFailureThreshold when there are more`,
    page: DISTRIBUTED,
    seen: halfFailing({ ToleratedFailureCount: 1 }, mode),
    expected: EXCEEDED,
  },
  {
    rule: `a Map (${mode}) takes ToleratedFailurePercentage as a share of its items`,
    page: DISTRIBUTED,
    seen: halfFailing({ ToleratedFailurePercentage: 50 }, mode),
    expected: TOLERATED,
  },
  {
    rule: `a Map (${mode}) takes the tolerance from an expression`,
    page: DISTRIBUTED,
    seen: halfFailing({ ToleratedFailureCount: '{% 1 + 1 %}' }, mode),
    expected: TOLERATED,
  },
  {
    rule: `a Map (${mode}) with both thresholds fails when either is exceeded`,
    page: DISTRIBUTED,
    seen: halfFailing({ ToleratedFailureCount: 2, ToleratedFailurePercentage: 25 }, mode),
    expected: EXCEEDED,
  },
]);

proveDocumented('the concurrency of Maps', CONCURRENCY);
proveDocumented('tolerated failures of Maps', TOLERANCE);
