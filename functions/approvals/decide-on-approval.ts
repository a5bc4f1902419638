/** A person decides: checked against the directory as it is now, committed with its entry, and only then told on. */
import type { Directory } from '../directory/port.ts';
import { type Effect, openWaits, type ProcessHead } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { approvalEntries, approvalMails, refusalEntry } from './approval-entries.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import {
  type ApprovalState,
  type DecideCommand,
  type Decider,
  decideApproval,
  type Refusal,
} from './domain/approval.ts';
import { OPERATORS } from './domain/plan.ts';

export interface DecisionDeps extends ProcessDeps {
  readonly directory: Directory;
}

export interface DecisionAttempt {
  readonly processId: string;
  readonly approvalId: string;
  readonly command: DecideCommand;
  /** Who of the operators decides, where the deciders are the operators and the caller knows. */
  readonly operator?: string;
  /** Committed in the same transaction as a decision that counts, such as the link that is used up. */
  readonly also: readonly WorkChange[];
}

export type DecisionResult =
  | { readonly kind: 'decided'; readonly action: string; readonly outcome: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly message: string };

/**
 * Decides, or records why the attempt does not count. Of several attempts at once exactly one counts.
 * @throws ConcurrencyError when others wrote first every time; nothing was decided then.
 */
export function decideOnApproval(deps: DecisionDeps, attempt: DecisionAttempt): Promise<DecisionResult> {
  const { processId, approvalId, command, operator } = attempt;
  const decision = { command, ...(operator === undefined ? {} : { operator }) };
  return updateProcess<unknown, DecisionResult>(deps, processId, async (head) => {
    const item = await readApprovalItem(deps.store, processId, approvalId);
    const decider = await deciderOf(deps.directory, command.by);
    const result = decideApproval(item.value, command, {
      now: deps.clock.now(),
      sequence: head.chain.sequence + 1,
      ...(decider === undefined ? {} : { decider }),
    });
    if (result.kind === 'refused') {
      return {
        change: { entries: [refusalEntry(item.value, decision, result)], effects: needsSignIn(item.value, result) },
        output: result,
      };
    }
    const made = result.events.find((event) => event.type === 'DecisionMade');
    if (made === undefined) {
      throw new Error(`a decision on ${approvalId} was neither made nor refused`);
    }
    return {
      change: {
        entries: approvalEntries(item.value, result.events, decision),
        answers: answersOf(head, item.value, made.outcome),
        effects: approvalMails(item.value, result.state, result.events),
      },
      also: [replaceApproval(item, result.state), ...attempt.also],
      output: { kind: 'decided', action: made.action, outcome: made.outcome },
    };
  });
}

/** What a link may not decide cannot be decided by its approver at all until there is sign-in: somebody must know. */
function needsSignIn({ plan }: ApprovalState, { refusal }: { readonly refusal: Refusal }): readonly Effect[] {
  if (refusal !== 'sign-in-required') {
    return [];
  }
  const problem = `"${plan.document.title}" is above the amount that a link may decide, and there is no sign-in yet`;
  const facts = { problem, amount: plan.amount, linkLimit: plan.linkLimit };
  return [{ kind: 'mail', mail: { to: OPERATORS, template: 'operator-notice', facts } }];
}

/** The answer of the open level's wait, as long as the state machine stands there. */
export function answersOf(head: ProcessHead, approval: ApprovalState, outcome: string) {
  return openWaits(head, 'approval')
    .filter((wait) => wait.waitId === approval.open?.waitId)
    .map((wait) => ({ waitId: wait.waitId, output: { outcome } }));
}

async function deciderOf(directory: Directory, employeeId: string): Promise<Decider | undefined> {
  return employeeId === OPERATORS ? { employeeId, active: true } : directory.person(employeeId);
}
