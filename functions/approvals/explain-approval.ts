/** Who would approve a request, and why: the rows of the table that fire, and the plan that they lead to. Writes nothing. */
import type { Directory } from '../directory/port.ts';
import { answersForLines, type DocumentRow, lineText, rowsOfDocument } from '../policy/document-rows.ts';
import type { CompiledRules } from '../policy/table.ts';
import { createPolicies } from '../policy/table-policies.ts';
import type { Choices } from './domain/chosen.ts';
import type { ApprovalPlan, RuledSubject } from './domain/plan.ts';
import type { DocumentScope, LineQuestion } from './domain/scope.ts';
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
}

/** What was asked of the table of levels, and which of its rows fire. */
interface AskedTable {
  readonly asked: readonly LineQuestion[];
  readonly fired: readonly DocumentRow[];
}

/** `refusal`: why nobody may approve it. */
export type ApprovalExplanation = AskedTable & ({ readonly plan: ApprovalPlan } | { readonly refusal: string });

/** Under these rules and this directory, as they are now. */
export async function explainApproval(
  { choices, ...question }: ApprovalRequest,
  { rules, directory }: { readonly rules: CompiledRules; readonly directory: Directory },
): Promise<ApprovalExplanation> {
  const table = askLevels(question, rules, await legalEntitiesOf(directory, question));
  const tried = await tryPlan(
    { ...question, excluded: [], choices: choices ?? {} },
    { directory, policies: createPolicies(rules) },
  );
  return 'plan' in tried ? { ...table, plan: tried.plan } : { ...table, refusal: tried.refusal.message };
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
