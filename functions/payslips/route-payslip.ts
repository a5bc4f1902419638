/** A step of a payslip cannot go on, or its employee disputes it: the operators are asked. They are shown no amount. */
import { type AskInput, askQuestion } from '../approvals/ask-question.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureDocument, failureEntry, note, type StepFailure } from '../requests/domain/step-failure.ts';
import {
  PAYSLIP_KIND,
  type PayslipHead,
  type PayslipState,
  payslipFailureActions,
  wordOn,
} from './domain/payslip-process.ts';

export interface RoutePayslipDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RoutePayslipInput extends AskInput {
  readonly subject: 'operator';
  readonly failure: StepFailure;
}

/** Idempotent per `stepId`. */
export function routePayslip(deps: RoutePayslipDeps, input: RoutePayslipInput): Promise<{ approvalId: string }> {
  const { subject, failure } = input;
  return askQuestion<PayslipState>(deps, input, async (head, approvalId) => {
    const offered: readonly string[] = payslipFailureActions(failure);
    const plan = await planApproval(
      {
        approvalId,
        subject,
        documentVersion: 1,
        requesterId: head.requesterId,
        amount: '0',
        costCentre: '',
        excluded: [],
        document: await documentFor(deps, head, failure),
      },
      deps,
    );
    return {
      plan: { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
      phase: 'Waiting for an operator',
      entries: [failureEntry(PAYSLIP_KIND, failure)],
    };
  });
}

async function documentFor({ company, directory }: RoutePayslipDeps, head: PayslipHead, failure: StepFailure) {
  const { currency } = company;
  const { requesterId, state } = head;
  const word = wordOn(state);
  const name = (await directory.person(requesterId))?.name ?? requesterId;
  return failureDocument(failure, {
    title: `Payslip ${state.period}, ${name} (${requesterId})`,
    requesterName: name,
    currency,
    baseCurrency: currency,
    total: '0',
    baseTotal: '0',
    notes: word?.word === 'disputed' ? note('The employee says', '员工说明', word.reason) : [],
  });
}
