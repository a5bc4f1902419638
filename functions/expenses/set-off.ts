/**
 * An advance is set off once: what a claim asks the ERP to set off counts as gone from then on, though the books may show it
 * only later. Two claims of one employee that are posted at once cannot both have it.
 */
import { compare, subtract, sum } from '../money/money.ts';
import { pendingSetOffKey } from '../process/keys.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import type { LedgerStepDeps } from './expense-deps.ts';

/** Amounts of the company's currency, by process. */
interface PendingSetOffs {
  readonly amounts: { readonly [processId: string]: string };
}

type SetOffDeps = Pick<LedgerStepDeps, 'store' | 'ledger'>;

export interface FreeAdvance {
  /** What is left of the advance for this claim. */
  readonly amount: string;
  /** Keeps what is set off for this claim. To be committed with the intent: of two claims at once one fails, and reckons anew. */
  readonly keep: (setOff: string) => readonly WorkChange[];
}

/** What is left of the employee's advance. */
export async function freeAdvance(
  { store, ledger }: SetOffDeps,
  { processId, requesterId }: { readonly processId: string; readonly requesterId: string },
  advanceAccount: string,
): Promise<FreeAdvance> {
  // Before the books: what is posted in between counts twice then, and fails the commit, and never not at all.
  const item = await store.read<PendingSetOffs>(pendingSetOffKey(requesterId));
  const { [processId]: _own, ...others } = item?.value.amounts ?? {};
  const left = subtract(await ledger.openAdvance(requesterId, advanceAccount), sum(Object.values(others)));
  return {
    amount: compare(left, '0') > 0 ? left : '0',
    keep: (setOff) => (compare(setOff, '0') > 0 ? [put(requesterId, item, { ...others, [processId]: setOff })] : []),
  };
}

/** The books show it now, or never will. */
export async function forgetSetOff(
  { store }: Pick<SetOffDeps, 'store'>,
  { processId, requesterId }: { readonly processId: string; readonly requesterId: string },
): Promise<readonly WorkChange[]> {
  const item = await store.read<PendingSetOffs>(pendingSetOffKey(requesterId));
  if (item?.value.amounts[processId] === undefined) {
    return [];
  }
  const { [processId]: _own, ...others } = item.value.amounts;
  return [
    Object.keys(others).length === 0
      ? { kind: 'delete', key: item.key, ifVersion: item.version }
      : put(requesterId, item, others),
  ];
}

function put(
  employeeId: string,
  item: WorkItem<PendingSetOffs> | undefined,
  amounts: PendingSetOffs['amounts'],
): WorkChange {
  const key = pendingSetOffKey(employeeId);
  return item === undefined
    ? { kind: 'create', key, value: { amounts } }
    : { kind: 'replace', key, ifVersion: item.version, value: { amounts } };
}
