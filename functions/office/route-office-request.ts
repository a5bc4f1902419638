/** Fixes who decides on an office request, or about a step of it that failed, and what they are shown. */
import { type AskInput, askQuestion, type Question } from '../approvals/ask-question.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { askOperators, type OperatorQuestion } from '../requests/ask-operators.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { officeAbout, officeDocument, officeFailureActions } from './domain/office-document.ts';
import { checkedRequest, OFFICE_KIND, type OfficeHead, type OfficeState } from './domain/office-process.ts';
import { readFormVersion } from './form-versions.ts';
import { officeQuestion } from './office-question.ts';

export interface RouteOfficeDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export type RouteOfficeInput = (AskInput & { readonly subject: 'office' }) | OperatorQuestion;

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval.
 */
export function routeOfficeRequest(deps: RouteOfficeDeps, input: RouteOfficeInput): Promise<{ approvalId: string }> {
  return input.subject === 'office'
    ? askQuestion<OfficeState>(deps, input, (head, approvalId) => questionOf(deps, head, approvalId))
    : askOperators<OfficeState>(deps, input, {
        kind: OFFICE_KIND,
        actionsFor: ({ step }) => officeFailureActions(step),
        about: async (head) => officeAbout(head, await requesterName(deps, head), deps.company.currency),
      });
}

async function questionOf(deps: RouteOfficeDeps, head: OfficeHead, approvalId: string): Promise<Question<OfficeState>> {
  const { currency } = deps.company;
  const { request, form: reference } = checkedRequest(head.state);
  const form = await readFormVersion(deps.store, reference.id, reference.version);
  const document = officeDocument(head, form.definition, { requesterName: await requesterName(deps, head), currency });
  const question = officeQuestion(head.requesterId, request, form, currency);
  const plan = await planApproval({ ...question, approvalId, documentVersion: versionOf(head), document }, deps);
  return {
    plan,
    phase: 'Office approval',
    facts: { form: reference.id, formVersion: reference.version, formDigest: form.digest },
  };
}

async function requesterName({ directory }: RouteOfficeDeps, { requesterId }: OfficeHead): Promise<string> {
  return (await directory.person(requesterId))?.name ?? requesterId;
}
