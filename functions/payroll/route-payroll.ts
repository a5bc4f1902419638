/** A step of a payroll run cannot go on: the operators are asked, and shown what payroll says of what it rejects. */
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import type { PayrollSystem, Rejection } from '../connectors/payroll/port.ts';
import { type AskOperatorsDeps, askOperators, type OperatorQuestion } from '../requests/ask-operators.ts';
import { personalNote, type StepFailure } from '../requests/domain/step-failure.ts';
import {
  PAYROLL_KIND,
  type PayrollHead,
  type PayrollRunState,
  payrollFailureActions,
  REJECTED,
} from './domain/payroll-run.ts';

export interface RoutePayrollDeps extends AskOperatorsDeps {
  readonly payroll: PayrollSystem;
}

/** Idempotent per `stepId`. */
export function routePayroll(deps: RoutePayrollDeps, question: OperatorQuestion): Promise<{ approvalId: string }> {
  return askOperators<PayrollRunState>(deps, question, {
    kind: PAYROLL_KIND,
    actionsFor: payrollFailureActions,
    about: async (head) => ({
      title: `Payroll ${head.state.period}`,
      requesterName: head.requesterId,
      notes: await notesOn(deps, head, question.failure),
    }),
  });
}

/** What an operator is to know of a failure beyond its name. */
async function notesOn(
  { payroll }: RoutePayrollDeps,
  { processId, state }: Pick<PayrollHead, 'processId' | 'state'>,
  { error }: StepFailure,
): Promise<readonly Note[]> {
  if (error !== REJECTED) {
    return [];
  }
  const run = { processId, period: state.period };
  const answer = state.handedOver === undefined ? undefined : await payroll.readAnswer(run, state.handedOver.digest);
  return answer?.status === 'rejected' ? answer.reasons.slice(0, SHOWN).flatMap(reasonNote) : [];
}

function reasonNote({ employeeId, reason }: Rejection): readonly Note[] {
  return employeeId === undefined
    ? personalNote('Payroll says', '薪资系统说明', reason)
    : personalNote(`Payroll says of ${employeeId}`, `薪资系统说明（${employeeId}）`, reason);
}

type Note = DecisionDocument['notes'][number];

/** Reasons that a page shows. */
const SHOWN = 60;
