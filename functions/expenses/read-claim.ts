/** A claim as it was filed, in its shape: what everything after it may rely on. */
import { toDotPath } from 'zod/v4/core';
import type { Directory } from '../directory/port.ts';
import { type ExpenseClaim, expenseClaimSchema } from '../events/expense-claim-submitted.ts';
import { costCentreIssues } from '../requests/check-requester.ts';
import type { Issue } from '../requests/return-request.ts';
import type { ExpenseState } from './domain/expense.ts';

/** The claim in its shape, of a cost centre that exists; or what is wrong with it. */
export async function readClaim(
  { directory }: { readonly directory: Directory },
  filed: ExpenseState['filed'],
): Promise<{ readonly claim?: ExpenseClaim; readonly issues: readonly Issue[] }> {
  const parsed = expenseClaimSchema.safeParse(filed);
  const centre = await costCentreIssues(directory, 'claim.costCentre', filed.costCentre);
  const issues = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => shapeIssue(toDotPath(['claim', ...path]), message)),
    ...centre.map(({ field, problem, remedy }) => ({
      field,
      reason: { en: `${field}: ${problem}; ${remedy}.`, zh: `${field}：成本中心不存在，请选择已有的成本中心。` },
    })),
  ];
  return parsed.success && issues.length === 0 ? { claim: parsed.data, issues } : { issues };
}

function shapeIssue(field: string, message: string): Issue {
  return {
    field,
    reason: { en: `${field}: ${message}; enter it anew.`, zh: `${field}：内容不符合要求（${message}），请重新填写。` },
  };
}
