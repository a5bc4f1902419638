/**
 * What would have been: past documents take the way of other rules or of another organisation, by the code that routes real
 * ones. Waits are those that were observed at each level; how sure a figure is follows from drawing them again and again.
 */
import { type ApprovalQuestion, type PlanApprovalDeps, tryPlan } from '../approvals/plan-approval.ts';
import { meanRange, type Range } from './domain/bootstrap.ts';
import { type ObservedWaits, type PastLevel, stretchesOf, waitKey, waitsOf } from './domain/way.ts';

/** An approval as it was. */
export interface PastApproval {
  readonly processId: string;
  readonly question: Omit<ApprovalQuestion, 'excluded'>;
  /** Who might not decide it, and why. */
  readonly excluded: ApprovalQuestion['excluded'];
  /** The way that it took. */
  readonly levels: readonly PastLevel[];
  /** Who said no, or sent it back, and at which level; absent: nobody did. */
  readonly refusedBy?: { readonly level: string; readonly employeeId: string };
}

export interface WhatIfCosts {
  /** Of whoever decides, for each answer. */
  readonly minutesPerAnswer: number;
  /** Of the company's currency for an hour of theirs. */
  readonly hourlyRate: number;
}

export interface LevelChange {
  readonly subject: string;
  readonly level: string;
  readonly before: number;
  readonly after: number;
}

/** A past approval, by its process. */
export interface Example {
  readonly processId: string;
  readonly amount: string;
  readonly before: string;
  readonly after: string;
}

export interface WhatIf {
  readonly approvals: number;
  /** That would take another way. */
  readonly changed: number;
  readonly examples: readonly Example[];
  readonly levels: readonly LevelChange[];
  /** Answers of people, before and after, of the approvals that somebody could give. */
  readonly answers: { readonly before: number; readonly after: number };
  /** Hours of waiting that would be saved; negative: that would be added. Of levels that open together the longest counts. */
  readonly hoursSaved: Range;
  /** Questions of levels that nobody has ever waited for: their waits are guessed from all others. */
  readonly unobserved: readonly string[];
  /** What was refused at a level, or by a person, that would not be asked any more. */
  readonly missedRefusals: readonly Example[];
  /** All that nobody could give, which save nothing: the reason is the rule that would be broken or the post that is vacant. */
  readonly impossible: readonly (Example & { readonly reason: string })[];
  /** Of the answers for one approval that somebody could give, in the company's currency, on average. */
  readonly cost: { readonly before: number; readonly after: number };
}

/** Examples of another way: so many; counts are of all. */
const EXAMPLES = 5;

export interface WhatIfInput {
  readonly approvals: AsyncIterable<PastApproval>;
  readonly waits: ObservedWaits;
  readonly costs: WhatIfCosts;
  /** From 0 up to, but not including, 1: the same numbers give the same ranges. */
  readonly random: () => number;
}

/** @param deps - the changed rules, the changed organisation, or both */
export async function whatIf(
  deps: PlanApprovalDeps,
  { approvals, waits, costs, random }: WhatIfInput,
): Promise<WhatIf> {
  const tally = newTally();
  for await (const past of approvals) {
    await replay(deps, past, tally);
  }
  const levels = [...tally.levels.values()].sort(
    (one, other) => one.subject.localeCompare(other.subject) || other.before - one.before,
  );
  const moved = [...tally.stretches.values()].filter(({ fewer }) => fewer !== 0);
  const weighted = moved.map(({ subject, names, fewer }) => ({
    weight: fewer,
    observed: waitsOf(waits, subject, names, random),
  }));
  const counted = new Set(moved.flatMap(({ subject, names }) => names.map((name) => waitKey(subject, name))));
  const possible = Math.max(1, tally.approvals - tally.impossible.length);
  const perApproval = (answers: number) => ((answers / possible) * costs.minutesPerAnswer * costs.hourlyRate) / 60;
  return {
    approvals: tally.approvals,
    changed: tally.changed,
    examples: tally.examples,
    levels,
    answers: tally.answers,
    hoursSaved: meanRange(weighted, random),
    unobserved: [...counted].filter((key) => !waits.has(key)),
    missedRefusals: tally.missedRefusals,
    impossible: tally.impossible,
    cost: { before: perApproval(tally.answers.before), after: perApproval(tally.answers.after) },
  };
}

/** Levels that are open together, and how many approvals fewer wait for them. */
interface Stretch {
  readonly subject: string;
  readonly names: readonly string[];
  fewer: number;
}

interface Tally {
  approvals: number;
  changed: number;
  readonly answers: { before: number; after: number };
  readonly levels: Map<string, { subject: string; level: string; before: number; after: number }>;
  readonly stretches: Map<string, Stretch>;
  readonly examples: Example[];
  readonly missedRefusals: Example[];
  readonly impossible: (Example & { readonly reason: string })[];
  /** Who would have approved the order of each purchase, so that they do not approve its payment. */
  readonly orders: Map<string, readonly string[]>;
}

function newTally(): Tally {
  return {
    ...{ approvals: 0, changed: 0, answers: { before: 0, after: 0 }, levels: new Map() },
    ...{ stretches: new Map(), examples: [], missedRefusals: [], impossible: [], orders: new Map() },
  };
}

async function replay(deps: PlanApprovalDeps, past: PastApproval, tally: Tally): Promise<void> {
  const { question, processId, levels: before, refusedBy } = past;
  tally.approvals += 1;
  const tried = await tryPlan({ ...question, excluded: excludedAfter(past, tally) }, deps);
  if ('refusal' in tried) {
    // Nobody is asked less by it: the request stays where it is.
    tally.impossible.push({ ...exampleOf(past, []), reason: tried.refusal.message });
    return;
  }
  const after = tried.plan.levels.map(({ name, approverIds, isParallel }) => ({
    ...{ name, approverIds, isParallel },
  }));
  count(tally, past, after);
  if (wayOf(before) !== wayOf(after)) {
    tally.changed += 1;
    // Where the order takes its old way, the record knows better than the plan who has approved it.
    if (question.subject === 'order') {
      const approvers = after.flatMap(({ approverIds }) => approverIds.slice(0, 1));
      tally.orders.set(processId, approvers);
    }
    tally.examples.push(...(tally.examples.length < EXAMPLES ? [exampleOf(past, after)] : []));
  }
  const isAsked = after.some(
    ({ name, approverIds }) => name === refusedBy?.level || approverIds.includes(refusedBy?.employeeId ?? ''),
  );
  if (refusedBy !== undefined && !isAsked) {
    tally.missedRefusals.push(exampleOf(past, after));
  }
}

/** Whoever approves the order does not approve its payment, whoever that would have been. */
function excludedAfter(
  { question, processId, excluded }: PastApproval,
  { orders }: Tally,
): ApprovalQuestion['excluded'] {
  const approvers = question.subject === 'payment' ? orders.get(processId) : undefined;
  return approvers === undefined
    ? excluded
    : approvers.map((employeeId) => ({ employeeId, reason: 'approved the order' }));
}

function count(
  tally: Tally,
  { question: { subject }, levels: before }: PastApproval,
  after: readonly PastLevel[],
): void {
  for (const [side, levels] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const { name } of levels) {
      const key = waitKey(subject, name);
      const counted = tally.levels.get(key) ?? { subject, level: name, before: 0, after: 0 };
      counted[side] += 1;
      tally.levels.set(key, counted);
    }
    tally.answers[side] += levels.length;
    countStretches(tally.stretches, subject, levels, side === 'before' ? 1 : -1);
  }
}

function countStretches(
  stretches: Map<string, Stretch>,
  subject: string,
  levels: readonly PastLevel[],
  fewer: number,
): void {
  for (const names of stretchesOf(levels)) {
    const key = JSON.stringify([subject, ...names]);
    const known = stretches.get(key) ?? { subject, names, fewer: 0 };
    known.fewer += fewer;
    stretches.set(key, known);
  }
}

function exampleOf({ processId, question: { amount }, levels }: PastApproval, after: readonly PastLevel[]): Example {
  return { processId, amount, before: wayOf(levels), after: wayOf(after) };
}

function wayOf(levels: readonly PastLevel[]): string {
  return levels
    .map(({ name, approverIds, isParallel }, index) => {
      const place = index === 0 ? '' : isParallel ? ' ∥ ' : ' → ';
      return `${place}${name} (${approverIds.join(', ')})`;
    })
    .join('');
}
