/** Who would approve a request, and why: the rows of the table that fire, and the plan that they lead to. Writes nothing. */
import type { Directory } from '../directory/port.ts';
import type { FiredRow } from '../policy/evaluate-table.ts';
import { firedLevels, levelQuestion } from '../policy/fired-rules.ts';
import type { CompiledRules } from '../policy/table.ts';
import { createPolicies } from '../policy/table-policies.ts';
import type { Choices } from './domain/chosen.ts';
import type { ApprovalPlan, RuledSubject } from './domain/plan.ts';
import { tryPlan } from './plan-approval.ts';

/** What is to be approved. `amount` is a plain decimal of the company's currency. */
export interface ApprovalRequest {
  readonly subject: RuledSubject;
  readonly amount: string;
  readonly costCentre: string;
  readonly requesterId: string;
  /** Whom the request itself names. */
  readonly choices?: Choices | undefined;
}

/** `refusal`: why nobody may approve it. */
export type ApprovalExplanation = { readonly fired: readonly FiredRow[] } & (
  | { readonly plan: ApprovalPlan }
  | { readonly refusal: string }
);

/** Under these rules and this directory, as they are now. */
export async function explainApproval(
  { choices, ...question }: ApprovalRequest,
  { rules, directory }: { readonly rules: CompiledRules; readonly directory: Directory },
): Promise<ApprovalExplanation> {
  const { subject, amount, costCentre } = question;
  const fired = firedLevels(rules, levelQuestion(subject, Number(amount), costCentre));
  const tried = await tryPlan(
    { ...question, excluded: [], choices: choices ?? {} },
    { directory, policies: createPolicies(rules) },
  );
  return 'plan' in tried ? { fired, plan: tried.plan } : { fired, refusal: tried.refusal.message };
}
