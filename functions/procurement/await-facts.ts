/** The state machine waits for facts of the ERP, for the requester to change what was returned, or for a hold to be released. */
import { noteMissingYear } from '../calendar/missing-year.ts';
import type { MissingYear, ReckonedWait, WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies, WaitingTimes } from '../policy/port.ts';
import type { Alarms } from '../process/alarms.ts';
import { answerAgain, type ProcessChange, type Wait, type WaitKind } from '../process/domain/process.ts';
import { updateProcess } from '../process/update-process.ts';
import { setWaitAlarms, type WaitTimes } from '../process/wait-alarms.ts';
import { askForRework } from './ask-for-rework.ts';
import { hasReceipts, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { WAIT_OWNER_POSTS } from './domain/wait-owners.ts';
import { type ErpStepDeps, readPurchase } from './purchase-deps.ts';
import { takeKeptFacts } from './record-erp-fact.ts';
import { type FactKind, factsBatch } from './refresh-facts.ts';

export type FactWaitKind = Exclude<WaitKind, 'approval'>;

export interface AwaitFactsInput {
  readonly processId: string;
  readonly kind: FactWaitKind;
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
  /** A person decided to go on with what was received so far. */
  readonly acceptShortReceipt: boolean;
}

export interface AwaitFactsDeps extends ErpStepDeps {
  readonly alarms: Alarms;
  readonly waitClock: WaitClock;
  readonly policies: Policies;
  readonly directory: Directory;
}

const KINDS: { readonly [kind in FactWaitKind]: readonly FactKind[] } = {
  rework: [],
  'goods-receipt': ['order', 'receipts'],
  'supplier-invoice': ['order', 'receipts', 'invoices'],
  payment: ['payments'],
  hold: [],
};

/**
 * Opens the wait with its deadline and owner; answered at once when the ERP says that it is satisfied already, so that
 * an event that came before the wait, or got lost, is not missed. Idempotent per wait.
 * @returns the year whose working days were asked for and are not known.
 */
export async function awaitFacts(deps: AwaitFactsDeps, input: AwaitFactsInput): Promise<MissingYear | undefined> {
  const policy = await deps.policies.waitingTimes(input.kind);
  const owner = await ownerOf(deps, input);
  let opening = await openBatch(deps, input, policy, owner);
  while (opening.hasMore) {
    opening = await openBatch(deps, input, policy, owner);
  }
  if (opening.open === undefined) {
    return undefined;
  }
  const { times, reckoned } = opening.open;
  await setWaitAlarms(deps.alarms, input, times, reckoned.hoursAfter);
  return reckoned.missing;
}

interface Opening {
  /** Undefined: the wait is answered already. */
  readonly open?: ReckonedTimes;
  /** More is new, or kept, than this one transaction took. */
  readonly hasMore: boolean;
}

interface ReckonedTimes {
  readonly times: WaitTimes;
  readonly reckoned: ReckonedWait;
  /** An earlier entry of the state had opened the wait. */
  readonly isKept: boolean;
}

function openBatch(deps: AwaitFactsDeps, input: AwaitFactsInput, policy: WaitingTimes, owner: Owner): Promise<Opening> {
  return updateProcess<PurchaseState, Opening>(deps, input.processId, async (head) => {
    const again = answerAgain(head, input.waitId, input.token);
    if (again !== undefined) {
      return { change: again, output: { hasMore: false } };
    }
    const open = reckonTimes(deps, head, input.kind, policy, owner);
    const wait = head.waits[input.waitId] ?? openedWait(head, input, open.times, owner);
    const kept = await takeKeptFacts(deps, wait.subject);
    const note = await noteMissingYear(deps.store, input.waitId, open.isKept ? undefined : open.reckoned.missing);
    const base = openingChange(head, input, { ...wait, token: input.token }, kept.facts.length, open);
    const asked = input.kind === 'rework' ? await askForRework(deps, head, open.times) : { effects: [] };
    const { change, hasMore } = await factsBatch(deps.erp, head, KINDS[input.kind], deps.clock.now(), {
      ...base,
      ...('state' in asked ? { state: asked.state } : {}),
      entries: [...base.entries, ...note.entries],
      effects: [...asked.effects, ...note.effects],
    });
    const also = [...kept.also, ...note.also];
    if (hasMore || kept.hasMore) {
      // Answered by the last transaction only, or each that follows would answer again.
      return { change: { ...change, answers: [] }, also, output: { hasMore: true } };
    }
    const isAnswered = (change.answers ?? []).length > 0;
    return { change, also, output: { hasMore: false, ...(isAnswered ? {} : { open }) } };
  });
}

/** A wait that goes on under a new id (its state timed out, or was entered again by a retry) keeps its deadline. */
function timesOfEarlier(head: PurchaseHead, kind: FactWaitKind): Pick<Wait, 'openedAt' | 'deadline'> | undefined {
  const earlier = Object.values(head.waits).find((wait) => wait.kind === kind) ?? reworkTimes(head, kind);
  return earlier === undefined ? undefined : { openedAt: earlier.openedAt, deadline: earlier.deadline };
}

/** What was sent and refused leaves the requester as much time as they had. */
function reworkTimes({ state }: PurchaseHead, kind: FactWaitKind): Pick<Wait, 'openedAt' | 'deadline'> | undefined {
  const { openedAt, deadline } = state.rework ?? {};
  return kind !== 'rework' || openedAt === undefined || deadline === undefined ? undefined : { openedAt, deadline };
}

function reckonTimes(
  { clock, waitClock }: AwaitFactsDeps,
  head: PurchaseHead,
  kind: FactWaitKind,
  { countedIn, ...hours }: WaitingTimes,
  { timeZone }: Owner,
): ReckonedTimes {
  const earlier = timesOfEarlier(head, kind);
  const openedAt = earlier?.openedAt ?? clock.now().toISOString();
  const { expireAfterHours } = hours;
  const reckoned = waitClock.reckon({
    openedAt,
    expireAfterHours,
    isOnTheClock: countedIn === 'clock time',
    timeZone,
  });
  const deadline = earlier?.deadline ?? reckoned.hoursAfter(openedAt, expireAfterHours).toISOString();
  return { times: { ...hours, openedAt, deadline }, reckoned, isKept: earlier !== undefined };
}

interface Owner {
  readonly employeeId: string;
  readonly timeZone?: string;
}

/** The requester answers for what only they can change; nobody of a vacant post is written to, but the operators. */
async function ownerOf(deps: AwaitFactsDeps, { kind, processId }: AwaitFactsInput): Promise<Owner> {
  const { directory } = deps;
  if (kind === 'rework') {
    const { requesterId: employeeId } = await readPurchase(deps, processId);
    return (await directory.person(employeeId)) ?? { employeeId };
  }
  const post = WAIT_OWNER_POSTS[kind];
  const holders = post === undefined ? [] : await directory.holdersOf(post);
  return holders[0] ?? { employeeId: 'operators' };
}

function openedWait(head: PurchaseHead, input: AwaitFactsInput, times: WaitTimes, owner: Owner): Wait {
  return {
    waitId: input.waitId,
    kind: input.kind,
    subject: head.state.order?.orderNumber ?? head.processId,
    token: input.token,
    openedAt: times.openedAt,
    deadline: times.deadline,
    owner: owner.employeeId,
  };
}

function openingChange(
  head: PurchaseHead,
  input: AwaitFactsInput,
  wait: Wait,
  keptFacts: number,
  { reckoned, isKept }: ReckonedTimes,
): ProcessChange<PurchaseState> {
  const isNew = head.waits[input.waitId] === undefined;
  const acceptsShort = input.acceptShortReceipt && hasReceipts(head.state) && head.state.acceptedShortReceipt !== true;
  const { waitId, kind, subject, deadline, owner } = wait;
  const actor = { kind: 'meridian', id: 'procure-to-pay' } as const;
  const facts = { waitId, kind, subject, deadline, owner, keptFacts, ...(isKept ? {} : reckoned.countedBy) };
  return {
    entries: [
      ...(isNew ? [{ type: 'WaitOpened', actor, facts }] : []),
      ...(acceptsShort ? [{ type: 'ShortReceiptAccepted', actor, facts: { subject } }] : []),
    ],
    open: wait,
    // A wait of the same kind that stands open belongs to an earlier entry of the state, which timed out.
    abandon: Object.values(head.waits)
      .filter((other) => other.kind === kind && other.waitId !== waitId)
      .map((other) => other.waitId),
    phase: PHASES[input.kind],
    ...(acceptsShort ? { state: { ...head.state, acceptedShortReceipt: true } } : {}),
  };
}

const PHASES: { readonly [kind in FactWaitKind]: string } = {
  rework: 'Rework',
  'goods-receipt': 'Goods receipt',
  'supplier-invoice': 'Supplier invoice',
  payment: 'Payment',
  hold: 'On hold',
};
