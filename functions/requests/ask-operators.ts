/** A step of a process that asks for no money cannot go on: the operators are asked, and offered what may be done about it. */
import * as z from 'zod';
import { type AskDeps, askQuestion } from '../approvals/ask-question.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { plainScope } from '../approvals/domain/scope.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { CompanyFacts } from './company.ts';
import { type FailureAction, failureDocument, failureEntry, type StepFailure } from './domain/step-failure.ts';

export interface AskOperatorsDeps extends AskDeps {
  readonly company: CompanyFacts;
}

/** What the state machine gives. */
export const operatorQuestion = z.object({
  processId: z.string().min(1),
  subject: z.literal('operator'),
  stepId: z.string().min(1),
  failure: z.object({ step: z.string(), error: z.string(), cause: z.string() }),
});

export type OperatorQuestion = z.infer<typeof operatorQuestion>;

/** How one process asks. */
export interface OperatorsOf<State> {
  /** Name of the state machine. */
  readonly kind: string;
  readonly actionsFor: (failure: StepFailure) => readonly FailureAction[];
  /** What the operators are shown besides the failure. */
  readonly about: (head: ProcessHead<State>) => Promise<Pick<DecisionDocument, 'title' | 'requesterName' | 'notes'>>;
}

/** Idempotent per `stepId`. */
export function askOperators<State>(
  deps: AskOperatorsDeps,
  question: OperatorQuestion,
  { kind, actionsFor, about }: OperatorsOf<State>,
): Promise<{ approvalId: string }> {
  const { subject, failure } = question;
  const { currency } = deps.company;
  return askQuestion<State>(deps, question, async (head, approvalId) => {
    const offered: readonly string[] = actionsFor(failure);
    const nothing = { currency, baseCurrency: currency, total: '0', baseTotal: '0' };
    const plan = await planApproval(
      {
        approvalId,
        subject,
        documentVersion: 1,
        requesterId: head.requesterId,
        amount: '0',
        costCentre: '',
        scope: plainScope(currency),
        excluded: [],
        document: failureDocument(failure, { ...nothing, ...(await about(head)) }),
      },
      deps,
    );
    return {
      plan: { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
      phase: 'Waiting for an operator',
      entries: [failureEntry(kind, failure)],
    };
  });
}
