/** The functions that the machine of expense claims calls, by name: the inputs of their handlers, the real use-cases. */
import * as awaitExpenseHandler from '../../functions/expenses/await-expense.handler.ts';
import { awaitExpense } from '../../functions/expenses/await-expense.ts';
import { checkExpense } from '../../functions/expenses/check-claim.ts';
import * as closeExpenseHandler from '../../functions/expenses/close-expense.handler.ts';
import { closeExpense } from '../../functions/expenses/close-expense.ts';
import type { RulePolicy } from '../../functions/expenses/domain/rule-findings.ts';
import type { VerificationPolicy } from '../../functions/expenses/domain/verification.ts';
import { payEmployee } from '../../functions/expenses/pay-employee.ts';
import { postEntry } from '../../functions/expenses/post-entry.ts';
import * as routeExpenseHandler from '../../functions/expenses/route-expense.handler.ts';
import { routeExpense } from '../../functions/expenses/route-expense.ts';
import { undoExpense } from '../../functions/expenses/undo-expense.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { callCommonFunction, type FunctionParts, processIdIn } from './common-functions.ts';

/** Legal entities of the tests' company whose books its ERP keeps: of its two, the one in Shanghai. */
export const BOOKED_ENTITIES = ['CN01'] as const;

/** What the company makes of invoices that a register or the rules of EN 16931 do not confirm. */
export interface ClaimPolicies {
  readonly verificationPolicy?: VerificationPolicy;
  readonly rulePolicy?: RulePolicy;
}

/** What the deployed function of a name would return; it throws as the function would. */
export async function callExpenseFunction(
  parts: FunctionParts,
  functionName: string,
  payload: unknown,
  { verificationPolicy, rulePolicy = { fatal: 'return', warning: 'review' } }: ClaimPolicies = {},
): Promise<unknown> {
  const { deps, erp, files, ledger, directory, alarms, waitClock, policies, company, pagesUrl } = parts;
  const processId = processIdIn(payload);
  switch (functionName) {
    case 'CheckClaim':
      return checkExpense(
        {
          ...{ ...deps, erp, directory, policies, company, files },
          ...{ bookedEntities: BOOKED_ENTITIES, taxIds: {}, verificationPolicy, rulePolicy },
        },
        processId,
      );
    case 'RouteExpense':
      return routeExpense({ ...deps, directory, policies, company }, parseInput(routeExpenseHandler.input, payload));
    case 'PostEntry':
      return postEntry({ ...deps, ledger, directory, policies, company }, processId);
    case 'PayEmployee':
      return payEmployee({ ...deps, ledger, company }, processId);
    case 'AwaitExpense':
      await awaitExpense(
        { ...deps, ledger, alarms, waitClock, policies, directory },
        parseInput(awaitExpenseHandler.input, payload),
      );
      return null;
    case 'UndoExpense':
      return undoExpense({ ...deps, ledger, company }, processId);
    case 'CloseExpense': {
      const recordUrl = async (id: string) => `${pagesUrl}/record/${id}`;
      return closeExpense({ ...deps, recordUrl }, parseInput(closeExpenseHandler.input, payload));
    }
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}
