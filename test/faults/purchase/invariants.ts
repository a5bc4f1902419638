/** What must hold in any run, whatever went wrong in it. */
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import { type OpenTask, openTasks } from '../../../functions/approvals/domain/open-tasks.ts';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { add, compare } from '../../../functions/money/money.ts';
import type { PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import { directoryData, type RequisitionEvent } from '../../support/purchase-company.ts';
import { PURCHASE_MACHINE } from '../../support/purchase-machines.ts';
import type { ChaosWorld } from './world.ts';

type Check = (view: View) => readonly (string | false)[];

interface View {
  readonly world: ChaosWorld;
  readonly head: PurchaseHead;
  readonly record: readonly RecordEntry[];
  readonly requesterId: string;
}

/** What is wrong at any moment at which nothing is under way; in words. */
export async function violationsAtRest(world: ChaosWorld, event: RequisitionEvent): Promise<readonly string[]> {
  const head = await world.head(event).catch(() => undefined);
  const waits = Object.values(head?.waits ?? {});
  const isRunning = world.engine.executions().some(({ status }) => status === 'RUNNING');
  return said([
    ...onceOnly(world),
    ...waits.map(
      ({ kind, openedAt, deadline }) =>
        !(new Date(deadline) >= new Date(openedAt)) && `the wait for ${kind} has the deadline "${deadline}"`,
    ),
    ...failedSteps(world),
    ...(head === undefined ? [] : await taskLists(world, head.processId)),
    isRunning && world.engine.nextTimer() === undefined && 'an execution waits without a deadline',
    ...world.bugs,
  ]);
}

/** What is wrong when everybody has done their part; in words. */
export async function violationsInTheEnd(world: ChaosWorld, event: RequisitionEvent): Promise<readonly string[]> {
  const head = await world.head(event);
  const record = await world.record(event);
  const damages = await world.damages(event);
  const view = { world, head, record, requesterId: event.requester.employeeId };
  return [
    ...said(CHECKS.flatMap((check) => check(view))),
    ...damages.map(({ sequence, damage }) => `the record is damaged at ${sequence}: ${damage}`),
    ...(await violationsAtRest(world, event)),
  ];
}

/** People see on their lists what the approvals ask of them, and nothing else. */
async function taskLists({ store }: ChaosWorld, processId: string): Promise<readonly string[]> {
  const listed = await store.listByTime<OpenTask>('tasks', { order: 'oldest-first', limit: 1_000 });
  const asked = (await listApprovals(store, processId)).flatMap((approval) => openTasks(processId, approval));
  const [shown, meant] = [listed.map(({ value }) => value), asked].map((tasks) =>
    tasks.map((task) => JSON.stringify(task)).toSorted(),
  );
  return sameJson(shown, meant) ? [] : [`the task lists show ${shown}, and the approvals ask ${meant}`];
}

/** Steps that fail the execution by design: before there is a process, and where the operators themselves cannot be asked. */
const MAY_FAIL = ['RegisterRequisition', 'RouteFailure', 'ResolveFailure'];

/** What fails elsewhere becomes a question to a person, with no need of a redrive. */
function failedSteps({ engine }: ChaosWorld): readonly string[] {
  return engine
    .transitions()
    .filter(
      ({ machineArn, by, from }) => machineArn === PURCHASE_MACHINE && by === 'failed' && !MAY_FAIL.includes(from),
    )
    .map(({ from }) => `the failure of ${from} failed the execution`);
}

function said(checked: readonly (string | false)[]): readonly string[] {
  return checked.filter((violation) => violation !== false);
}

/** One document of each command, one payment of each invoice. */
function onceOnly({ erp }: ChaosWorld): readonly (string | false)[] {
  const alive = erp.allPayments().filter(({ state }) => state !== 'failed');
  const twice = alive.filter((one) => alive.some((other) => other !== one && other.invoiceId === one.invoiceId));
  return [
    erp.allOrders().length > 1 && `there are ${erp.allOrders().length} orders`,
    erp.documentsPerKey().some((count) => count > 1) && 'two documents stand under one key',
    ...twice.map(({ invoiceId, paymentNumber }) => `${paymentNumber} is not the only payment of ${invoiceId}`),
  ];
}

/**
 * An order is intended after its approval. One of a purchase that was given up stands only when goods came, when an
 * operator decided to leave it, or when it came so late that people were told of it.
 */
const orders: Check = ({ world, head, record }) => {
  const isLeft =
    record.some(({ type, facts }) => type === 'StepFailed' && facts.step === 'UndoPurchase') &&
    record.some(({ type, facts }) => type === 'DecisionMade' && facts.action === 'skip');
  const isTold = record.some(({ type }) => type === 'LateOrderFound');
  const standing = world.erp.allOrders().filter(({ state }) => state !== 'cancelled');
  const hasReceipts = Object.keys(head.state.receipts).length > 0 || world.erp.hasReceived();
  return [
    ...intentsOf(record, 'OrderIntended').map(
      ({ sequence }) =>
        approvalsBefore(record, 'order', sequence).length === 0 &&
        `an order was intended at ${sequence} without approval`,
    ),
    head.outcome !== 'paid' &&
      standing.length > 0 &&
      !hasReceipts &&
      !isLeft &&
      !isTold &&
      `an order stands after the end "${head.outcome}"`,
  ];
};

/** What is ordered is the version that was approved, and no other has come since. */
const versions: Check = ({ record }) =>
  intentsOf(record, 'OrderIntended').map(({ sequence }) => {
    const approval = approvalsBefore(record, 'order', sequence).at(-1)?.facts.approvalId;
    const routed = record.find(({ type, facts }) => type === 'ApprovalRouted' && facts.approvalId === approval);
    const enriched = record.findLast((entry) => entry.type === 'RequisitionEnriched' && entry.sequence < sequence);
    return (
      routed?.facts.documentVersion !== enriched?.facts.version &&
      `version ${enriched?.facts.version} was to be ordered at ${sequence}, and ${routed?.facts.documentVersion} was approved`
    );
  });

/** Nothing is paid that was not matched and approved: not one invoice, and not in sum. */
const payments: Check = ({ world, record }) => {
  const plans = record.filter(({ type }) => type === 'InvoicesMatched');
  const alive = world.erp.allPayments().filter(({ state }) => state !== 'failed');
  const intended = intentsOf(record, 'PaymentIntended');
  return [
    ...intended.map(({ sequence }) => {
      const plan = plans.findLast((entry) => entry.sequence < sequence)?.sequence ?? Number.POSITIVE_INFINITY;
      return (
        !approvalsBefore(record, 'payment', sequence).some((approval) => approval.sequence > plan) &&
        `payment intended at ${sequence} without an approval of the match before it`
      );
    }),
    ...intended.map(({ sequence, facts }) => {
      const plan = plans.findLast((entry) => entry.sequence < sequence)?.facts.paymentPlan;
      return (
        !JSON.stringify(plan ?? []).includes(JSON.stringify(facts.amount)) &&
        `an amount was intended at ${sequence} that no plan has`
      );
    }),
    ...alive.map(
      ({ key, paymentNumber, amount }) =>
        !intended.some(({ facts }) => facts.key === key && sameJson(facts.amount, amount)) &&
        `${paymentNumber} of ${amount.amount} ${amount.currency} was never intended`,
    ),
    ...alive.map(
      ({ paymentNumber, amount }) =>
        (amount.currency !== 'CNY' || compare(amount.amount, '0') <= 0) &&
        `${paymentNumber} is of ${amount.amount} ${amount.currency}`,
    ),
  ];
};

/**
 * Who decides was asked; nobody decides on their own request, nor on the payment of an order that they approved; whoever
 * had the last word on an order or a payment was allowed as much.
 */
const authority: Check = ({ record, requesterId }) => {
  const decisions = record.filter(({ type }) => type === 'DecisionMade');
  const yes = (subject: string) =>
    decisions
      .filter(({ facts }) => facts.subject === subject && facts.action === 'approve')
      .map(({ actor }) => actor.id);
  const ordering = new Set(yes('order'));
  return [
    [...ordering, ...yes('payment')].includes(requesterId) && 'the requester decided',
    yes('payment').some((id) => ordering.has(id)) && 'somebody approved the order and its payment',
    ...decisions.map((decision) => !wasAsked(record, decision) && `${decision.actor.id} decided and was not asked`),
    ...intentsOf(record, 'OrderIntended').map(({ sequence, facts }) =>
      exceeds(record, 'order', sequence, String(facts.total)),
    ),
    ...intentsOf(record, 'PaymentIntended').map(({ sequence }) => {
      const plan = record.findLast((entry) => entry.type === 'InvoicesMatched' && entry.sequence < sequence);
      return exceeds(record, 'payment', sequence, plannedTotal(plan?.facts.paymentPlan));
    }),
  ];
};

/** What makes somebody one who decides. */
const GIVEN = ['TaskTransferred', 'SignerAdded'];

function wasAsked(record: readonly RecordEntry[], { actor, sequence, facts }: RecordEntry): boolean {
  return record
    .filter((entry) => entry.sequence < sequence && entry.facts.approvalId === facts.approvalId)
    .some(
      (entry) =>
        (entry.type === 'LevelOpened' && JSON.stringify(entry.facts.approverIds).includes(`"${actor.id}"`)) ||
        (entry.type === 'LevelEscalated' && JSON.stringify(entry.facts.addedIds).includes(`"${actor.id}"`)) ||
        (GIVEN.includes(entry.type) && entry.facts.to === actor.id),
    );
}

/** Whether nobody of those who approved before an intent may commit the company to so much. */
function exceeds(record: readonly RecordEntry[], subject: string, before: number, amount: string): string | false {
  const word = record.findLast(
    ({ type, sequence, facts }) =>
      type === 'DecisionMade' && sequence < before && facts.subject === subject && facts.outcome === 'approved',
  );
  const ids = approversOf(record, word);
  const limits = directoryData.people
    .filter(({ employeeId }) => ids.includes(employeeId))
    .map(({ approvalLimit }) => approvalLimit ?? '0');
  return (
    limits.every((limit) => compare(limit, amount) < 0) &&
    `${ids.join(', ')} approved ${amount} and may approve ${limits.join(', ')}`
  );
}

/** Who says yes on the level that the last word ended: not who took it back, and not before the question went back. */
function approversOf(record: readonly RecordEntry[], word: RecordEntry | undefined): readonly string[] {
  const { approvalId, level } = word?.facts ?? {};
  const ids = new Set<string>();
  for (const { type, facts, actor, sequence } of record) {
    if (facts.approvalId !== approvalId || word === undefined || sequence > word.sequence) {
      continue;
    }
    if (type === 'ReturnedToLevel') {
      ids.clear();
    }
    if (type === 'DecisionTakenBack' && facts.level === level) {
      ids.delete(actor.id);
    }
    if (type === 'DecisionMade' && facts.level === level && facts.action === 'approve') {
      ids.add(actor.id);
    }
  }
  return [...ids];
}

function plannedTotal(plan: unknown): string {
  const planned = Array.isArray(plan) ? plan : [];
  return planned.reduce((total: string, { amount }) => add(total, String(amount.amount)), '0');
}

/** What was done, or promised to a person, stands in the record. */
const completeness: Check = ({ world, record }) => {
  const told = new Set(record.filter(({ type }) => type === 'OaTold').map(({ facts }) => facts.messageId));
  const decided = record.filter(({ type, facts }) => type === 'DecisionMade' && facts.via === 'link').length;
  const numbers = (type: string, fact: string) =>
    record.filter((entry) => entry.type === type).map(({ facts }) => facts[fact]);
  const ordered = [...numbers('OrderCreated', 'orderNumber'), ...numbers('LateOrderFound', 'orderNumber')];
  const requested = numbers('PaymentRequested', 'paymentNumber');
  return [
    ...world.notices.map(({ messageId }) => !told.has(messageId) && `the OA took ${messageId}, and no entry says so`),
    new Set(world.promised).size !== world.promised.length && 'one link decided twice',
    world.promised.length > decided && `${world.promised.length} clicks were told "decided", ${decided} are recorded`,
    ...world.erp
      .allOrders()
      .map(({ orderNumber }) => !ordered.includes(orderNumber) && `no entry knows the order ${orderNumber}`),
    ...world.erp
      .allPayments()
      .map(({ paymentNumber }) => !requested.includes(paymentNumber) && `no entry knows the payment ${paymentNumber}`),
  ];
};

/** Every purchase comes to an end, and leaves nothing behind that waits or is to be done. */
const end: Check = ({ world, head }) => [
  head.status !== 'ended' &&
    `it has not ended: ${head.phase}, waits ${JSON.stringify(Object.values(head.waits).map(({ kind }) => kind))}`,
  head.status === 'ended' && Object.keys(head.waits).length > 0 && 'it has ended and waits',
  ...world.store.effects().map(({ effect }) => `an effect was not done: ${effect.kind}`),
  ...world.failedExecutions().map((arn) => `a redrive does not mend ${arn}`),
  ...world.engine
    .executions()
    .map(({ arn, status }) => status === 'RUNNING' && head.status === 'ended' && `${arn} still runs`),
];

/** What the OA is answered whenever it asks, also after the end. */
const ANSWERED_LATE = ['DuplicateRefused', 'WithdrawalRefused', 'ResubmissionRefused'];

/** ERP, OA and record tell the same. The OA believes the message of the highest sequence, in whatever order they come. */
const agreement: Check = ({ world, head, record }) => {
  const finals = new Set(world.notices.filter(({ facts }) => facts.final === true).map(({ facts }) => facts.outcome));
  const believed = [...world.notices].sort((one, other) => other.sequence - one.sequence)[0];
  const closed = record.filter(({ type }) => type === 'PurchaseClosed');
  const isMoving = world.erp.allPayments().some(({ state }) => state === 'processing');
  const unpaid = (head.state.paymentPlan ?? []).filter(({ invoiceId }) => !world.erp.isPaid(invoiceId));
  const duplicates = record.some(({ type }) => ANSWERED_LATE.includes(type));
  return [
    head.status === 'ended' && finals.size !== 1 && `the OA got ${finals.size} final answers`,
    head.status === 'ended' && !finals.has(head.outcome ?? '') && 'the OA was told another end',
    head.status === 'ended' && !duplicates && believed?.facts.final !== true && 'the OA believes an earlier message',
    closed.length > 1 && 'it was closed twice',
    head.status === 'ended' && isMoving && 'it has ended and a payment is on its way',
    head.outcome === 'paid' && unpaid.length > 0 && `it ended as paid and ${unpaid[0]?.invoiceId} is not`,
  ];
};

function intentsOf(record: readonly RecordEntry[], type: 'OrderIntended' | 'PaymentIntended'): readonly RecordEntry[] {
  return record.filter((entry) => entry.type === type);
}

function approvalsBefore(record: readonly RecordEntry[], subject: string, sequence: number): readonly RecordEntry[] {
  return record.filter(
    (entry) =>
      entry.type === 'ApprovalClosed' &&
      entry.sequence < sequence &&
      entry.facts.subject === subject &&
      entry.facts.outcome === 'approved',
  );
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const CHECKS: readonly Check[] = [orders, versions, payments, authority, completeness, end, agreement];
