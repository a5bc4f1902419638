/** Who would approve a request, and why: the rows of the table that fire, and the plan that they lead to. Writes nothing. */
import type { Directory } from '../directory/port.ts';
import { answersForLines, type DocumentRow, lineText, rowsOfDocument } from '../policy/document-rows.ts';
import type { CompiledRules } from '../policy/table.ts';
import { createPolicies } from '../policy/table-policies.ts';
import { decideApproval, newApproval } from './domain/approval.ts';
import type { Choices } from './domain/chosen.ts';
import type { ApprovalPlan, RuledSubject } from './domain/plan.ts';
import type { DocumentScope, LineQuestion } from './domain/scope.ts';
import { openingContext } from './opening-context.ts';
import { legalEntitiesOf, tryPlan } from './plan-approval.ts';

/** What is to be approved. `amount` is a plain decimal of the company's currency. */
export interface ApprovalRequest {
  readonly subject: RuledSubject;
  readonly amount: string;
  readonly costCentre: string;
  readonly scope: DocumentScope;
  readonly requesterId: string;
  /** Whom the request itself names. */
  readonly choices?: Choices | undefined;
  /** Employee ids of those who may not decide it, as who ordered may not of its payment; a request of the requester's own bars nobody else. */
  readonly excludedIds?: readonly string[];
}

/** What was asked of the table of levels, and which of its rows fire. */
interface AskedTable {
  readonly asked: readonly LineQuestion[];
  readonly fired: readonly DocumentRow[];
}

/** Who would be asked in the place of whom, on which level, if it opened now. */
export interface StandIn {
  readonly level: string;
  /** Employee ids. */
  readonly from: string;
  readonly to: string;
}

/** `refusal`: why nobody may approve it. */
export type ApprovalExplanation = AskedTable &
  ({ readonly plan: ApprovalPlan; readonly standIns: readonly StandIn[] } | { readonly refusal: string });

/** Under these rules and this directory, as they are now. */
export async function explainApproval(
  { choices, excludedIds = [], ...question }: ApprovalRequest,
  { rules, directory, now }: { readonly rules: CompiledRules; readonly directory: Directory; readonly now: Date },
): Promise<ApprovalExplanation> {
  const excluded = excludedIds.map((employeeId) => ({ employeeId, reason: 'may not decide it' }));
  const table = askLevels(question, rules, await legalEntitiesOf(directory, question));
  const tried = await tryPlan(
    { ...question, excluded, choices: choices ?? {} },
    { directory, policies: createPolicies(rules) },
  );
  return 'plan' in tried
    ? { ...table, plan: tried.plan, standIns: await standInsOf(tried.plan, directory, now) }
    : { ...table, refusal: tried.refusal.message };
}

/** Each level is opened by itself, by the reducer that opens it in the process; nothing is kept. */
async function standInsOf(plan: ApprovalPlan, directory: Directory, now: Date): Promise<readonly StandIn[]> {
  const openings = plan.levels.map(async ({ name, isParallel }, level) => {
    if (isParallel) {
      return [];
    }
    const approval = { ...newApproval(plan), level };
    const command = { kind: 'open', waitId: 'tried', openedAt: now.toISOString() } as const;
    const result = decideApproval(approval, command, await openingContext(directory, approval, now));
    const events = result.kind === 'events' ? result.events : [];
    return events.flatMap((event) =>
      event.type === 'SubstituteAsked'
        ? [{ level: plan.levels[event.level]?.name ?? name, from: event.from, to: event.to }]
        : [],
    );
  });
  return (await Promise.all(openings)).flat();
}

/** Also where nobody may approve it: what fires, and for which line nothing does, says why. */
function askLevels(
  { subject, amount, costCentre, scope: { lines } }: Omit<ApprovalRequest, 'choices'>,
  { tables }: CompiledRules,
  legalEntities: readonly string[],
): AskedTable {
  const table = tables['approval-levels'];
  const about = { costCentre, lines, legalEntities };
  const answers = table === undefined ? [] : answersForLines(table, about, { subject, amount: Number(amount) });
  return { asked: answers.map(({ question }) => question), fired: rowsOfDocument(answers) };
}

/** For which of the lines a row fires, in words for people; none where it fires for all. */
export function firedOnlyFor({ firedFor }: DocumentRow, asked: readonly LineQuestion[]): readonly string[] {
  return firedFor.length === asked.length ? [] : firedFor.map(lineText);
}
