/** Which form a request of each kind has, and what can be said on sight against what was written there. */
import type { Directory } from '../../directory/port.ts';
import { EXPENSE, type ExpenseState } from '../../expenses/domain/expense.ts';
import { readClaim } from '../../expenses/read-claim.ts';
import { LEAVE, type LeaveRequestState } from '../../people/domain/leave-process.ts';
import { leaveOf, substituteIssues } from '../../people/read-leave.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import { PURCHASE, type PurchaseState } from '../../procurement/domain/purchase.ts';
import { readRequisition } from '../../procurement/validate-requisition.ts';
import { type Filed, filedSchema } from '../../requests/domain/request.ts';
import type { Issue } from '../../requests/return-request.ts';
import type { FieldIssue } from '../../runtime/errors.ts';
import { claimForm } from './claim-form.ts';
import type { DocumentForm } from './document-form.ts';
import { LEAVE_FORM } from './leave-form.ts';
import { REQUISITION_FORM } from './requisition-form.ts';

export interface RequestForm {
  /** `currency`: the company's own. */
  readonly form: (currency: string) => DocumentForm;
  /** What stands, or what was sent since and refused: as it is to be changed. */
  readonly documentOf: (head: ProcessHead) => Filed;
  /** What the first steps of the process would find, named by the whole path such as `claim.lines[0].amount`. */
  readonly issuesOf: (directory: Directory, filed: Filed, requesterId: string) => Promise<readonly Issue[]>;
}

/** Undefined: requests of this kind are changed in the OA alone. */
export function requestForm({ kind }: Pick<ProcessHead, 'kind'>): RequestForm | undefined {
  return FORMS.get(kind);
}

const FORMS: ReadonlyMap<string, RequestForm> = new Map<string, RequestForm>([
  [
    PURCHASE.kind,
    {
      form: () => REQUISITION_FORM,
      documentOf: ({ state }) => documentOf(state as PurchaseState, 'requisition'),
      issuesOf: async (directory, filed, requesterId) =>
        (await readRequisition({ directory }, filed, requesterId)).issues.map(issueOf),
    },
  ],
  [
    EXPENSE.kind,
    {
      form: claimForm,
      documentOf: ({ state }) => documentOf(state as ExpenseState, 'claim'),
      issuesOf: async (directory, filed) => (await readClaim({ directory }, filed)).issues,
    },
  ],
  [
    LEAVE.kind,
    {
      form: () => LEAVE_FORM,
      documentOf: ({ state }) => documentOf(state as LeaveRequestState, 'leave'),
      issuesOf: async (directory, filed, requesterId) => {
        const read = leaveOf(filed);
        return 'issues' in read ? read.issues.map(issueOf) : substituteIssues(directory, read.leave, requesterId);
      },
    },
  ],
]);

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
