/** What must hold in any run of any process, whatever went wrong in it. */
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import { type OpenTask, openTasks } from '../../../functions/approvals/domain/open-tasks.ts';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type { RequestEnvelope } from '../../../functions/events/envelope.ts';
import { compare } from '../../../functions/money/money.ts';
import type { RequestHead } from '../../../functions/requests/domain/request.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { filedIn } from './finish.ts';
import type { Cast } from './take-step.ts';
import type { AnyChaosWorld } from './world.ts';

/** One request of a run. */
export interface View {
  readonly world: AnyChaosWorld;
  readonly event: RequestEnvelope;
  readonly head: RequestHead;
  readonly record: readonly RecordEntry[];
  readonly requesterId: string;
}

/** What is wrong, in words; `false` where it is not. */
export type Said = readonly (string | false)[];

/** What must hold of one process beside what must hold of all. */
export interface Rules {
  /** At any moment: what the ERP must never hold twice. */
  readonly onceOnly: () => Said;
  /** When everybody has done their part, of one request. */
  readonly inTheEnd: (view: View) => Said | Promise<Said>;
}

/** What is wrong at any moment at which nothing is under way; in words. */
export async function violationsAtRest(cast: Cast, { onceOnly }: Rules): Promise<readonly string[]> {
  const { world } = cast;
  const heads = (await filedIn(cast)).map(({ head }) => head);
  const waits = heads.flatMap((head) => Object.values(head.waits));
  const isRunning = world.engine.executions().some(({ status }) => status === 'RUNNING');
  return said([
    ...onceOnly(),
    ...waits.map(
      ({ kind, openedAt, deadline }) =>
        !(new Date(deadline) >= new Date(openedAt)) && `the wait for ${kind} has the deadline "${deadline}"`,
    ),
    ...failedSteps(world),
    ...(await taskLists(world, heads)),
    isRunning && world.engine.nextTimer() === undefined && 'an execution waits without a deadline',
    ...world.bugs,
  ]);
}

/** What is wrong when everybody has done their part; in words. */
export async function violationsInTheEnd(cast: Cast, rules: Rules): Promise<readonly string[]> {
  const views = await viewsOf(cast);
  const checked = await Promise.all(
    views.map(async (view) => [...CHECKS.flatMap((check) => check(view)), ...(await rules.inTheEnd(view))]),
  );
  return [...said([...checked.flat(), ...promises(cast.world, views)]), ...(await violationsAtRest(cast, rules))];
}

async function viewsOf(cast: Cast): Promise<readonly (View & { readonly damages: readonly string[] })[]> {
  const { world } = cast;
  return Promise.all(
    (await filedIn(cast)).map(async ({ event, head }) => ({
      world,
      event,
      head,
      record: await world.record(event),
      requesterId: event.requester.employeeId,
      damages: (await world.damages(event)).map(({ sequence, damage }) => `at ${sequence}: ${damage}`),
    })),
  );
}

/** People see on their lists what the approvals ask of them, and nothing else. */
async function taskLists({ store }: AnyChaosWorld, heads: readonly RequestHead[]): Promise<readonly string[]> {
  const listed = await store.listByTime<OpenTask>('tasks', { order: 'oldest-first', limit: 1_000 });
  const asked = await Promise.all(
    heads.map(async ({ processId }) =>
      (await listApprovals(store, processId)).flatMap((approval) => openTasks(processId, approval)),
    ),
  );
  const [shown, meant] = [listed.map(({ value }) => value), asked.flat()].map((tasks) =>
    tasks.map((task) => JSON.stringify(task)).toSorted(),
  );
  return sameJson(shown, meant) ? [] : [`the task lists show ${shown}, and the approvals ask ${meant}`];
}

/** Steps that fail the execution by design: before there is a process, and where the operators themselves cannot be asked. */
const MAY_FAIL = ['RegisterRequisition', 'RegisterClaim', 'RegisterLeave', 'RouteFailure', 'ResolveFailure'];

/** What fails elsewhere becomes a question to a person, with no need of a redrive. */
function failedSteps(world: AnyChaosWorld): readonly string[] {
  return world.engine
    .transitions()
    .filter((step) => step.machineArn === world.machine() && step.by === 'failed' && !MAY_FAIL.includes(step.from))
    .map(({ from }) => `the failure of ${from} failed the execution`);
}

function said(checked: Said): readonly string[] {
  return checked.filter((violation) => violation !== false);
}

/** Who decides was asked, and nobody decides on their own request. */
function authority({ record, requesterId }: View): Said {
  const decisions = record.filter(({ type }) => type === 'DecisionMade');
  return decisions.flatMap((decision) => [
    decision.actor.id === requesterId && decision.facts.action === 'approve' && 'the requester decided',
    !wasAsked(record, decision) && `${decision.actor.id} decided and was not asked`,
  ]);
}

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
export function exceeds(
  record: readonly RecordEntry[],
  subject: string,
  before: number,
  amount: string,
): string | false {
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

/** The version that was approved last of a subject before an entry; undefined: none. */
export function approvedVersion(record: readonly RecordEntry[], subject: string, sequence: number): unknown {
  const approval = approvalsBefore(record, subject, sequence).at(-1)?.facts.approvalId;
  const routed = record.find(({ type, facts }) => type === 'ApprovalRouted' && facts.approvalId === approval);
  return routed?.facts.documentVersion;
}

export function approvalsBefore(
  record: readonly RecordEntry[],
  subject: string,
  sequence: number,
): readonly RecordEntry[] {
  return record.filter(
    (entry) =>
      entry.type === 'ApprovalClosed' &&
      entry.sequence < sequence &&
      entry.facts.subject === subject &&
      entry.facts.outcome === 'approved',
  );
}

/** An operator left out what the step would have taken back, and answers for it. */
export function wasLeftOut(record: readonly RecordEntry[], step: string): boolean {
  return (
    record.some(({ type, facts }) => type === 'StepFailed' && facts.step === step) &&
    record.some(({ type, facts }) => type === 'DecisionMade' && facts.action === 'skip')
  );
}

/** What the OA took of it stands in the record, and the record is whole. */
function completeness({ head, world, record, damages }: View & { readonly damages: readonly string[] }): Said {
  const told = new Set(record.filter(({ type }) => type === 'OaTold').map(({ facts }) => facts.messageId));
  return [
    ...noticesOf(world, head).map(
      ({ messageId }) => !told.has(messageId) && `the OA took ${messageId}, and no entry says so`,
    ),
    ...damages.map((damage) => `the record is damaged ${damage}`),
  ];
}

/** What was promised to people who clicked stands in the records. */
function promises({ promised }: AnyChaosWorld, views: readonly View[]): Said {
  const decided = views
    .flatMap(({ record }) => record)
    .filter(({ type, facts }) => type === 'DecisionMade' && facts.via === 'link').length;
  return [
    new Set(promised).size !== promised.length && 'one link decided twice',
    promised.length > decided && `${promised.length} clicks were told "decided", ${decided} are recorded`,
  ];
}

/** It comes to an end, and leaves nothing behind that waits or is to be done. */
function end({ world, head }: View): Said {
  return [
    head.status !== 'ended' &&
      `it has not ended: ${head.phase}, waits ${JSON.stringify(Object.values(head.waits).map(({ kind }) => kind))}`,
    head.status === 'ended' && Object.keys(head.waits).length > 0 && 'it has ended and waits',
    ...world.store.effects().map(({ effect }) => `an effect was not done: ${effect.kind}`),
    ...world.failedExecutions().map((arn) => `a redrive does not mend ${arn}`),
    ...world.engine
      .executions()
      .map(({ arn, status }) => status === 'RUNNING' && head.status === 'ended' && `${arn} still runs`),
  ];
}

/** What the OA is answered whenever it asks, also after the end. */
const ANSWERED_LATE = ['DuplicateRefused', 'WithdrawalRefused', 'ResubmissionRefused', 'ShorteningRefused'];

/** OA and record tell the same. The OA believes the message of the highest sequence, in whatever order they come. */
function agreement({ world, head, record }: View): Said {
  const notices = noticesOf(world, head);
  const finals = new Set(notices.filter(({ facts }) => facts.final === true).map(({ facts }) => facts.outcome));
  const believed = [...notices].sort((one, other) => other.sequence - one.sequence)[0];
  const closed = record.filter(({ type }) => type === world.closingEntry());
  const isAnsweredLate = record.some(
    ({ type, sequence }) => ANSWERED_LATE.includes(type) && sequence > (closed[0]?.sequence ?? 0),
  );
  return [
    head.status === 'ended' && finals.size !== 1 && `the OA got ${finals.size} final answers`,
    head.status === 'ended' && !finals.has(head.outcome ?? '') && 'the OA was told another end',
    head.status === 'ended' &&
      !isAnsweredLate &&
      believed?.facts.final !== true &&
      'the OA believes an earlier message',
    closed.length > 1 && 'it was closed twice',
  ];
}

function noticesOf(world: AnyChaosWorld, { processId }: RequestHead) {
  return world.notices.filter((notice) => notice.processId === processId);
}

export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const CHECKS = [authority, completeness, end, agreement];
