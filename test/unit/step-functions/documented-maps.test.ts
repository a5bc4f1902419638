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

const runs = (rule: string, page: string, MaxConcurrency: number | string, most: number): Documented => ({
  rule: `MaxConcurrency ${rule}`,
  page,
  seen: () => concurrency({ MaxConcurrency }, page === INLINE ? 'INLINE' : 'DISTRIBUTED'),
  expected: { most, output: items },
});

const CONCURRENCY: readonly Documented[] = [
  runs('bounds the iterations of an inline Map that run at once', INLINE, 2, 2),
  runs('may be an expression', INLINE, '{% 1 + 2 %}', 3),
  runs('1 runs the iterations one after the other', INLINE, 1, 1),
  runs('0, which is the default, sets no bound of its own', INLINE, 0, 5),
  runs('bounds the child executions of a distributed Map', DISTRIBUTED, 2, 2),
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
