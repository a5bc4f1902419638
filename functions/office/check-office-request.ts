/** An office request is read and checked: against the directory, its form, and whom the route of the form asks for. */
import { wrongChoices } from '../approvals/plan-approval.ts';
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { Directory } from '../directory/port.ts';
import type { OfficeRequest } from '../events/office-request-submitted.ts';
import type { Policies } from '../policy/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { requesterIssues } from '../requests/check-requester.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import { completed, isReturnedByCheck, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { type Issue, returnRequest, wrongChoiceIssue } from '../requests/return-request.ts';
import type { CompiledForm } from './compile-form.ts';
import { impersonalValues } from './domain/form-values.ts';
import { OFFICE, type OfficeHead, type OfficeState } from './domain/office-process.ts';
import { type FormVersion, formAt, loadStartingForms, readFormVersion } from './form-versions.ts';
import { officeQuestion } from './office-question.ts';
import { officeRequestOf, valueIssues } from './read-office-request.ts';

export interface CheckOfficeDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
  /** That come with Meridian. */
  readonly startingForms: readonly CompiledForm[];
}

/** `returned`: the requester is to change it. */
export type CheckOutcome = 'complete' | 'returned';

/**
 * Idempotent. The version of the form that counted when the request was filed is fixed with the first answer.
 * @throws ValidationError, once it is recorded, when it cannot be read or its requester is not known; what was sent in the
 *   place of what was returned throws ResubmissionRefusedError instead.
 */
export async function checkOfficeRequest(deps: CheckOfficeDeps, processId: string): Promise<{ outcome: CheckOutcome }> {
  const head = await readRequest<OfficeState>(deps, processId);
  if (head.state.request !== undefined) {
    return { outcome: 'complete' };
  }
  if (isReturnedByCheck(head)) {
    return { outcome: 'returned' };
  }
  const request = await readOffice(deps, head);
  const form = await formOf(deps, head, request);
  const issues = form === undefined ? [unknownForm(request)] : await issuesIn(deps, head, request, form);
  if (form === undefined || issues.length > 0) {
    await pinForm(deps, processId, form);
    await returnRequest(deps, OFFICE, processId, issues);
    return { outcome: 'returned' };
  }
  await updateProcess<OfficeState, void>(deps, processId, (current) => ({
    ...(current.state.request === undefined ? { change: completeChange(current, request, form) } : {}),
    output: undefined,
  }));
  return { outcome: 'complete' };
}

async function readOffice(deps: CheckOfficeDeps, head: OfficeHead): Promise<OfficeRequest> {
  const read = officeRequestOf(head.state.filed);
  const issues = [
    ...('issues' in read ? read.issues : []),
    ...(await requesterIssues(deps.directory, head.requesterId)),
  ];
  return issues.length > 0 || 'issues' in read ? refuseRequest(deps, OFFICE, head.processId, issues) : read.document;
}

/** What was sent again is of the form that the request is of, whatever form it names. */
async function formOf(
  deps: CheckOfficeDeps,
  { startedAt, state }: OfficeHead,
  request: OfficeRequest,
): Promise<FormVersion | undefined> {
  if (state.form !== undefined) {
    return readFormVersion(deps.store, state.form.id, state.form.version);
  }
  const known = await knownForm(deps, request.form, startedAt);
  return known?.definition.retired === true ? undefined : known;
}

async function knownForm(deps: CheckOfficeDeps, formId: string, at: string): Promise<FormVersion | undefined> {
  const known = await formAt(deps.store, formId, at);
  if (known !== undefined) {
    return known;
  }
  await loadStartingForms(deps, deps.startingForms);
  return formAt(deps.store, formId, at);
}

function unknownForm({ form }: OfficeRequest): Issue {
  return {
    field: 'request.form',
    reason: {
      en: `The company has no form "${form}" in use; fill in one that it has.`,
      zh: `公司没有启用的表单“${form}”，请选择已有的表单。`,
    },
  };
}

async function issuesIn(
  deps: CheckOfficeDeps,
  head: OfficeHead,
  request: OfficeRequest,
  form: FormVersion,
): Promise<readonly Issue[]> {
  const issues = valueIssues(request, form, deps.company.currency);
  if (issues.length > 0) {
    return issues;
  }
  const question = officeQuestion(head.requesterId, request, form, deps.company.currency);
  return (await wrongChoices(question, deps)).map(wrongChoiceIssue);
}

/** What is returned is checked again by the same version. */
async function pinForm(deps: CheckOfficeDeps, processId: string, form: FormVersion | undefined): Promise<void> {
  if (form === undefined) {
    return;
  }
  await updateProcess<OfficeState, void>(deps, processId, ({ state }) => ({
    ...(state.form === undefined ? { change: { entries: [], state: { ...state, form: referenceTo(form) } } } : {}),
    output: undefined,
  }));
}

function referenceTo({ definition: { id }, version }: FormVersion) {
  return { id, version };
}

function completeChange(head: OfficeHead, request: OfficeRequest, form: FormVersion) {
  const { id, version } = referenceTo(form);
  return {
    entries: [
      {
        type: 'OfficeRequestChecked',
        actor: { kind: 'meridian', id: 'checks' } as const,
        facts: {
          form: id,
          formVersion: version,
          formDigest: form.digest,
          version: versionAfter(head),
          fields: impersonalValues(form.definition, request.fields),
          fieldsDigest: digestOf(request.fields),
        },
      },
    ],
    // The record has it as filed: the head need not carry it twice.
    ...completed(head, { ...head.state, filed: {}, form: { id, version }, request }),
    phase: 'Checks',
    effects: [{ kind: 'tell-oa' as const, message: acceptedMessage(OFFICE.noun) }],
  };
}
