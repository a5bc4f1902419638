/** The reducer against a model of its own: all commands, by everybody, at all times, in every order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalCommand,
  type ApprovalState,
  currentApprovers,
  type DecideCommand,
  type Decider,
  decideApproval,
  newApproval,
} from '../../../functions/approvals/domain/approval.ts';
import { ACTIONS, type ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { level, OPENED_AT, plan } from './approvals.ts';

const PEOPLE = ['A', 'B', 'C', 'D', 'E'] as const;
const AMOUNTS = ['0', '999.99', '1000', '1000.01', '5000', '20000'] as const;

const people = fc.constantFrom(...PEOPLE);
const amounts = fc.constantFrom(...AMOUNTS);

const levels = fc.array(
  fc.record({ approverIds: fc.uniqueArray(people, { minLength: 1, maxLength: 3 }), escalateTo: fc.option(people) }),
  { minLength: 1, maxLength: 3 },
);

const plans: fc.Arbitrary<ApprovalPlan> = fc
  .record({
    subject: fc.constantFrom('order', 'payment', 'invoice-mismatch', 'operator'),
    levels,
    requesterId: fc.oneof({ weight: 4, arbitrary: fc.constant('R') }, people),
    amount: amounts,
    linkLimit: fc.oneof({ weight: 6, arbitrary: fc.constant('100000') }, amounts),
    excluded: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.tuple(people)),
  })
  .map(({ subject, levels: all, requesterId, amount, linkLimit, excluded }) =>
    plan({
      subject,
      requesterId,
      amount,
      linkLimit,
      actions: ACTIONS[subject],
      excluded: excluded.map((employeeId) => ({ employeeId, reason: 'did something else' })),
      levels: all.map(({ approverIds, escalateTo }, index) =>
        level(`Level ${index}`, approverIds, escalateTo === null ? {} : { escalateTo }),
      ),
    }),
  );

/** A decision before it is known who is asked: mostly by somebody who is, about what is asked. */
interface Attempt {
  readonly by: string | number;
  readonly action: string | number;
  readonly comment: string;
  readonly levelOff: number;
  readonly versionOff: number;
  readonly via: 'link' | 'operator-tool';
  readonly directory: 'active' | 'inactive' | 'unknown' | 'another';
  readonly approvalLimit: string | undefined;
}

const attempts: fc.Arbitrary<Attempt> = fc.record({
  by: fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 3 }) }, people),
  /** Mostly the first, which says yes. */
  action: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, 0, 0, 0, 1, 2) }, fc.constant('no such action')),
  comment: fc.constantFrom('because', 'because', 'because', ' '),
  levelOff: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1),
  versionOff: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
  via: fc.constantFrom('link', 'link', 'operator-tool'),
  directory: fc.constantFrom('active', 'active', 'active', 'active', 'active', 'inactive', 'unknown', 'another'),
  approvalLimit: fc.oneof({ weight: 2, arbitrary: fc.constant('100000') }, fc.option(amounts, { nil: undefined })),
});

type Step =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'open'; readonly again: boolean }
  | { readonly kind: 'remind' | 'escalate' | 'expire' | 'withdraw' | 'cancel' };

const steps: fc.Arbitrary<readonly { readonly step: Step; readonly hours: number }[]> = fc.array(
  fc.record({
    hours: fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 10, 24, 72, 73),
    step: fc.oneof(
      { weight: 8, arbitrary: attempts.map((attempt): Step => ({ kind: 'attempt', attempt })) },
      { weight: 6, arbitrary: fc.boolean().map((again): Step => ({ kind: 'open', again })) },
      { weight: 2, arbitrary: fc.constantFrom('remind', 'escalate').map((kind): Step => ({ kind })) },
      { weight: 1, arbitrary: fc.constantFrom('expire', 'withdraw', 'cancel').map((kind): Step => ({ kind })) },
    ),
  }),
  { minLength: 1, maxLength: 30, size: 'max' },
);

/** What must hold, told from what happened and not from the reducer's state. */
class Model {
  status: 'pending' | 'open' | 'closed' = 'pending';
  level = 0;
  outcome: string | undefined;
  waitId = '';
  private readonly plan: ApprovalPlan;
  private deadline = 0;
  asked: readonly string[] = [];
  private isEscalated = false;
  /** Who said yes to each level. */
  readonly yes: string[] = [];

  constructor(approval: ApprovalPlan) {
    this.plan = approval;
  }

  counts(command: DecideCommand, decider: Decider | undefined, now: Date): boolean {
    const { subject, amount, linkLimit, requesterId, excluded, actions, documentVersion, levels: all } = this.plan;
    const action = actions.find((offered) => offered.action === command.action);
    const isLast = this.level === all.length - 1;
    const commits = isLast && (subject === 'order' || subject === 'payment') && command.action === 'approve';
    return (
      this.status === 'open' &&
      command.level === this.level &&
      now.getTime() <= this.deadline &&
      decider?.employeeId === command.by &&
      decider.active &&
      this.asked.includes(command.by) &&
      command.by !== requesterId &&
      !excluded.some(({ employeeId }) => employeeId === command.by) &&
      command.documentVersion === documentVersion &&
      action !== undefined &&
      (command.comment.trim() !== '' || !action.commentRequired) &&
      (command.via !== 'link' || Number(amount) <= Number(linkLimit)) &&
      (!commits || (decider.approvalLimit !== undefined && Number(amount) <= Number(decider.approvalLimit)))
    );
  }

  decided(command: DecideCommand): void {
    const isYes = command.action === 'approve' || command.action === 'accept';
    this.status = 'pending';
    if (isYes) {
      this.yes.push(command.by);
    }
    if (isYes && this.level + 1 < this.plan.levels.length) {
      this.level += 1;
    } else {
      this.close(this.plan.actions.find(({ action }) => action === command.action)?.outcome);
    }
  }

  happened(command: Exclude<ApprovalCommand, DecideCommand>): void {
    if (command.kind === 'open') {
      this.opened(command.waitId, command.openedAt);
    } else if (command.kind === 'escalate') {
      this.escalated();
    } else if (command.kind === 'withdraw') {
      this.close('withdrawn');
    } else if (command.kind === 'cancel') {
      this.close(command.outcome);
    } else if (command.kind === 'expire' && this.status === 'open') {
      this.close('expired');
    }
  }

  private opened(waitId: string, openedAt: string): void {
    if (this.status === 'closed' || (this.status === 'open' && waitId === this.waitId)) {
      return;
    }
    if (this.status === 'pending') {
      this.asked = this.plan.levels[this.level]?.approverIds ?? [];
      this.isEscalated = false;
    }
    this.status = 'open';
    this.waitId = waitId;
    this.deadline = new Date(openedAt).getTime() + 72 * 3_600_000;
  }

  private escalated(): void {
    if (this.status !== 'open' || this.isEscalated) {
      return;
    }
    this.isEscalated = true;
    const next = this.plan.levels[this.level]?.escalateTo;
    const isExcluded = this.plan.excluded.some(({ employeeId }) => employeeId === next);
    if (next !== undefined && next !== this.plan.requesterId && !isExcluded) {
      this.asked = [...new Set([...this.asked, next])];
    }
  }

  private close(outcome: string | undefined): void {
    if (this.status !== 'closed') {
      this.status = 'closed';
      this.outcome = outcome;
    }
  }
}

function commandOf(step: Step, state: ApprovalState, waits: number, now: Date): ApprovalCommand {
  switch (step.kind) {
    case 'attempt':
      return decideCommand(step.attempt, state);
    case 'open':
      return { kind: 'open', waitId: `w-${step.again ? waits : waits + 1}`, openedAt: now.toISOString() };
    case 'cancel':
      return { kind: 'cancel', outcome: 'cancelled-in-erp' };
    default:
      return { kind: step.kind };
  }
}

function decideCommand(
  { by, action, comment, levelOff, versionOff, via }: Attempt,
  state: ApprovalState,
): DecideCommand {
  const asked = currentApprovers(state);
  const { actions } = state.plan;
  return {
    kind: 'decide',
    action: typeof action === 'number' ? (actions[action % actions.length]?.action ?? '') : action,
    comment,
    by: typeof by === 'number' ? (asked[by % asked.length] ?? '') : by,
    level: state.level + levelOff,
    documentVersion: state.plan.documentVersion + versionOff,
    via,
  };
}

function deciderOf({ directory, approvalLimit }: Attempt, by: string): Decider | undefined {
  const limit = approvalLimit === undefined ? {} : { approvalLimit };
  return directory === 'unknown'
    ? undefined
    : { employeeId: directory === 'another' ? `not ${by}` : by, active: directory !== 'inactive', ...limit };
}

/** Whoever changes it gets a TypeError. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function viewOf(state: ApprovalState) {
  const { status, level: index, outcome, open } = state;
  return {
    status,
    level: index,
    outcome,
    waitId: open?.waitId,
    asked: open === undefined ? undefined : currentApprovers(state),
  };
}

/** Plays the steps, comparing at each; returns where it ended. */
function play(approval: ApprovalPlan, all: readonly { readonly step: Step; readonly hours: number }[]): Model {
  const model = new Model(approval);
  let state = frozen(newApproval(approval));
  let time = new Date(OPENED_AT).getTime();
  let waits = 0;
  for (const { step, hours } of all) {
    time += hours * 3_600_000;
    const now = new Date(time);
    const command = commandOf(step, state, waits, now);
    waits += command.kind === 'open' && !(step.kind === 'open' && step.again) ? 1 : 0;
    const decider =
      step.kind === 'attempt' && command.kind === 'decide' ? deciderOf(step.attempt, command.by) : undefined;
    const counts = command.kind === 'decide' ? model.counts(command, decider, now) : true;

    const result = decideApproval(state, command, { now, ...(decider === undefined ? {} : { decider }) });

    expect(result.kind).toBe(counts ? 'events' : 'refused');
    if (result.kind === 'refused') {
      continue;
    }
    if (command.kind === 'decide') {
      model.decided(command);
    } else {
      model.happened(command);
    }
    const made = result.events.filter(({ type }) => type === 'DecisionMade').length;
    expect(made).toBe(command.kind === 'decide' ? 1 : 0);
    expect(result.state.decisions).toHaveLength(state.decisions.length + made);
    // Nothing is told that did not happen, and nothing happens that is not told.
    expect(result.events.length > 0).toBe(JSON.stringify(result.state) !== JSON.stringify(state));
    expect(result.events.some(({ type }) => type === 'ApprovalClosed')).toBe(
      result.state.status === 'closed' && state.status !== 'closed',
    );
    state = frozen(result.state);
    expect(viewOf(state)).toEqual({
      status: model.status,
      level: model.level,
      outcome: model.outcome,
      waitId: model.status === 'open' ? model.waitId : undefined,
      asked: model.status === 'open' ? model.asked : undefined,
    });
  }
  return model;
}

describe('an approval, whatever happens to it', () => {
  it('decides as the model says: each level by one person who may, nothing after its end, no advance without a decision', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(plans, steps, (approval, all) => {
        const model = play(approval, all);

        const outcome = model.outcome ?? model.status;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (outcome === 'approved' || outcome === 'accepted') {
          expect(model.yes).toHaveLength(approval.levels.length);
          expect(model.yes).not.toContain(approval.requesterId);
        }
      }),
      { numRuns: 2000 },
    );
    // The commands are such that every end is reached.
    expect([...outcomes.keys()].sort()).toEqual(
      expect.arrayContaining(['accepted', 'approved', 'expired', 'rejected', 'retry', 'withdrawn']),
    );
  });
});
