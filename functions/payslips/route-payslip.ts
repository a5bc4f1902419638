/** A step of a payslip cannot go on, or its employee disputes it: the operators are asked. They are shown no amount. */
import { type AskOperatorsDeps, askOperators, type OperatorQuestion } from '../requests/ask-operators.ts';
import { personalNote } from '../requests/domain/step-failure.ts';
import { PAYSLIP_KIND, type PayslipState, payslipFailureActions, wordOn } from './domain/payslip-process.ts';

/** Idempotent per `stepId`. */
export function routePayslip(deps: AskOperatorsDeps, question: OperatorQuestion): Promise<{ approvalId: string }> {
  return askOperators<PayslipState>(deps, question, {
    kind: PAYSLIP_KIND,
    actionsFor: payslipFailureActions,
    about: async ({ requesterId, state }) => {
      const word = wordOn(state);
      const name = (await deps.directory.person(requesterId))?.name ?? requesterId;
      return {
        title: `Payslip ${state.period}, ${name} (${requesterId})`,
        requesterName: name,
        notes: word?.word === 'disputed' ? personalNote('The employee says', '员工说明', word.reason) : [],
      };
    },
  });
}
