/**
 * From the rules' levels to people: who is asked, who stands in, and who may not be asked at all. Pure. Whoever may not
 * decide is passed over towards the head of the company, never left out: a level that nobody can take is a refusal.
 */

import type { FieldIssue } from '../../runtime/errors.ts';
import { choiceIssue, chosenBy, isChosen, issueOf } from './chosen.ts';
import { routeCopies } from './copy-to.ts';
import { type Filled, type FillInput, fillLevel, obstacle, type Voice } from './fill-level.ts';
import { keepApart, type SeatedLevel, type Seating } from './keep-apart.ts';
import type { ApprovalLevelRule } from './level-rule.ts';
import { lineAbove } from './organisation.ts';
import {
  ACTIONS,
  type ApprovalLevel,
  type ApprovalPlan,
  type DecisionDocument,
  FORMS,
  type LevelMode,
  MAX_VOICES,
} from './plan.ts';
import type { AskedScope } from './scope.ts';
import { plannedSeats } from './seats.ts';

export interface RouteInput extends FillInput {
  readonly approvalId: string;
  readonly documentVersion: number;
  readonly linkLimit: string;
  readonly scope?: AskedScope;
  readonly document: DecisionDocument;
  /** In order, at least one. */
  readonly levelRules: readonly ApprovalLevelRule[];
}

export type RouteResult =
  | { readonly plan: ApprovalPlan }
  | { readonly refusal: 'no-approver' | 'too-many-approvers'; readonly message: string }
  /** Whom the request names cannot be asked: the field, and what to write there. */
  | { readonly refusal: 'wrong-choice'; readonly issue: FieldIssue };

/**
 * One person alone is never asked on two levels in a row, or beside each other, when somebody else can take one of them;
 * otherwise the two levels become one. Where everybody signs, each level keeps its signers. Somebody on the last level of an order or
 * payment has a limit that covers the amount; where one decides for all, everybody there has.
 */
export function routeApproval(input: RouteInput): RouteResult {
  let seating: Seating = { seats: [], notes: [] };
  for (const [index, rule] of input.levelRules.entries()) {
    const isLast = input.levelRules.slice(index + 1).every(({ isParallel }) => isParallel);
    const before = seating.seats.at(-1)?.voices.map(({ person }) => person);
    const filled = fillLevel(input, rule, isLast, before);
    const issue = wrongChoice(input, rule, isLast, filled);
    if (issue !== undefined) {
      return { refusal: 'wrong-choice', issue };
    }
    if (filled === undefined) {
      const approvers = rule.approvers.map((approver) => approver.rule).join(', ');
      return { refusal: 'no-approver', message: `nobody may decide level "${rule.level}" (${approvers})` };
    }
    const seat = { rule, voices: filled.voices, isLast, isParallel: rule.isParallel };
    seating = keepApart({ seats: [...seating.seats, seat], notes: [...seating.notes, ...filled.notes] });
  }
  return seating.seats.length === 0
    ? { refusal: 'no-approver', message: 'the rules name no level' }
    : bounded(planOf(input, seating));
}

/**
 * What is wrong with the first wrong choice of the level. Whoever was chosen and would be replaced, for whatever reason, was
 * chosen wrongly.
 */
function wrongChoice(
  input: RouteInput,
  { approvers }: ApprovalLevelRule,
  isLast: boolean,
  filled: Filled | undefined,
): FieldIssue | undefined {
  const { choices = {}, organisation, subject } = input;
  const form = FORMS[subject];
  const issues = approvers
    .filter(({ rule }) => isChosen(rule))
    .map(({ rule }): FieldIssue | undefined => {
      const person = organisation.people.get(chosenBy(choices, rule) ?? '');
      const wrong = choiceIssue(choices, rule, organisation, form);
      if (person === undefined || wrong !== undefined) {
        return wrong;
      }
      const replaced = filled?.notes.find(({ from }) => from === person.employeeId)?.reason;
      const reason = replaced ?? obstacle(input, person, isLast && filled === undefined);
      return reason === undefined ? undefined : issueOf(rule, form, `${person.employeeId} ${reason}`);
    });
  return issues.find((issue) => issue !== undefined);
}

function bounded(plan: ApprovalPlan): RouteResult {
  const crowded = plan.levels.find((_, level) => plannedSeats(plan, level).length > MAX_VOICES);
  return crowded === undefined
    ? { plan }
    : { refusal: 'too-many-approvers', message: `level "${crowded.name}" asks more than ${MAX_VOICES} people at once` };
}

function planOf(input: RouteInput, { seats, notes }: Seating): ApprovalPlan {
  const { approvalId, subject, documentVersion, requesterId, amount, scope, linkLimit, excluded, document, choices } =
    input;
  // What stood before the first level may not have fired: it opens by itself then.
  const levels = seats.map((seat, index) => ({
    ...levelOf(input, seat),
    isParallel: index > 0 && seat.isParallel,
  }));
  const copies = routeCopies(input, input.levelRules, levels);
  return {
    approvalId,
    subject,
    documentVersion,
    requesterId,
    amount,
    ...(scope === undefined ? {} : { scope }),
    linkLimit,
    excluded,
    levels,
    actions: ACTIONS[subject],
    document,
    ...(choices === undefined ? {} : { choices }),
    ...(copies.copyTo.length === 0 ? {} : { copyTo: copies.copyTo }),
    routing: [...notes, ...copies.notes],
  };
}

function levelOf(input: RouteInput, { rule, voices, isLast }: SeatedLevel): Omit<ApprovalLevel, 'isParallel'> {
  const { level, approvers, mode, isParallel: _ofRule, copyTo: _ofPlan, ...others } = rule;
  const approverIds = voices.map(({ person }) => person.employeeId);
  const above = lineAbove(input.organisation, voices[0]?.person).find(
    (person) => obstacle(input, person, isLast) === undefined && !approverIds.includes(person.employeeId),
  );
  return {
    name: level,
    rule: approvers.map((approver) => approver.rule).join(', '),
    approverIds,
    mode: modeOf(mode, voices),
    ...others,
    ...(above === undefined ? {} : { escalateTo: above.employeeId }),
  };
}

function modeOf(mode: ApprovalLevelRule['mode'], voices: readonly Voice[]): LevelMode {
  if (mode.kind === 'quorum') {
    return { kind: 'quorum', needed: mode.needed };
  }
  if (mode.kind === 'weighted') {
    const weights = Object.fromEntries(voices.map(({ person, weight }) => [person.employeeId, weight]));
    return { kind: 'weighted', needed: mode.needed, weights };
  }
  return { kind: mode.kind };
}
