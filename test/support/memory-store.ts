/** The process store in memory, with the exact conditions of the port, and switches for what can go wrong. */
import type { PersonalValues, RecordEntry } from '../../functions/audit/domain/record.ts';
import type { PendingEffect, ProcessHead } from '../../functions/process/domain/process.ts';
import type {
  PageOptions,
  ProcessStore,
  TimeList,
  Transaction,
  WorkChange,
  WorkItem,
  WorkKey,
} from '../../functions/process/store/port.ts';
import { ConcurrencyError, ConnectorPermanentError, ConnectorTransientError } from '../../functions/runtime/errors.ts';

const MAX_ITEMS = 100;

/** What happens at a commit: it fails before anything is written, or its answer is lost after all is written. */
export type CommitFault = 'before' | 'after' | undefined;

interface StoredItem {
  readonly key: WorkKey;
  readonly version: number;
  /** JSON, so that nobody shares an object with the store. */
  readonly json: string;
  readonly list?: { readonly name: TimeList; readonly at: string };
}

export class MemoryStore implements ProcessStore {
  /** Asked at each commit, numbered from 1. */
  commitFault: (commit: number) => CommitFault = () => undefined;
  commits = 0;
  /** Hears of each change after it is kept, as a stream does. */
  onChange: (change: WorkChange) => void = () => undefined;
  /** The phases that each process was committed in, one after the other. */
  readonly phases = new Map<string, readonly string[]>();
  private readonly items = new Map<string, StoredItem>();
  private readonly entries = new Map<string, string>();
  private readonly personal = new Map<string, string>();

  async read<T>(key: WorkKey): Promise<WorkItem<T> | undefined> {
    const item = this.items.get(idOf(key));
    return item === undefined ? undefined : itemOf<T>(item);
  }

  async list<T>(partition: string, sortPrefix: string): Promise<readonly WorkItem<T>[]> {
    return [...this.items.values()]
      .filter((item) => item.key.partition === partition && item.key.sort.startsWith(sortPrefix))
      .sort((one, other) => compare(one.key.sort, other.key.sort))
      .map((item) => itemOf<T>(item));
  }

  async page<T>(
    partition: string,
    sortPrefix: string,
    { limit, order, after }: PageOptions,
  ): Promise<readonly WorkItem<T>[]> {
    const direction = order === 'first-to-last' ? 1 : -1;
    return [...this.items.values()]
      .filter(({ key }) => key.partition === partition && key.sort.startsWith(sortPrefix))
      .filter(({ key }) => after === undefined || direction * compare(key.sort, after) > 0)
      .sort((one, other) => direction * compare(one.key.sort, other.key.sort))
      .slice(0, limit)
      .map((item) => itemOf<T>(item));
  }

  async listByTime<T>(
    name: TimeList,
    options: { readonly order: 'newest-first' | 'oldest-first'; readonly limit: number; readonly before?: string },
  ): Promise<readonly WorkItem<T>[]> {
    const { order, limit, before } = options;
    const direction = order === 'oldest-first' ? 1 : -1;
    return [...this.items.values()]
      .flatMap((item) => (item.list?.name === name ? [{ item, at: item.list.at }] : []))
      .filter(({ at }) => before === undefined || at < before)
      .sort((one, other) => direction * compare(one.at, other.at))
      .slice(0, limit)
      .map(({ item }) => itemOf<T>(item));
  }

  async commit(transaction: Transaction): Promise<void> {
    this.commits += 1;
    const fault = this.commitFault(this.commits);
    if (fault === 'before') {
      throw new ConnectorTransientError('the store did not answer');
    }
    this.check(transaction);
    for (const entry of transaction.entries) {
      this.entries.set(placeOf(entry), JSON.stringify(entry));
    }
    for (const values of transaction.personal) {
      this.personal.set(placeOf(values), JSON.stringify(values));
    }
    for (const place of transaction.erasures ?? []) {
      this.personal.delete(placeOf(place));
    }
    for (const change of transaction.changes) {
      this.apply(change);
      this.notePhase(change);
    }
    for (const change of transaction.changes) {
      this.onChange(change);
    }
    if (fault === 'after') {
      throw new ConnectorTransientError('the answer of the store was lost');
    }
  }

  async readRecord(processId: string, after = Number.NEGATIVE_INFINITY): Promise<readonly RecordEntry[]> {
    return stored<RecordEntry>(this.entries, processId).filter(({ sequence }) => sequence > after);
  }

  async readPersonal(processId: string, after = Number.NEGATIVE_INFINITY): Promise<readonly PersonalValues[]> {
    return stored<PersonalValues>(this.personal, processId).filter(({ sequence }) => sequence > after);
  }

  private notePhase(change: WorkChange): void {
    if (change.key.sort !== 'HEAD' || !('value' in change)) {
      return;
    }
    const { processId, phase } = change.value as ProcessHead;
    const before = this.phases.get(processId) ?? [];
    this.phases.set(processId, before.at(-1) === phase ? before : [...before, phase]);
  }

  /** Effects that are not done yet, oldest first. */
  effects(): readonly PendingEffect[] {
    return [...this.items.values()]
      .filter((item) => item.key.partition.startsWith('EFFECTS#'))
      .map((item) => itemOf<PendingEffect>(item).value)
      .sort((one, other) => compare(one.createdAt + one.effectId, other.createdAt + other.effectId));
  }

  /** Changes an entry behind the product's back, as no policy allows. */
  tamper(processId: string, sequence: number, change: (entry: RecordEntry) => RecordEntry): void {
    const place = placeOf({ processId, sequence });
    const json = this.entries.get(place);
    if (json !== undefined) {
      this.entries.set(place, JSON.stringify(change(JSON.parse(json))));
    }
  }

  /** @throws ConcurrencyError when a condition does not hold */
  protected check({ entries, personal, erasures = [], changes }: Transaction): void {
    const places = [
      ...entries.map((entry) => `record ${placeOf(entry)}`),
      ...personal.map((values) => `personal ${placeOf(values)}`),
      ...erasures.map((place) => `personal ${placeOf(place)}`),
      ...changes.map((change) => `work ${idOf(change.key)}`),
    ];
    if (places.length === 0 || places.length > MAX_ITEMS) {
      throw new RangeError(`a transaction has 1 to ${MAX_ITEMS} items; this one has ${places.length}`);
    }
    if (new Set(places).size !== places.length) {
      throw new ConnectorPermanentError(`a transaction has each item once; this one has ${places.join(', ')}`);
    }
    const isRefused =
      entries.some((entry) => this.entries.has(placeOf(entry))) ||
      personal.some((values) => this.personal.has(placeOf(values))) ||
      changes.some((change) => !this.isAllowed(change));
    if (isRefused) {
      throw new ConcurrencyError('somebody else wrote first');
    }
  }

  private isAllowed(change: WorkChange): boolean {
    const version = this.items.get(idOf(change.key))?.version;
    switch (change.kind) {
      case 'create':
        return version === undefined;
      case 'replace':
      case 'delete':
        return version === change.ifVersion;
      default:
        return true;
    }
  }

  private apply(change: WorkChange): void {
    const id = idOf(change.key);
    if (change.kind === 'delete' || change.kind === 'remove') {
      this.items.delete(id);
      return;
    }
    this.items.set(id, {
      key: change.key,
      version: change.kind === 'replace' ? change.ifVersion + 1 : 1,
      json: JSON.stringify(change.value),
      ...(change.list === undefined ? {} : { list: change.list }),
    });
  }
}

function itemOf<T>({ key, version, json }: StoredItem): WorkItem<T> {
  return { key, version, value: JSON.parse(json) };
}

function idOf({ partition, sort }: WorkKey): string {
  return `${partition}\n${sort}`;
}

function placeOf({ processId, sequence }: { readonly processId: string; readonly sequence: number }): string {
  return `${processId}\n${String(sequence).padStart(9, '0')}`;
}

function stored<T>(map: ReadonlyMap<string, string>, processId: string): readonly T[] {
  return [...map.entries()]
    .filter(([place]) => place.startsWith(`${processId}\n`))
    .sort(([one], [other]) => compare(one, other))
    .map(([, json]) => JSON.parse(json));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
