/** Which form a request of each kind has, and what can be said on sight against what was written there. */
import type { Directory } from '../../directory/port.ts';
import { CHANGE, type ChangeState } from '../../engineering/domain/change-process.ts';
import { changeOf } from '../../engineering/read-change.ts';
import { EXPENSE, type ExpenseState } from '../../expenses/domain/expense.ts';
import { readClaim } from '../../expenses/read-claim.ts';
import { type FormReference, OFFICE, type OfficeState } from '../../office/domain/office-process.ts';
import { readFormVersion } from '../../office/form-versions.ts';
import { officeRequestOf, valueIssues } from '../../office/read-office-request.ts';
import { LEAVE, type LeaveRequestState } from '../../people/domain/leave-process.ts';
import { leaveOf, substituteIssues } from '../../people/read-leave.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import type { ProcessStore } from '../../process/store/port.ts';
import { PURCHASE, type PurchaseState } from '../../procurement/domain/purchase.ts';
import { readRequisition } from '../../procurement/validate-requisition.ts';
import { type Filed, filedSchema } from '../../requests/domain/request.ts';
import { requesterCommands } from '../../requests/requester-commands.ts';
import type { Issue } from '../../requests/return-request.ts';
import type { FieldIssue } from '../../runtime/errors.ts';
import { CHANGE_FORM } from './change-form.ts';
import { claimForm } from './claim-form.ts';
import type { DocumentForm } from './document-form.ts';
import { LEAVE_FORM } from './leave-form.ts';
import { officeForm } from './office-form.ts';
import { REQUISITION_FORM } from './requisition-form.ts';

export interface RequestForm {
  readonly form: DocumentForm;
  /** What stands, or what was sent since and refused: as it is to be changed. */
  readonly documentOf: (head: ProcessHead) => Filed;
  /** What the first steps of the process would find, named by the whole path such as `claim.lines[0].amount`. */
  readonly issuesOf: (directory: Directory, filed: Filed, requesterId: string) => Promise<readonly Issue[]>;
}

export interface RequestFormDeps {
  readonly store: ProcessStore;
  /** The company's own. */
  readonly currency: string;
}

type FormMaker = (deps: RequestFormDeps, head: ProcessHead) => RequestForm | Promise<RequestForm>;

/** Whether such a request is changed on a page; else in the OA alone. */
export function hasRequestForm(head: ProcessHead): boolean {
  return requesterCommands(head)?.isChangedOnPage(head) === true;
}

/** Undefined: it has none ({@link hasRequestForm}). */
export async function requestForm(deps: RequestFormDeps, head: ProcessHead): Promise<RequestForm | undefined> {
  if (!hasRequestForm(head)) {
    return undefined;
  }
  const make = FORMS.get(head.kind);
  if (make === undefined) {
    throw new Error(`a ${head.kind} is changed on a page, and there is no form of it`);
  }
  return make(deps, head);
}

const FORMS: ReadonlyMap<string, FormMaker> = new Map<string, FormMaker>([
  [
    PURCHASE.kind,
    () => ({
      form: REQUISITION_FORM,
      documentOf: ({ state }) => documentOf(state as PurchaseState, 'requisition'),
      issuesOf: async (directory, filed, requesterId) =>
        (await readRequisition({ directory }, filed, requesterId)).issues.map(issueOf),
    }),
  ],
  [
    EXPENSE.kind,
    ({ currency }) => ({
      form: claimForm(currency),
      documentOf: ({ state }) => documentOf(state as ExpenseState, 'claim'),
      issuesOf: async (directory, filed) => (await readClaim({ directory }, filed)).issues,
    }),
  ],
  [
    LEAVE.kind,
    () => ({
      form: LEAVE_FORM,
      documentOf: ({ state }) => documentOf(state as LeaveRequestState, 'leave'),
      issuesOf: async (directory, filed, requesterId) => {
        const read = leaveOf(filed);
        return 'issues' in read ? read.issues.map(issueOf) : substituteIssues(directory, read.document, requesterId);
      },
    }),
  ],
  [
    CHANGE.kind,
    () => ({
      form: CHANGE_FORM,
      documentOf: ({ state }) => documentOf(state as ChangeState, 'change'),
      issuesOf: async (_directory, filed) => {
        const read = changeOf(filed);
        return 'issues' in read ? read.issues.map(issueOf) : [];
      },
    }),
  ],
  [OFFICE.kind, officeRequestForm],
]);

/** By the version of the form that the request is of. */
async function officeRequestForm({ store, currency }: RequestFormDeps, { state }: ProcessHead): Promise<RequestForm> {
  const { id, version } = formOf(state) ?? { id: '', version: 0 };
  const form = await readFormVersion(store, id, version);
  return {
    form: officeForm(form.definition),
    documentOf: (head) => documentOf(head.state as OfficeState, 'request'),
    issuesOf: async (_directory, filed) => {
      const read = officeRequestOf(filed);
      return 'issues' in read ? read.issues.map(issueOf) : valueIssues(read.document, form, currency);
    },
  };
}

function formOf(state: unknown): FormReference | undefined {
  return (state as OfficeState).form;
}

/** Once it was checked the head has it as it was read, and else as it was filed. */
function documentOf<Name extends string>(
  state: { readonly filed: Filed } & { readonly [name in Name]?: object },
  name: Name,
): Filed {
  const checked = state[name];
  return checked === undefined ? state.filed : filedSchema.parse(checked);
}

function issueOf({ field, problem, remedy }: FieldIssue): Issue {
  return {
    field,
    reason: { en: `${problem}; ${remedy}.`, zh: `内容不符合要求（${problem}），请更正。` },
  };
}
