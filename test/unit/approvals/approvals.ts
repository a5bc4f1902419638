/** Plans and commands that the tests of the reducer begin with. */
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type {
  ApprovalCommand,
  ApprovalContext,
  DecideCommand,
  PersonCommand,
  Wish,
} from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { escalatedTo } from '../../../functions/approvals/domain/escalate.ts';
import { judgedPeople } from '../../../functions/approvals/domain/out-of-reach.ts';
import { ACTIONS, type ApprovalLevel, type ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';

export const OPENED_AT = '2026-01-01T00:00:00.000Z';

export function level(name: string, approverIds: readonly string[], more: Partial<ApprovalLevel> = {}): ApprovalLevel {
  const times = { remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 72 };
  return { name, rule: name, approverIds, mode: { kind: 'any' }, isParallel: false, ...times, ...more };
}

/** An order of 4,000: the manager M first, then the head H, who may commit the company to 5,000. */
export function plan(changes: Partial<ApprovalPlan> = {}): ApprovalPlan {
  return {
    approvalId: 'order-1',
    subject: 'order',
    documentVersion: 1,
    requesterId: 'R',
    amount: '4000.00',
    linkLimit: '100000',
    excluded: [],
    levels: [level('Manager', ['M'], { escalateTo: 'H' }), level('Department head', ['H'], { escalateTo: 'C' })],
    actions: ACTIONS[changes.subject ?? 'order'],
    document: {
      title: 'Paper',
      currency: 'CNY',
      total: '4000.00',
      baseTotal: '4000.00',
      baseCurrency: 'CNY',
      lines: [],
      notes: [],
    },
    routing: [],
    ...changes,
  };
}

export function hoursLater(hours: number): Date {
  return new Date(new Date(OPENED_AT).getTime() + hours * 3_600_000);
}

export function approve(by: string, more: Partial<DecideCommand> = {}): DecideCommand {
  const asked = { by, level: 0, round: (more.level ?? 0) + 1, documentVersion: 1 };
  return { kind: 'decide', action: 'approve', comment: '', ...asked, via: 'link', ...more };
}

/** Runs commands one hour apart, with a directory in which everybody is active and may commit to 5,000. */
export function play(state: ApprovalState, ...commands: readonly ApprovalCommand[]): ApprovalState {
  return commands.reduce((current, command, index) => {
    const result = run(current, command, { now: hoursLater(index) });
    if (result.kind === 'refused') {
      throw new Error(`${command.kind} was refused: ${result.message}`);
    }
    return result.state;
  }, state);
}

export function run(
  state: ApprovalState,
  command: ApprovalCommand,
  context: Partial<ApprovalContext> = {},
): ApprovalResult {
  const person = (employeeId: string) => ({ employeeId, active: true, approvalLimit: '5000' });
  const acting = ['by' in command ? command.by : '', 'to' in command ? command.to : ''];
  const standIns = [...(context.substitutes?.values() ?? [])].flat().map((one) => [one.employeeId, one] as const);
  const judged = [...judgedPeople(state), ...acting].map((id) => [id, person(id)] as const);
  return decideApproval(state, command, {
    now: hoursLater(1),
    ...('by' in command ? { decider: person(command.by) } : {}),
    ...('to' in command ? { target: person(command.to) } : {}),
    choosable: state.plan.levels.flatMap(({ approverIds, chosenFrom = [] }) =>
      [...approverIds, ...chosenFrom].map(person),
    ),
    lines: new Map(escalatedTo(state).map((id) => [id, [person(id)]])),
    people: new Map([...judged, ...standIns]),
    ...context,
  });
}

export function opened(changes: Partial<ApprovalPlan> = {}): ApprovalState {
  return play(newApproval(plan(changes)), { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT });
}

/** What a person does on the level that is open, in its round. */
export function wish(state: ApprovalState, by: string, wanted: Wish, level = state.level): PersonCommand {
  return { ...wanted, by, level, round: state.round, documentVersion: state.plan.documentVersion, via: 'link' };
}

/** Opens the current level with a wait of its own. */
export function openNext(state: ApprovalState): ApprovalState {
  return play(state, { kind: 'open', waitId: `w-${state.round + 1}`, openedAt: OPENED_AT });
}
