/**
 * A hand-over of more approvals than one request can move: ordered once, with exactly what was shown, and then worked off one
 * after the other by whoever has time for it, until every one of them has moved or has its reason.
 */
import { createHash } from 'node:crypto';
import type { NewEntry } from '../audit/domain/record.ts';
import { HAND_OVERS, handOverPlacesKey, handOverRunKey, OPEN_HAND_OVERS, openHandOverKey } from '../process/keys.ts';
import { registerStanding } from '../process/standing-record.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import type { DecisionDeps } from './decision-deps.ts';
import { failureText } from './failure-text.ts';
import { type ApprovalPlace, type Became, type HandOver, moveOne } from './hand-over.ts';
import { isOfAll, Overtaken } from './overtaken.ts';
import { ADMINISTRATION } from './record-refusal.ts';

/** How far a hand-over has come. */
export interface HandOverRun extends HandOver {
  readonly runId: string;
  /** Approvals that were ordered to move. */
  readonly total: number;
  /** So many have been looked at. */
  readonly next: number;
  readonly moved: number;
  readonly refused: number;
  /** In these the person had nothing to do any more. */
  readonly gone: number;
  /** The first {@link MOST_FAILURES} that were refused. */
  readonly failures: readonly (ApprovalPlace & { readonly reason: string })[];
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  /** ISO 8601 in UTC; absent: it goes on. */
  readonly doneAt?: string;
}

/** Places of one item: well within what DynamoDB keeps in one. */
const PORTION = 400;
/** How long one can be looked up. */
const KEPT_DAYS = 90;
const MOST_FAILURES = 50;
const LONGEST_REASON = 300;

/**
 * Orders it; nothing moves yet. The same order while it is worked off is the same run.
 * @param places - 1 to 20,000: one order is one transaction, of at most 100 items and 4 MB
 */
export async function orderHandOver(
  deps: DecisionDeps,
  order: HandOver,
  places: readonly ApprovalPlace[],
): Promise<HandOverRun> {
  const runId = idOf(order, places);
  const known = await readHandOver(deps.store, runId);
  if (known !== undefined && known.value.doneAt === undefined) {
    return known.value;
  }
  const counts = { total: places.length, next: 0, moved: 0, refused: 0, gone: 0, failures: [] };
  const run: HandOverRun = { ...order, runId, ...counts, startedAt: deps.clock.now().toISOString() };
  const portions = Array.from({ length: Math.ceil(places.length / PORTION) }, (_, index) =>
    places.slice(index * PORTION, (index + 1) * PORTION),
  );
  const expiresAt = keptUntil(run);
  const changes: readonly WorkChange[] = [
    kept(known, run),
    { kind: 'put', key: openHandOverKey(runId), value: { runId } },
    ...portions.map((portion, index) => ({
      kind: 'put' as const,
      key: handOverPlacesKey(runId, index),
      value: { places: portion },
      expiresAt,
    })),
  ];
  await record(deps, entryOf('HandOverOrdered', run, { total: run.total }), async () => changes);
  return run;
}

export function readHandOver(store: ProcessStore, runId: string): Promise<WorkItem<HandOverRun> | undefined> {
  return store.read<HandOverRun>(handOverRunKey(runId));
}

/**
 * Goes on where it stands, as long as there is time. Each approval moves in one transaction with the count of it, so that
 * whoever goes on after a kill moves and counts nothing twice. Of two who work on it at once one stops.
 * @throws ConnectorTransientError, ConcurrencyError, ConfigError: whoever comes next goes on.
 */
export async function workHandOver(deps: DecisionDeps, runId: string, hasTime: () => boolean): Promise<HandOverRun> {
  const found = await readHandOver(deps.store, runId);
  if (found === undefined) {
    throw new Error(`there is no hand-over ${runId}`);
  }
  const worker = new Worker(deps, found);
  try {
    await worker.work(hasTime);
  } catch (error) {
    if (!(error instanceof Overtaken)) {
      throw error;
    }
  }
  return (await readHandOver(deps.store, runId))?.value ?? worker.run;
}

/** All that were ordered and are not at their end. @returns how many are not at their end still */
export async function workHandOvers(deps: DecisionDeps, hasTime: () => boolean): Promise<number> {
  let open = 0;
  for (const { value } of await deps.store.list<{ readonly runId: string }>(HAND_OVERS, OPEN_HAND_OVERS)) {
    const { doneAt } = hasTime() ? await workHandOver(deps, value.runId, hasTime) : {};
    open += doneAt === undefined ? 1 : 0;
  }
  return open;
}

class Worker {
  run: HandOverRun;
  #kept: WorkItem<HandOverRun>;
  readonly #deps: DecisionDeps;

  constructor(deps: DecisionDeps, found: WorkItem<HandOverRun>) {
    this.#deps = deps;
    this.#kept = found;
    this.run = found.value;
  }

  async work(hasTime: () => boolean): Promise<void> {
    if (this.run.doneAt !== undefined) {
      return;
    }
    const target = await this.#deps.directory.person(this.run.to);
    let portion = { index: -1, places: NO_PLACES };
    while (this.run.next < this.run.total) {
      if (!hasTime()) {
        return;
      }
      const index = Math.floor(this.run.next / PORTION);
      portion = index === portion.index ? portion : { index, places: await this.#placesOf(index) };
      const place = portion.places[this.run.next % PORTION];
      if (place === undefined) {
        throw new Error(`the hand-over ${this.run.runId} has lost its places from ${this.run.next} on`);
      }
      await this.#move(place, target);
    }
    await this.#end();
  }

  async #placesOf(index: number): Promise<readonly ApprovalPlace[]> {
    const key = handOverPlacesKey(this.run.runId, index);
    return (await this.#deps.store.read<{ readonly places: readonly ApprovalPlace[] }>(key))?.value.places ?? [];
  }

  async #move(place: ApprovalPlace, target: Parameters<typeof moveOne>[2]): Promise<void> {
    const { from, to, by } = this.run;
    const order: HandOver = { from, to, by, ...administratorOf(this.run) };
    const committed: HandOverRun[] = [];
    const note = async (became: Became, reason?: string) => {
      const after = counted(this.run, place, became, reason);
      committed.push(after);
      return this.#note(after);
    };
    try {
      const { became, reason, isCommitted } = await moveOne(this.#deps, order, target, place, note);
      const after = committed.at(-1);
      if (isCommitted && after !== undefined) {
        this.#isKept(after);
      } else {
        await this.#keep(counted(this.run, place, became, reason));
      }
    } catch (error) {
      if (isOfAll(error)) {
        throw error;
      }
      await this.#keep(counted(this.run, place, 'refused', failureText(error)));
    }
  }

  async #keep(after: HandOverRun): Promise<void> {
    await this.#deps.store.commit({ entries: [], personal: [], changes: [await this.#note(after)] });
    this.#isKept(after);
  }

  /** Its end stands once in the record. */
  async #end(): Promise<void> {
    const done: HandOverRun = { ...this.run, doneAt: this.#deps.clock.now().toISOString() };
    const { total, moved, refused, gone, runId } = done;
    const failures = done.failures.map(({ reason: _forThePage, ...place }) => place);
    const entry = entryOf('HandOverFinished', done, { total, moved, refused, gone, failures });
    await record(this.#deps, entry, async () => [
      await this.#note(done),
      { kind: 'remove', key: openHandOverKey(runId) },
    ]);
    this.run = done;
  }

  async #note(after: HandOverRun): Promise<WorkChange> {
    const found = await readHandOver(this.#deps.store, this.run.runId);
    if (found?.version !== this.#kept.version) {
      throw new Overtaken('somebody else works on it');
    }
    return kept(this.#kept, after);
  }

  #isKept(value: HandOverRun): void {
    this.#kept = { ...this.#kept, version: this.#kept.version + 1, value };
    this.run = value;
  }
}

const NO_PLACES: readonly ApprovalPlace[] = [];

function counted(run: HandOverRun, place: ApprovalPlace, became: Became, reason = ''): HandOverRun {
  const failure = { ...place, reason: reason.slice(0, LONGEST_REASON) };
  const failures = became === 'refused' ? [...run.failures, failure].slice(0, MOST_FAILURES) : run.failures;
  return { ...run, next: run.next + 1, [became]: run[became] + 1, failures };
}

function kept(before: WorkItem<HandOverRun> | undefined, value: HandOverRun): WorkChange {
  const item = { key: handOverRunKey(value.runId), value, expiresAt: keptUntil(value) };
  return before === undefined ? { kind: 'create', ...item } : { kind: 'replace', ifVersion: before.version, ...item };
}

function keptUntil({ startedAt }: HandOverRun): Date {
  return new Date(Date.parse(startedAt) + KEPT_DAYS * 86_400_000);
}

function idOf(order: HandOver, places: readonly ApprovalPlace[]): string {
  const text = JSON.stringify([order.from, order.to, order.by, places.map((one) => [one.processId, one.approvalId])]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

function administratorOf({ isAdministrator }: Pick<HandOver, 'isAdministrator'>): Pick<HandOver, 'isAdministrator'> {
  return isAdministrator === undefined ? {} : { isAdministrator };
}

function entryOf(type: string, { runId, from, to, by }: HandOverRun, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'person', id: by }, facts: { runId, from, to, administrator: by, ...facts } };
}

async function record(deps: DecisionDeps, entry: NewEntry, also: () => Promise<readonly WorkChange[]>): Promise<void> {
  await registerStanding(deps, ADMINISTRATION);
  await updateProcess<unknown, void>(deps, ADMINISTRATION.processId, async () => ({
    change: { entries: [entry] },
    also: await also(),
    output: undefined,
  }));
}
