/**
 * Erases personal values: the names and free texts beside the record, and what the state of the process and its approvals have
 * of them, in the same transaction with the entry that says so. The entries keep the digests, so that the chain and every book
 * still verify. What books have of them is ordered in the same transaction too, and taken out by who writes them (erase-from-books.ts).
 */
import { listApprovalItems, replaceApproval } from '../approvals/approval-store.ts';
import { withoutWords } from '../approvals/domain/erase.ts';
import { digestOf, type Json } from '../audit/domain/canonical-json.ts';
import type { PersonalValues } from '../audit/domain/record.ts';
import { authorKey, bookErasureKey, ownRequestKey, untoldKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { type OwnRequest, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { withoutPersonal } from '../requests/domain/personal-fields.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import type { ErasedValues } from './domain/erased-values.ts';

export interface ErasureOrder {
  /** Who orders it, as the record is to name them. */
  readonly by: string;
  /** Stays in the record for good: without personal values. */
  readonly reason: string;
}

export interface Erasure {
  readonly processId: string;
  readonly erased: number;
}

export interface EmployeeErasure {
  readonly erasures: readonly Erasure[];
  /** These still need what people wrote: ask again when they have ended. */
  readonly running: readonly string[];
}

/** What of a process is erased. */
export interface ErasedPart {
  /** Of which entries; absent: of all. */
  readonly isMeant?: (values: PersonalValues) => boolean;
  /** The request itself stays, as somebody else asked it. */
  readonly keepsRequest?: true;
  /** What books have stays there: it is as old, and expires by itself. */
  readonly keepsBooks?: true;
}

/** Of one transaction: the entry, the head, and room to spare. */
const BATCH = 90;
const PAGE = 100;

/**
 * All personal values of a process, or a part of them. Safe to repeat: what is gone is not erased again.
 * @returns how many entries, and items of the table beside them, lost theirs
 * @throws BusinessRuleError `no-such-process`, `process-runs`
 */
export async function eraseProcess(
  deps: ProcessDeps,
  processId: string,
  order: ErasureOrder,
  { isMeant = () => true, keepsRequest, keepsBooks }: ErasedPart = {},
): Promise<number> {
  const head = await readHead(deps.store, processId);
  if (head === undefined) {
    throw new BusinessRuleError('no-such-process', `there is no process ${processId}`);
  }
  if (head.status !== 'ended') {
    throw new BusinessRuleError(
      'process-runs',
      `process ${processId} runs: it needs what people wrote until it has ended`,
    );
  }
  const sequences = (await deps.store.readPersonal(processId)).filter(isMeant).map(({ sequence }) => sequence);
  // What the OA refused may quote anybody whose words stand in the process.
  const takesUntold = keepsRequest !== true || sequences.length > 0;
  const items = await eraseItems(deps, processId, order, {
    untold: takesUntold,
    request: keepsRequest !== true,
  });
  for (let start = 0; start < sequences.length; start += BATCH) {
    await eraseBatch(deps, processId, order, sequences.slice(start, start + BATCH), keepsBooks !== true);
  }
  return items + sequences.length;
}

/**
 * What stands beside the record, in as many transactions as it takes.
 * @param meant.request - what the state of the process and its approvals say of the request
 */
async function eraseItems(
  deps: ProcessDeps,
  processId: string,
  order: ErasureOrder,
  meant: { readonly untold: boolean; readonly request: boolean },
): Promise<number> {
  for (let erased = 0; ; ) {
    const items = await updateProcess<unknown, number>(deps, processId, async (head) => {
      const untold = meant.untold ? await untoldOf(deps.store, processId) : [];
      const approvals = meant.request ? await approvalsWithout(deps.store, processId) : [];
      const items = [...untold, ...approvals].slice(0, BATCH);
      const state = meant.request ? withoutPersonal(head.state) : head.state;
      const count = items.length + (isSame(state, head.state) ? 0 : 1);
      return count === 0
        ? { output: 0 }
        : { change: { entries: [erasedEntry(order, { items: count })], state }, also: items.flat(), output: count };
    });
    erased += items;
    if (items < BATCH) {
      return erased;
    }
  }
}

/** What the OA refused to hear may quote what somebody wrote: it is not sent again. */
async function untoldOf(store: ProcessStore, processId: string): Promise<readonly (readonly WorkChange[])[]> {
  const { partition } = untoldKey(processId, '');
  const items = await store.list(partition, '');
  return items.map(({ key, version }) => [{ kind: 'delete', key, ifVersion: version }]);
}

/** The changes of each approval that has something to erase. */
async function approvalsWithout(store: ProcessStore, processId: string): Promise<readonly (readonly WorkChange[])[]> {
  return (await listApprovalItems(store, processId)).flatMap((item) => {
    const value = withoutWords(item.value);
    return isSame(value, item.value) ? [] : [replaceApproval(processId, item, value)];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return digestOf(one as Json) === digestOf(other as Json);
}

function erasedEntry(
  { by, reason }: ErasureOrder,
  what: { readonly sequences: readonly number[] } | { readonly items: number },
) {
  const facts = { operator: by, reason, ...what };
  return { type: 'PersonalValuesErased', actor: { kind: 'meridian', id: 'evidence' }, facts } as const;
}

/**
 * What somebody wrote anywhere, and whatever was written in their own requests, of processes that have ended.
 * @throws nothing for those that run: they are named.
 */
export async function eraseEmployee(
  deps: ProcessDeps,
  employeeId: string,
  order: ErasureOrder,
): Promise<EmployeeErasure> {
  const own = await ownProcesses(deps.store, employeeId);
  const others = (await processesWritten(deps.store, employeeId)).filter((processId) => !own.includes(processId));
  const erasures: Erasure[] = [];
  const running: string[] = [];
  for (const processId of [...own, ...others]) {
    if ((await readHead(deps.store, processId))?.status === 'running') {
      running.push(processId);
      continue;
    }
    const part: ErasedPart = own.includes(processId)
      ? {}
      : { isMeant: await writtenBy(deps.store, processId, employeeId), keepsRequest: true };
    erasures.push({ processId, erased: await eraseProcess(deps, processId, order, part) });
  }
  return { erasures: erasures.filter(({ erased }) => erased > 0), running };
}

async function eraseBatch(
  deps: ProcessDeps,
  processId: string,
  order: ErasureOrder,
  sequences: readonly number[],
  isForBooks: boolean,
) {
  await updateProcess<unknown, void>(deps, processId, ({ chain }) => {
    const value: ErasedValues = { processId, sequences, erasedBy: chain.sequence + 1 };
    return {
      change: { entries: [erasedEntry(order, { sequences })] },
      also: isForBooks ? [{ kind: 'create', key: bookErasureKey(processId, value.erasedBy), value }] : [],
      erase: sequences,
      output: undefined,
    };
  });
}

async function writtenBy(store: ProcessStore, processId: string, employeeId: string) {
  const record = await store.readRecord(processId);
  const own = new Set(
    record.filter(({ actor }) => actor.kind === 'person' && actor.id === employeeId).map(({ sequence }) => sequence),
  );
  return ({ sequence }: PersonalValues) => own.has(sequence);
}

async function ownProcesses(store: ProcessStore, employeeId: string): Promise<readonly string[]> {
  const items = await allOf<OwnRequest>(store, ownRequestKey(employeeId, '', '').partition);
  return items.map(({ value }) => value.processId);
}

async function processesWritten(store: ProcessStore, employeeId: string): Promise<readonly string[]> {
  return (await allOf(store, authorKey(employeeId, '').partition)).map(({ key }) => key.sort);
}

async function allOf<T>(store: ProcessStore, partition: string) {
  const items: Awaited<ReturnType<typeof store.page<T>>>[number][] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.page<T>(partition, '', { limit: PAGE, order: 'first-to-last', after });
    items.push(...page);
    after = page.at(-1)?.key.sort;
    if (page.length < PAGE) {
      return items;
    }
  }
}
