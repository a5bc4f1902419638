/** A second opinion on an approval: a book of voices kept from the events alone, and counted by other means. */
import type { ApprovalCommand } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState, Seat } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';

interface Voice {
  holder: string;
  readonly level: number;
  readonly weight: number;
  readonly isStandIn: boolean;
  /** Came in for this voice alone. */
  readonly insteadOf?: Voice;
  said?: 'yes' | 'no';
  signers: Voice[];
}

export class VoiceBook {
  private status: 'pending' | 'open' | 'closed' = 'pending';
  private level: number;
  private outcome: string | undefined;
  private voices: Voice[] = [];
  /** The voices as they stood when the last level ended, for who takes back what ended it. */
  private before: { readonly level: number; readonly voices: Voice[] } | undefined;
  private isRestored = false;
  private plan: ApprovalPlan;

  /** `level`: the first that is asked. */
  constructor(plan: ApprovalPlan, level = 0) {
    this.plan = plan;
    this.level = level;
  }

  view() {
    return { status: this.status, level: this.level, outcome: this.outcome };
  }

  /** `after`: who comes in by escalation stands there; everything else is known from the events. */
  hear(event: ApprovalEvent, command: ApprovalCommand, after: ApprovalState): void {
    switch (event.type) {
      case 'LevelOpened':
        this.opened();
        return;
      case 'LevelEscalated':
      case 'LevelOutOfReach':
        this.escalated(event.addedIds, after);
        return;
      case 'DecisionMade':
        this.decided(event.level, event.employeeId, event.action);
        this.chosen(event.next);
        return;
      case 'TaskTransferred':
        this.voiceOf(event.level, event.employeeId).holder = event.to;
        return;
      case 'SubstituteAsked':
        this.substituted(event.level, event.from, event.to);
        return;
      case 'TaskHandedOver':
        this.handedOver(event);
        return;
      case 'SignerAdded':
        this.voiceOf(event.level, event.employeeId).signers.push(newVoice(event.to, event.level, 1));
        return;
      case 'SignerRemoved': {
        const voice = this.voiceOf(event.level, event.employeeId);
        voice.signers = voice.signers.filter(({ holder }) => holder !== event.to);
        return;
      }
      case 'ReturnedToLevel':
        this.status = 'pending';
        this.level = event.target;
        this.before = undefined;
        return;
      case 'TaskRerouted':
        this.rerouted(event, command);
        return;
      case 'DecisionTakenBack':
        this.takenBack(event.level, event.employeeId);
        return;
      case 'ApprovalClosed':
        this.closed(event, command);
        return;
      default:
    }
  }

  private together(): readonly number[] {
    const all = [this.level];
    while (this.plan.levels[(all.at(-1) ?? 0) + 1]?.isParallel === true) {
      all.push((all.at(-1) ?? 0) + 1);
    }
    return all;
  }

  private opened(): void {
    this.status = 'open';
    if (!this.isRestored) {
      this.voices = this.together().flatMap((level) => this.planned(level));
    }
    this.isRestored = false;
  }

  private planned(level: number): Voice[] {
    const planned = this.plan.levels[level];
    const { mode } = planned ?? {};
    const weights = mode?.kind === 'weighted' ? mode.weights : {};
    return (planned?.approverIds ?? []).map((id) => newVoice(id, level, weights[id] ?? 1));
  }

  private escalated(addedIds: readonly string[], { open }: ApprovalState): void {
    // Where the approval ends by the same command, nobody comes in.
    for (const employeeId of open === undefined ? [] : addedIds) {
      const isNew = (seat: Seat) => seat.isStandIn === true && !this.isThere(seat.level, employeeId);
      const { level, insteadOf } = open?.seats.find((seat) => seat.employeeId === employeeId && isNew(seat)) ?? {};
      if (level === undefined) {
        throw new Error(`${employeeId} came in, and is not there`);
      }
      if (this.result(level) !== 'open') {
        throw new Error(`${employeeId} came in on level ${level}, where there was no need`);
      }
      const silent = open?.seats.find(({ seatId }) => seatId === insteadOf)?.employeeId;
      const voice = silent === undefined ? undefined : this.voiceOf(level, silent);
      if (voice !== undefined && (isWhole(voice) || isBroken(voice))) {
        throw new Error(`${employeeId} came in for ${silent}, who has decided`);
      }
      this.voices.push({
        ...newVoice(employeeId, level, 1),
        isStandIn: true,
        ...(voice === undefined ? {} : { insteadOf: voice }),
      });
    }
  }

  /** Whoever came in by escalation for somebody who is away never had it from them. */
  private substituted(level: number, from: string, to: string): void {
    const voice = this.find(level, from);
    if (voice !== undefined) {
      voice.holder = to;
    }
  }

  private handedOver({ level, from, to }: Extract<ApprovalEvent, { type: 'TaskHandedOver' }>): void {
    const planned = this.plan.levels[level];
    if ((this.status === 'open' || this.isRestored) && this.together().includes(level)) {
      const voice = this.find(level, from);
      if (voice !== undefined && voice.said === undefined) {
        voice.holder = to;
      }
    } else if (planned !== undefined) {
      const { mode } = planned;
      const renamed = (id: string) => (id === from ? to : id);
      const weights =
        'weights' in mode ? Object.entries(mode.weights).map(([id, weight]) => [renamed(id), weight]) : [];
      const handed = {
        ...planned,
        approverIds: planned.approverIds.map(renamed),
        mode: 'weights' in mode ? { ...mode, weights: Object.fromEntries(weights) } : mode,
      };
      this.plan = { ...this.plan, levels: this.plan.levels.with(level, handed) };
    }
  }

  private decided(level: number, by: string, action: string): void {
    const yes = action === 'approve' || action === 'accept';
    this.voiceOf(level, by).said = yes ? 'yes' : 'no';
    const results = this.together().map((one) => this.result(one));
    if (results.every((result) => result === 'yes') && this.together().at(-1) !== this.plan.levels.length - 1) {
      this.before = { level: this.level, voices: structuredClone(this.voices) };
      this.status = 'pending';
      this.level = (this.together().at(-1) ?? 0) + 1;
    }
  }

  /** Whoever was chosen has the next level to themselves. */
  private chosen(next: string | undefined): void {
    const all = this.plan.levels;
    const chosen = this.together().find((level) => all[level]?.rule.startsWith('previous@'));
    if (next === undefined) {
      return;
    }
    if (chosen === undefined || this.status !== 'pending') {
      throw new Error(`${next} was chosen for no level`);
    }
    const levels = all.map((level, index) => (index === chosen ? { ...level, approverIds: [next] } : level));
    this.plan = { ...this.plan, levels };
  }

  /** The end of the new way takes the place of what was to come; what was said about it counts no more. */
  private rerouted(event: Extract<ApprovalEvent, { type: 'TaskRerouted' }>, command: ApprovalCommand): void {
    const way = command.kind === 're-route' ? command.levels : [];
    const [head, ...others] = way.slice(way.length - event.levels.length);
    if (head === undefined) {
      throw new Error('a way has no end');
    }
    const levels = [...this.plan.levels.slice(0, this.level), { ...head, isParallel: false }, ...others];
    this.plan = { ...this.plan, levels };
    if (event.isAskedAgain) {
      this.status = 'pending';
      this.voices = [];
      this.isRestored = false;
    }
  }

  private takenBack(level: number, by: string): void {
    const isOpenVoice = this.status === 'open' && this.find(level, by)?.said !== undefined;
    if (!isOpenVoice) {
      if (this.before === undefined) {
        throw new Error('nothing was left to take back');
      }
      this.voices = this.before.voices;
      this.level = this.before.level;
      this.status = 'pending';
      this.isRestored = true;
      this.before = undefined;
    }
    delete this.voiceOf(level, by).said;
  }

  /** A closing that follows from decisions must follow from the voices. */
  private closed(
    { outcome, cause }: Extract<ApprovalEvent, { type: 'ApprovalClosed' }>,
    command: ApprovalCommand,
  ): void {
    const results = this.together().map((level) => this.result(level));
    const isYes = outcome === 'approved' || outcome === 'accepted';
    const isByVoices = isYes ? results.every((result) => result === 'yes') : results.includes('no');
    if (cause === 'decision' && !isByVoices) {
      throw new Error(`the voices say ${results.join()}, and not ${outcome}`);
    }
    if (cause !== 'decision' && isYes) {
      throw new Error(`${command.kind} cannot end with ${outcome}`);
    }
    this.status = 'closed';
    this.outcome = outcome;
  }

  private result(level: number): 'open' | 'yes' | 'no' {
    const own = this.voices.filter((voice) => voice.level === level);
    const standIn = own.find(({ isStandIn, insteadOf, said }) => isStandIn && !insteadOf && said !== undefined);
    const counted = own.filter(({ isStandIn }) => !isStandIn);
    const weigh = (what: (voice: Voice) => boolean) =>
      counted.filter(what).reduce((sum, { weight }) => sum + weight, 0);
    const byAbove = (voice: Voice) =>
      own.find(({ insteadOf, said }) => insteadOf === voice && said !== undefined)?.said;
    const isYes = (voice: Voice) => byAbove(voice) === 'yes' || isWhole(voice);
    const isNo = (voice: Voice) => byAbove(voice) === 'no' || isBroken(voice);
    const [yes, no, all] = [weigh(isYes), weigh(isNo), weigh(() => true)];
    const mode = this.plan.levels[level]?.mode;
    const isCounting = mode?.kind === 'quorum' || mode?.kind === 'weighted';
    const isForOne = mode?.kind === 'any' || mode?.kind === 'claim';
    if (standIn?.said !== undefined) {
      return standIn.said;
    }
    if (isCounting) {
      return all - no < mode.needed ? 'no' : yes >= mode.needed ? 'yes' : 'open';
    }
    return no > 0 ? 'no' : yes === (isForOne ? Math.max(yes, 1) : all) ? 'yes' : 'open';
  }

  private isThere(level: number, employeeId: string): boolean {
    return this.find(level, employeeId) !== undefined;
  }

  private find(level: number, employeeId: string): Voice | undefined {
    return this.voices
      .filter((voice) => voice.level === level)
      .flatMap(withSigners)
      .find(({ holder }) => holder === employeeId);
  }

  private voiceOf(level: number, employeeId: string): Voice {
    const voice = this.find(level, employeeId);
    if (voice === undefined) {
      throw new Error(`${employeeId} has no voice on level ${level}`);
    }
    return voice;
  }
}

function newVoice(holder: string, level: number, weight: number): Voice {
  return { holder, level, weight, isStandIn: false, signers: [] };
}

function withSigners(voice: Voice): Voice[] {
  return [voice, ...voice.signers.flatMap(withSigners)];
}

function isWhole(voice: Voice): boolean {
  return withSigners(voice).every(({ said }) => said === 'yes');
}

function isBroken(voice: Voice): boolean {
  return withSigners(voice).some(({ said }) => said === 'no');
}
