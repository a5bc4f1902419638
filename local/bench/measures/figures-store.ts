/**
 * A store in memory that is as quick as DynamoDB's keys are, and counts what is read: items that a read gives, whatever else
 * is there. The record is that of the one process that is looked at.
 */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type {
  PageOptions,
  ProcessStore,
  Transaction,
  WorkItem,
  WorkKey,
} from '../../../functions/process/store/port.ts';

interface Stored {
  readonly item: WorkItem;
  readonly list?: { readonly name: string; readonly at: string };
}

export class FiguresStore implements ProcessStore {
  record: readonly RecordEntry[] = [];
  /** Items that were given since it was set to 0. */
  itemsRead = 0;
  readonly #items = new Map<string, Stored>();
  /** Sort keys by partition. */
  readonly #partitions = new Map<string, Set<string>>();
  readonly #lists = new Map<string, Map<string, string>>();

  async read<T>(key: WorkKey): Promise<WorkItem<T> | undefined> {
    this.itemsRead += 1;
    return this.#items.get(idOf(key))?.item as WorkItem<T> | undefined;
  }

  async list<T>(partition: string, sortPrefix: string): Promise<readonly WorkItem<T>[]> {
    const found = [...(this.#partitions.get(partition)?.values() ?? [])].filter((sort) => sort.startsWith(sortPrefix));
    this.itemsRead += found.length;
    return found.map((sort) => this.#items.get(idOf({ partition, sort }))?.item as WorkItem<T>);
  }

  async page<T>(_partition: string, _sortPrefix: string, _options: PageOptions): Promise<readonly WorkItem<T>[]> {
    return [];
  }

  async listByTime<T>(
    name: string,
    { order, limit }: Parameters<ProcessStore['listByTime']>[1],
  ): Promise<readonly WorkItem<T>[]> {
    const places = [...(this.#lists.get(name) ?? [])].sort(([, one], [, other]) => (one < other ? -1 : 1));
    const found = (order === 'oldest-first' ? places : places.reverse()).slice(0, limit);
    this.itemsRead += found.length;
    return found.map(([id]) => this.#items.get(id)?.item as WorkItem<T>);
  }

  async commit({ changes }: Transaction): Promise<void> {
    for (const change of changes) {
      const id = idOf(change.key);
      const before = this.#items.get(id);
      if (before?.list !== undefined) {
        this.#lists.get(before.list.name)?.delete(id);
      }
      if (change.kind === 'delete' || change.kind === 'remove') {
        this.#items.delete(id);
        continue;
      }
      const { key, value, list } = change;
      const version = (before?.item.version ?? 0) + 1;
      this.#items.set(id, { item: { key, version, value }, ...(list === undefined ? {} : { list }) });
      this.#partitions.set(key.partition, (this.#partitions.get(key.partition) ?? new Set<string>()).add(key.sort));
      if (list !== undefined) {
        const places = this.#lists.get(list.name) ?? new Map<string, string>();
        this.#lists.set(list.name, places.set(id, list.at));
      }
    }
  }

  async readRecord(): Promise<readonly RecordEntry[]> {
    return this.record;
  }

  async readPersonal(): Promise<readonly []> {
    return [];
  }
}

function idOf({ partition, sort }: WorkKey): string {
  return `${partition} ${sort}`;
}
