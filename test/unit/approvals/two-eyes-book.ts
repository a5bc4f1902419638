/**
 * A second opinion on who approves for whom: a book of whose the voices are by the rules, kept from the events. Whoever
 * approves two levels has one voice of theirs on both, or was asked in their own right where nobody else decides.
 */
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';

/** Whose the voice is; undefined: nobody's, it was added or came by escalation. */
type Owner = string | undefined;
/** By who has the voice. */
type Voices = Map<string, Owner>;

export class TwoEyesBook {
  /** By level, as it would open. */
  private planned: Voices[];
  /** By level, all who could be chosen before somebody was. */
  private readonly choices = new Map<number, Voices>();
  private readonly opened = new Map<number, Voices>();
  private isRestored = false;
  /** Whose voices the decisions of the approval were. */
  private owners: Owner[] = [];

  constructor(plan: ApprovalPlan) {
    this.planned = plan.levels.map(({ approverIds }) => ownVoices(approverIds));
  }

  /** Whether they have approved another level than in the place of this owner. */
  hasApproved({ plan, decisions }: ApprovalState, employeeId: string, level: number, owner: Owner): boolean {
    return decisions.some((made, index) => {
      const isYes = plan.actions.find(({ action }) => action === made.action)?.effect === 'advance';
      const isOther = made.level !== level && (owner === undefined || this.owners[index] !== owner);
      return made.employeeId === employeeId && made.voided === undefined && isYes && isOther;
    });
  }

  /** Whether they may approve the level with the voice that they have there, as far as other levels go. */
  mayApprove(state: ApprovalState, employeeId: string, level: number): boolean {
    const voices = this.voicesOn(level);
    const owner = voices.get(employeeId);
    const isForOne = ['any', 'claim'].includes(state.plan.levels[level]?.mode.kind ?? '');
    const others = [...voices].filter(([holder, of]) => of !== undefined && holder !== employeeId);
    const isLeft = isForOne && others.some(([holder, of]) => !this.hasApproved(state, holder, level, of));
    return !this.hasApproved(state, employeeId, level, owner) || (owner === employeeId && !isLeft);
  }

  /** Whose the voice of somebody would be who can be chosen for the level. */
  choiceOf(level: number, employeeId: string): Owner {
    return (this.choices.get(level) ?? this.planned[level])?.get(employeeId);
  }

  /** The version goes on with some of the decisions of the one before. */
  goOn(before: ApprovalState, after: ApprovalState): void {
    this.owners = after.decisions.map(({ level, employeeId, at }) => {
      const index = before.decisions.findIndex(
        (one) => one.voided === undefined && one.level === level && one.employeeId === employeeId && one.at === at,
      );
      return this.owners[index];
    });
  }

  hear(event: ApprovalEvent, before: ApprovalState, after: ApprovalState): void {
    switch (event.type) {
      case 'LevelOpened':
        for (const level of this.isRestored ? [] : together(after.plan, event.level)) {
          this.opened.set(level, new Map(this.planned[level]));
        }
        this.isRestored = false;
        return;
      case 'TaskTransferred':
        this.moved(before, event.level, event.employeeId, event.to);
        return;
      case 'SubstituteAsked':
        this.moved(before, event.level, event.from, event.to);
        return;
      case 'TaskHandedOver':
        this.handedOver(before, after, event);
        return;
      case 'SignerAdded':
        this.given(before, event.level, event.to, undefined);
        return;
      case 'LevelEscalated':
      case 'LevelOutOfReach':
        for (const { level, employeeId } of after.open?.seats.filter(({ isStandIn }) => isStandIn) ?? []) {
          if (!this.voicesOn(level).has(employeeId)) {
            this.given(before, level, employeeId, undefined);
          }
        }
        return;
      case 'DecisionMade':
        this.decided(before, event);
        this.chosen(after, event.next);
        return;
      case 'DecisionTakenBack':
        this.isRestored ||= after.status === 'pending';
        return;
      case 'ReturnedToLevel':
        this.isRestored = false;
        return;
      case 'TaskRerouted':
        this.isRestored &&= !event.isAskedAgain;
        this.planned = after.plan.levels.map(({ approverIds, named }, index) => {
          const known = this.planned[index];
          const isKept =
            index < event.level || (named !== undefined && [...(known?.keys() ?? [])].join() === approverIds.join());
          return isKept && known !== undefined ? known : ownVoices(approverIds);
        });
        return;
      default:
    }
  }

  private voicesOn(level: number): Voices {
    const voices = this.opened.get(level);
    if (voices === undefined) {
      throw new Error(`level ${level} never opened`);
    }
    return voices;
  }

  private moved(before: ApprovalState, level: number, from: string, to: string): void {
    const voices = this.voicesOn(level);
    // Somebody who is away came in by escalation: whoever stands in for them has the voice from the first.
    if (voices.has(from)) {
      const owner = voices.get(from);
      voices.delete(from);
      this.given(before, level, to, owner);
    }
  }

  /** Nobody is given a voice with which they could not approve. */
  private given(before: ApprovalState, level: number, to: string, owner: Owner): void {
    if (this.hasApproved(before, to, level, owner)) {
      throw new Error(`${to} has approved another level, and is asked on level ${level} for ${owner ?? 'nobody'}`);
    }
    this.voicesOn(level).set(to, owner);
  }

  private handedOver(
    before: ApprovalState,
    after: ApprovalState,
    event: { level: number; from: string; to: string },
  ): void {
    const { level, from, to } = event;
    const seats = after.open?.seats ?? after.restored ?? [];
    if (seats.some((seat) => seat.level === level)) {
      const had = before.open?.seats ?? before.restored ?? [];
      const theirs = had.filter((seat) => seat.level === level && seat.employeeId === from);
      // Only who would come in by escalation may have been handed over; and who stands in for the other may have it at once.
      if (theirs.some(({ seatId }) => seats.some((seat) => seat.seatId === seatId && seat.employeeId !== from))) {
        this.moved(before, level, from, to);
      }
      return;
    }
    const voices = [...(this.planned[level] ?? [])];
    const others = this.choices.get(level);
    const owner = others === undefined ? this.planned[level]?.get(from) : others.get(to);
    this.planned[level] = new Map(voices.map(([holder, of]) => (holder === from ? [to, owner] : [holder, of])));
  }

  private decided(before: ApprovalState, event: Extract<ApprovalEvent, { type: 'DecisionMade' }>): void {
    const { level, employeeId } = event;
    const isYes = before.plan.actions.find(({ action }) => action === event.action)?.effect === 'advance';
    if (isYes && !this.mayApprove(before, employeeId, level)) {
      throw new Error(`${employeeId} approves level ${level}, and has approved another`);
    }
    this.owners.push(this.voicesOn(level).get(employeeId));
  }

  private chosen({ plan, level: first }: ApprovalState, next: string | undefined): void {
    const level = together(plan, first).find((index) => plan.levels[index]?.rule.startsWith('previous@'));
    if (next === undefined || level === undefined) {
      return;
    }
    const choices = this.choices.get(level) ?? new Map(this.planned[level]);
    this.choices.set(level, choices);
    this.planned[level] = new Map([[next, choices.get(next)]]);
  }
}

function ownVoices(ids: readonly string[]): Voices {
  return new Map(ids.map((id) => [id, id]));
}

function together({ levels }: ApprovalPlan, first: number): readonly number[] {
  const end = levels.findIndex(({ isParallel }, index) => index > first && !isParallel);
  return [...levels.keys()].slice(first, end === -1 ? undefined : end);
}
