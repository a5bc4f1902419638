/**
 * Follows the record and measures it. What was measured of a process is claimed in the table before it is put as metrics, in
 * the transaction that changes how all processes stand and the figures of the week: whatever is delivered twice, late, or to
 * two at once counts once. Killed between the claim and the metrics, the metrics of that claim are missing; the figures of the
 * week are not (docs/adr/0026).
 */
import { listApprovals } from '../approvals/approval-store.ts';
import { openTasks } from '../approvals/domain/open-tasks.ts';
import type { RecordMessage } from '../audit/record-message.ts';
import type { WorkedTime } from '../calendar/domain/worked-time.ts';
import type { Directory } from '../directory/port.ts';
import { courseOf } from '../insight/domain/course.ts';
import type { Course } from '../insight/domain/course-parts.ts';
import { measuredKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { loadChanges, standingChange, tallyChanges } from './changed-figures.ts';
import { type Dimension, type DimensionValues, MEASURES, type Measure } from './domain/catalogue.ts';
import { type Fact, newFacts } from './domain/facts.ts';
import { measuredKind } from './domain/kinds.ts';
import {
  type AskedPerson,
  type Counters,
  countersOf,
  difference,
  loadsOf,
  type Standstill,
  standstillOf,
} from './domain/standing.ts';
import type { MetricPoint, MetricSink } from './metric-sink.ts';

export interface MeasureRecordDeps {
  readonly store: ProcessStore;
  readonly directory: Pick<Directory, 'person'>;
  readonly clock: Clock;
  /** Working time as the company reckons it. */
  readonly worked: WorkedTime;
  /** The company's, for the weeks that figures are of. */
  readonly timeZone: string;
  readonly metrics: MetricSink;
  /** See `ProcessDeps`. */
  readonly backOff?: (attempt: number) => Promise<void>;
}

/** How far a process is measured, and what it adds to the figures of all. */
export interface Measured {
  readonly processId: string;
  readonly kind: string;
  /** Entries that are measured, from the first. */
  readonly upTo: number;
  /** The message that was delivered when they were claimed. */
  readonly messageId: string;
  readonly counters: Counters;
  /** Open tasks by employee id. */
  readonly loads: { readonly [employeeId: string]: number };
  /** Where it stands; absent: it ended. */
  readonly standstill?: Standstill;
  /** As the OA knows it; empty: it has no number. */
  readonly requestId: string;
}

/** Each loses against others only where they change the same part of the figures. */
const MAX_ATTEMPTS = 20;
/** People whose load changes in one transaction; DynamoDB takes 100 items. */
const MAX_LOADS = 40;

/**
 * Idempotent for each entry.
 * @throws ConcurrencyError when other writers won every time, ConnectorTransientError of the store: deliver it again.
 */
export async function measureRecord(
  deps: MeasureRecordDeps,
  { entries }: RecordMessage,
  messageId: string,
): Promise<void> {
  const lastOf = new Map<string, number>();
  for (const { processId, sequence } of entries) {
    lastOf.set(processId, Math.max(sequence, lastOf.get(processId) ?? 0));
  }
  for (const processId of lastOf.keys()) {
    await measureProcess(deps, processId, messageId);
  }
}

async function measureProcess(deps: MeasureRecordDeps, processId: string, messageId: string): Promise<void> {
  let isRepeated: boolean | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const item = await deps.store.read<Measured>(measuredKey(processId));
    isRepeated ??= item?.value.messageId === messageId;
    const claim = await claimOf(deps, processId, item?.value, messageId);
    if (claim === undefined) {
      return isRepeated ? tellPerhapsLost(deps) : undefined;
    }
    if (!(await isCommitted(deps, item?.version, claim, attempt))) {
      continue;
    }
    deps.metrics([...claim.facts.map(pointOf), ...entriesMeasured(deps, claim)]);
    if (!claim.hasMore) {
      return;
    }
  }
}

/** False: somebody was faster, and it is to be claimed anew. */
async function isCommitted(
  deps: MeasureRecordDeps,
  version: number | undefined,
  claim: Claim,
  attempt: number,
): Promise<boolean> {
  const { value } = claim;
  const write = version === undefined ? { kind: 'create' as const } : { kind: 'replace' as const, ifVersion: version };
  const own: WorkChange = { ...write, key: measuredKey(value.processId), value, ...listOf(value) };
  try {
    await deps.store.commit({ entries: [], personal: [], changes: [own, ...(await changesOf(deps, claim))] });
    return true;
  } catch (error) {
    if (!(error instanceof ConcurrencyError) || attempt === MAX_ATTEMPTS) {
      throw error;
    }
    await deps.backOff?.(attempt);
    return false;
  }
}

interface Claim {
  readonly before: Measured | undefined;
  readonly value: Measured;
  readonly facts: readonly Fact[];
  /** More people's loads change than one transaction takes. */
  readonly hasMore: boolean;
}

/** Undefined: nothing of the process is new, or processes of its kind are not measured. */
async function claimOf(
  deps: MeasureRecordDeps,
  processId: string,
  before: Measured | undefined,
  messageId: string,
): Promise<Claim | undefined> {
  const record = await deps.store.readRecord(processId);
  const course = courseOf(record, deps.worked);
  if (course === undefined || measuredKind(course.kind) === undefined) {
    return undefined;
  }
  // Behind the record, so that an approval is never older than the entries that are claimed: a newer one has its own entry.
  const asked = await askedNow(deps, course);
  const counters = countersOf(course, asked);
  const { loads, hasMore } = someLoads(before?.loads ?? {}, loadsOf(asked));
  const standstill = standstillOf(course);
  const { kind, requestId } = course;
  const value: Measured = {
    ...{ processId, kind, upTo: record.length, messageId, counters, loads, requestId },
    ...(standstill === undefined ? {} : { standstill }),
  };
  return before !== undefined && isSame(before, value)
    ? undefined
    : { before, value, facts: newFacts(record, before?.upTo ?? 0, deps.worked), hasMore };
}

function isSame(one: Measured, other: Measured): boolean {
  const rest = ({ messageId: _, ...figures }: Measured) => JSON.stringify(figures);
  return rest(one) === rest(other);
}

async function askedNow({ store, directory }: MeasureRecordDeps, course: Course): Promise<readonly AskedPerson[]> {
  if (course.endedAt !== undefined) {
    return [];
  }
  const approvals = await listApprovals(store, course.processId);
  const tasks = approvals.flatMap((approval) => openTasks(course.processId, approval));
  return Promise.all(
    tasks.map(async ({ employeeId }) => ({
      employeeId,
      departmentId: (await directory.person(employeeId))?.departmentId ?? '',
    })),
  );
}

/** As many changes of loads as one transaction takes, in the order of the employee ids. */
function someLoads(
  before: Measured['loads'],
  now: Measured['loads'],
): { readonly loads: Measured['loads']; readonly hasMore: boolean } {
  const people = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  const changed = people.filter((id) => (before[id] ?? 0) !== (now[id] ?? 0));
  const later = new Set(changed.slice(MAX_LOADS));
  const loads = people.map((id) => [id, (later.has(id) ? before : now)[id] ?? 0] as const);
  return { loads: Object.fromEntries(loads.filter(([, open]) => open > 0)), hasMore: later.size > 0 };
}

async function changesOf({ store, timeZone }: MeasureRecordDeps, claim: Claim): Promise<readonly WorkChange[]> {
  const { before, value, facts } = claim;
  return [
    ...(await standingChange(store, value.processId, difference(before?.counters ?? {}, value.counters))),
    ...(await loadChanges(store, before?.loads ?? {}, value.loads)),
    ...(await tallyChanges(store, value, facts, timeZone)),
  ];
}

/** What waits stands on the list of its kind, by since when. */
function listOf({ processId, kind, standstill }: Measured) {
  return standstill === undefined
    ? {}
    : { list: { name: `waiting/${kind}`, at: `${standstill.since}#${processId}` } as const };
}

function pointOf({ measure, of, value, at }: Fact): MetricPoint {
  return { measure, value, at, splits: (MEASURES[measure] as Measure).by.map((split) => partOf(of, split)) };
}

function partOf(of: DimensionValues, split: readonly Dimension[]): DimensionValues {
  return Object.fromEntries(split.map((dimension) => [dimension, of[dimension]]));
}

function entriesMeasured({ clock }: MeasureRecordDeps, { before, value }: Claim): readonly MetricPoint[] {
  const count = value.upTo - (before?.upTo ?? 0);
  const at = clock.now().toISOString();
  return count === 0 ? [] : [{ measure: 'EntriesMeasured', splits: [{}], value: count, at }];
}

/** The delivery that claimed them did not end, and nobody knows whether it had put its metrics. */
function tellPerhapsLost({ clock, metrics }: MeasureRecordDeps): void {
  metrics([{ measure: 'MeasuresPerhapsLost', splits: [{}], value: 1, at: clock.now().toISOString() }]);
}
