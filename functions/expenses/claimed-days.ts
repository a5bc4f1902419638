/**
 * What the claims of an employee use of the limits of each day, one item for each employee and month: whoever completes a
 * claim replaces the items of its months under their versions, so that of two claims at once the second sees the first.
 */
import { claimedDaysKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type ClaimedUse, monthOf } from './domain/claimed-use.ts';
import type { ExpenseState } from './domain/expense.ts';

/** Of claims that are on their way or in the books, by process. Never deleted: a new item would have an old one's version. */
interface ClaimedDays {
  readonly uses: { readonly [processId: string]: readonly ClaimedUse[] };
}

/** The items of months as they were read; undefined: nothing was claimed of it yet. */
export type ClaimedMonths = ReadonlyMap<string, WorkItem<ClaimedDays> | undefined>;

/** @param months - `YYYY-MM` */
export async function readClaimedMonths(
  store: ProcessStore,
  employeeId: string,
  months: Iterable<string>,
): Promise<ClaimedMonths> {
  const read = async (month: string) =>
    [month, await store.read<ClaimedDays>(claimedDaysKey(employeeId, month))] as const;
  return new Map(await Promise.all([...months].map(read)));
}

/** Of all other claims. */
export function othersUses(months: ClaimedMonths, processId: string): readonly ClaimedUse[] {
  return [...months.values()].flatMap((item) =>
    Object.entries(item?.value.uses ?? {}).flatMap(([other, uses]) => (other === processId ? [] : uses)),
  );
}

/** Whether nobody changed any of them in between. */
export function isAsRead(one: ClaimedMonths, other: ClaimedMonths): boolean {
  return one.size === other.size && [...one].every(([month, item]) => item?.version === other.get(month)?.version);
}

/**
 * Puts these uses in the place of what the process had before. Every month is written, also without a use of it: of two
 * claims of one journey in two months one fails, and is checked again.
 */
export function keepUses(
  employeeId: string,
  processId: string,
  months: ClaimedMonths,
  uses: readonly ClaimedUse[],
): readonly WorkChange[] {
  return [...months].map(([month, item]) => {
    const own = uses.filter(({ date }) => monthOf(date) === month);
    const { [processId]: _before, ...others } = item?.value.uses ?? {};
    const value: ClaimedDays = { uses: own.length === 0 ? others : { ...others, [processId]: own } };
    const key = claimedDaysKey(employeeId, month);
    return item === undefined
      ? { kind: 'create', key, value }
      : { kind: 'replace', key, ifVersion: item.version, value };
  });
}

/** The claim ends with nothing: others may have of the limits what it had. Idempotent. */
export async function releaseUses(deps: ProcessDeps, processId: string): Promise<void> {
  await updateProcess<ExpenseState, void>(deps, processId, async ({ requesterId, state }) => {
    const { claimedMonths, ...others } = state;
    return claimedMonths === undefined
      ? { output: undefined }
      : {
          change: { entries: [], state: others },
          also: keepUses(requesterId, processId, await readClaimedMonths(deps.store, requesterId, claimedMonths), []),
          output: undefined,
        };
  });
}
