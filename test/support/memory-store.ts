/** The process store in memory, with the exact conditions of the port, and switches for what can go wrong. */
import type { PersonalValues, RecordEntry } from '../../functions/audit/domain/record.ts';
import type { PendingEffect, ProcessHead } from '../../functions/process/domain/process.ts';
import type {
  PageOptions,
  ProcessStore,
  TimeList,
  TimeListOptions,
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
  private readonly items = new Shelves<StoredItem>();
  /** By process and sequence. */
  private readonly entries = new Shelves<string>();
  private readonly personal = new Shelves<string>();

  async read<T>(key: WorkKey): Promise<WorkItem<T> | undefined> {
    const item = this.items.get(key.partition, key.sort);
    return item === undefined ? undefined : itemOf<T>(item);
  }

  /** All that it holds, as JSON: for a look whether something is nowhere. */
  everything(): string {
    const items = this.items.all().map(({ key, json }) => `${key.partition} ${key.sort} ${json}`);
    return [...items, ...this.entries.all(), ...this.personal.all()].join('\n');
  }

  async list<T>(partition: string, sortPrefix: string): Promise<readonly WorkItem<T>[]> {
    return this.items
      .shelf(partition)
      .filter((item) => item.key.sort.startsWith(sortPrefix))
      .sort((one, other) => compare(one.key.sort, other.key.sort))
      .map((item) => itemOf<T>(item));
  }

  async page<T>(
    partition: string,
    sortPrefix: string,
    { limit, order, after }: PageOptions,
  ): Promise<readonly WorkItem<T>[]> {
    const direction = order === 'first-to-last' ? 1 : -1;
    return this.items
      .shelf(partition)
      .filter(({ key }) => key.sort.startsWith(sortPrefix))
      .filter(({ key }) => after === undefined || direction * compare(key.sort, after) > 0)
      .sort((one, other) => direction * compare(one.key.sort, other.key.sort))
      .slice(0, limit)
      .map((item) => itemOf<T>(item));
  }

  async listByTime<T>(name: TimeList, options: TimeListOptions): Promise<readonly WorkItem<T>[]> {
    const { order, limit, before, after } = options;
    const direction = order === 'oldest-first' ? 1 : -1;
    return this.items
      .all()
      .flatMap((item) => (item.list?.name === name ? [{ item, at: item.list.at }] : []))
      .filter(({ at }) => (before === undefined || at < before) && (after === undefined || at > after))
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
      this.entries.set(...placeOf(entry), JSON.stringify(entry));
    }
    for (const values of transaction.personal) {
      this.personal.set(...placeOf(values), JSON.stringify(values));
    }
    for (const place of transaction.erasures ?? []) {
      this.personal.delete(...placeOf(place));
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
    return this.items
      .allOf('EFFECTS')
      .map((item) => itemOf<PendingEffect>(item).value)
      .sort((one, other) => compare(one.createdAt + one.effectId, other.createdAt + other.effectId));
  }

  /** Changes an entry behind the product's back, as no policy allows. */
  tamper(processId: string, sequence: number, change: (entry: RecordEntry) => RecordEntry): void {
    const place = placeOf({ processId, sequence });
    const json = this.entries.get(...place);
    if (json !== undefined) {
      this.entries.set(...place, JSON.stringify(change(JSON.parse(json))));
    }
  }

  /** @throws ConcurrencyError when a condition does not hold */
  protected check({ entries, personal, erasures = [], changes }: Transaction): void {
    const places = [
      ...entries.map((entry) => `record ${placeOf(entry).join(' ')}`),
      ...personal.map((values) => `personal ${placeOf(values).join(' ')}`),
      ...erasures.map((place) => `personal ${placeOf(place).join(' ')}`),
      ...changes.map((change) => `work ${change.key.partition}\n${change.key.sort}`),
    ];
    if (places.length === 0 || places.length > MAX_ITEMS) {
      throw new RangeError(`a transaction has 1 to ${MAX_ITEMS} items; this one has ${places.length}`);
    }
    if (new Set(places).size !== places.length) {
      throw new ConnectorPermanentError(`a transaction has each item once; this one has ${places.join(', ')}`);
    }
    const isRefused =
      entries.some((entry) => this.entries.get(...placeOf(entry)) !== undefined) ||
      personal.some((values) => this.personal.get(...placeOf(values)) !== undefined) ||
      changes.some((change) => !this.isAllowed(change));
    if (isRefused) {
      throw new ConcurrencyError('somebody else wrote first');
    }
  }

  private isAllowed(change: WorkChange): boolean {
    const version = this.items.get(change.key.partition, change.key.sort)?.version;
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
    const { partition, sort } = change.key;
    if (change.kind === 'delete' || change.kind === 'remove') {
      this.items.delete(partition, sort);
      return;
    }
    this.items.set(partition, sort, {
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

function placeOf({ processId, sequence }: { readonly processId: string; readonly sequence: number }) {
  return [processId, String(sequence).padStart(9, '0')] as const;
}

function stored<T>(shelves: Shelves<string>, processId: string): readonly T[] {
  return shelves.inOrder(processId).map((json) => JSON.parse(json));
}

/** Things by shelf and place, so that a look at one shelf takes no longer however many there are. */
class Shelves<Thing> {
  readonly #shelves = new Map<string, Map<string, Thing>>();
  /** Names of shelves by what stands in them before `#`. */
  readonly #kinds = new Map<string, Set<string>>();

  get(shelf: string, place: string): Thing | undefined {
    return this.#shelves.get(shelf)?.get(place);
  }

  set(shelf: string, place: string, thing: Thing): void {
    const things = this.#shelves.get(shelf) ?? this.#newShelf(shelf);
    things.set(place, thing);
  }

  delete(shelf: string, place: string): void {
    const things = this.#shelves.get(shelf);
    things?.delete(place);
    if (things?.size === 0) {
      this.#shelves.delete(shelf);
      this.#kinds.get(kindOf(shelf))?.delete(shelf);
    }
  }

  #newShelf(name: string): Map<string, Thing> {
    const shelf = new Map<string, Thing>();
    this.#shelves.set(name, shelf);
    const kind = kindOf(name);
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? new Set()).add(name));
    return shelf;
  }

  shelf(shelf: string): readonly Thing[] {
    return [...(this.#shelves.get(shelf)?.values() ?? [])];
  }

  /** Of one shelf, by their places. */
  inOrder(shelf: string): readonly Thing[] {
    return [...(this.#shelves.get(shelf) ?? [])]
      .sort(([one], [other]) => compare(one, other))
      .map(([, thing]) => thing);
  }

  all(): readonly Thing[] {
    return [...this.#shelves.values()].flatMap((things) => [...things.values()]);
  }

  /** Of all shelves of a kind. */
  allOf(kind: string): readonly Thing[] {
    return [...(this.#kinds.get(kind) ?? [])].flatMap((name) => this.shelf(name));
  }
}

function kindOf(shelf: string): string {
  return shelf.split('#', 1)[0] ?? shelf;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
