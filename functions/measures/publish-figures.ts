/** Puts how all processes stand as metrics, from the counters that each process changes: never by looking at processes. Open cases are counted. */
import { openCaseIds, readCase } from '../compliance/case-store.ts';
import { SEVERITIES } from '../compliance/domain/finding.ts';
import { add } from '../money/money.ts';
import { FIGURE_PARTS, standingKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import type { Standing } from './changed-figures.ts';
import type { DimensionValues, MeasureName } from './domain/catalogue.ts';
import { addCounters, type Counters, countedBy } from './domain/standing.ts';
import type { MetricPoint, MetricSink } from './metric-sink.ts';

export interface PublishFiguresDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly metrics: MetricSink;
  /** The company's: amounts of others are in no metric, since they cannot be added. */
  readonly currency: string;
}

/** How all processes stand, all parts together. */
export async function readStanding(store: ProcessStore): Promise<Counters> {
  const parts = await Promise.all(
    Array.from({ length: FIGURE_PARTS }, (_, part) => store.read<Standing>(standingKey(part))),
  );
  return parts.reduce<Counters>((sum, part) => addCounters(sum, part?.value.counters ?? {}), {});
}

/** Each figure by what it is split by; a second run puts the same once more, of which CloudWatch shows the average. */
export async function publishFigures({
  store,
  clock,
  metrics,
  currency,
}: PublishFiguresDeps): Promise<{ points: number }> {
  const at = clock.now().toISOString();
  const sums = new Map<string, MetricPoint & { readonly decimal: string }>();
  const count = (measure: MeasureName, of: DimensionValues, decimal: string) => {
    const name = JSON.stringify([measure, of]);
    const sum = add(sums.get(name)?.decimal ?? '0', decimal);
    sums.set(name, { measure, splits: [of], value: Number(sum), at, decimal: sum });
  };
  // Of a company whose processes all ended, or never began, that is what is told.
  for (const measure of ['OpenProcesses', 'MoneyInFlight', 'OpenTasks'] as const) {
    count(measure, {}, '0');
  }
  for (const of of [{}, ...SEVERITIES.map((severity) => ({ Severity: severity }))]) {
    count('OpenCases', of, '0');
    count('HeldCases', of, '0');
  }
  for (const [counter, decimal] of Object.entries(await readStanding(store))) {
    const counted = countedBy(counter);
    if (counted?.what === 'tasks') {
      count('OpenTasks', {}, decimal);
    } else if (counted?.what === 'open' || (counted?.what === 'money' && counted.currency === currency)) {
      const measure = counted.what === 'open' ? 'OpenProcesses' : 'MoneyInFlight';
      const { kind, phase } = counted;
      for (const of of [{}, { Kind: kind }, { Kind: kind, Phase: phase }]) {
        count(measure, of, decimal);
      }
    }
  }
  // Few, and each is one item, since a case changes in no transaction of a process.
  for await (const caseId of openCaseIds(store)) {
    const state = await readCase(store, caseId);
    if (state === undefined) {
      continue;
    }
    for (const of of [{}, { Severity: state.severity }]) {
      count('OpenCases', of, '1');
      count('HeldCases', of, state.held.length > 0 ? '1' : '0');
    }
  }
  metrics([...sums.values()].map(({ decimal: _, ...point }) => point));
  return { points: sums.size };
}
