/** The requester urges those who are to decide; bounded, recorded, and answered where it does not count. */
import type { WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { OaMessage, ProcessHead } from '../process/domain/process.ts';
import { type Decision, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { OnlyOnce } from './act-on-approval.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { listApprovals, readApprovalItem, replaceApproval } from './approval-store.ts';
import { askedZones } from './asked-zones.ts';
import { decideApproval } from './domain/approval.ts';
import { timesOf } from './domain/levels.ts';
import { URGE_AGAIN_AFTER_HOURS } from './domain/urge.ts';

export interface UrgeDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly waitClock: WaitClock;
}

export interface Urge {
  readonly processId: string;
  /** Employee id; only the requester's counts. */
  readonly by: string;
  /** The same for every delivery of one event; each urge is one of its own without it. */
  readonly eventId?: string;
  /** How it came, where whoever sent it sees the answer; undefined: from the OA, which is told when it does not count. */
  readonly via?: 'signed-in' | 'api';
  /** Undefined: whoever repeats it urges again. */
  readonly once?: OnlyOnce<UrgeResult>;
}

/** An urge that is known by its event, or its own id. */
type KnownUrge = Urge & { readonly eventId: string };

/** Why an urge does not count. Stable names: they stand in the record. */
export type UrgeRefusal = 'not-the-requester' | 'nobody-asked' | 'urged-already';

/** `unknown`: there is no such process. */
export type UrgeResult = 'urged' | UrgeRefusal | 'unknown';

/** Those who have the task now get a mail, once in so many working hours. */
export async function urgeApproval(deps: UrgeDeps, urge: Urge): Promise<UrgeResult> {
  if ((await readHead(deps.store, urge.processId)) === undefined) {
    return 'unknown';
  }
  const eventId = urge.eventId ?? deps.randomness.uuid();
  return updateProcess<unknown, UrgeResult>(deps, urge.processId, async (head) => {
    const earlier = await urge.once?.earlier();
    if (earlier !== undefined) {
      return { output: earlier };
    }
    return urge.by === head.requesterId
      ? urgeOpen(deps, head, { ...urge, eventId })
      : refused({ ...urge, eventId }, 'not-the-requester');
  });
}

async function urgeOpen(deps: UrgeDeps, head: ProcessHead, urge: KnownUrge): Promise<Decision<unknown, UrgeResult>> {
  const open = (await listApprovals(deps.store, head.processId)).find(({ status }) => status === 'open');
  if (open === undefined) {
    return refused(urge, 'nobody-asked');
  }
  const item = await readApprovalItem(deps.store, head.processId, open.plan.approvalId);
  const approval = item.value;
  const { hoursAfter } = deps.waitClock.reckon({
    openedAt: approval.open?.urged?.at ?? deps.clock.now().toISOString(),
    expireAfterHours: URGE_AGAIN_AFTER_HOURS,
    isOnTheClock: timesOf(approval, approval.level).isOnTheClock,
    timeZones: await askedZones(deps.directory, approval),
  });
  const result = decideApproval(
    approval,
    { kind: 'urge', by: urge.by, eventId: urge.eventId },
    { now: deps.clock.now(), hoursAfter },
  );
  if (result.kind === 'refused') {
    return refused(urge, result.refusal === 'urged-already' ? 'urged-already' : 'nobody-asked');
  }
  if (result.events.length === 0) {
    return { output: 'urged' };
  }
  const actor = { kind: 'person', id: urge.by } as const;
  return {
    change: {
      entries: approvalEntries(approval, result.events).map((entry) => ({
        ...entry,
        actor,
        facts: { ...entry.facts, ...channelOf(urge) },
      })),
      effects: approvalEffects(head, approval, result.state, result.events),
    },
    also: [
      ...replaceApproval(head.processId, item, result.state),
      ...(urge.once === undefined ? [] : [urge.once.keep('urged')]),
    ],
    output: 'urged',
  };
}

function channelOf({ via }: Urge) {
  return via === undefined ? {} : { via };
}

function refused(urge: KnownUrge, refusal: UrgeRefusal): Decision<unknown, UrgeResult> {
  const { by, eventId, via } = urge;
  const actor = { kind: 'person', id: by } as const;
  const message = { ...URGE_REFUSED, text: URGE_REFUSALS[refusal], facts: { refusal } };
  return {
    change: {
      entries: [{ type: 'UrgeRefused', actor, facts: { eventId, refusal, ...channelOf(urge) } }],
      effects: via === undefined ? [{ kind: 'tell-oa', message }] : [],
    },
    output: refusal,
  };
}

const URGE_REFUSED = { status: 'urge-refused' } as const satisfies Partial<OaMessage>;

/** Why nobody was urged, for the requester. */
export const URGE_REFUSALS: { readonly [refusal in UrgeRefusal]: OaMessage['text'] } = {
  'not-the-requester': { en: 'Only the requester may urge.', zh: '只有申请人本人可以催办。' },
  'nobody-asked': { en: 'Nobody is asked to decide at the moment.', zh: '当前没有待审批的任务。' },
  'urged-already': {
    en: `They were urged a short time ago; try again after ${URGE_AGAIN_AFTER_HOURS} working hours.`,
    zh: `近期已催办，请在 ${URGE_AGAIN_AFTER_HOURS} 个工作小时后再试。`,
  },
};
