/** The business state of one office request, from filing to the number of its document. Pure. */
import type { OfficeRequest } from '../../events/office-request-submitted.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import { commandKey, newRequest, type RequestKind, type RequestState } from '../../requests/domain/request.ts';

/** Name of the state machine, and of the actor in the record. */
export const OFFICE_KIND = 'office-request';

/** How it ends. `approved`: it has its number. */
export type OfficeOutcome = 'approved' | 'refused' | 'rejected' | 'withdrawn' | 'cancelled' | 'expired';

/** A version of a form. */
export interface FormReference {
  readonly id: string;
  readonly version: number;
}

export interface OfficeState extends RequestState {
  /** The form as it counted when the request was filed: that it stays, whatever is sent in its place. */
  readonly form?: FormReference;
  /** Once the checks found nothing to be changed. */
  readonly request?: OfficeRequest;
  /** Of the document, once it is approved. */
  readonly number?: string;
}

export type OfficeHead = ProcessHead<OfficeState>;

export const OFFICE: RequestKind<OfficeState> = {
  kind: OFFICE_KIND,
  idPrefix: 'OFF',
  noun: 'office request',
  subjects: ['office'],
  entryTypes: {
    registered: 'OfficeRequestRegistered',
    refused: 'OfficeRequestRefused',
    resubmitted: 'OfficeRequestResubmitted',
    closed: 'OfficeRequestClosed',
  },
  // Which fields are personal says the form, and nothing has looked for it yet.
  personalFields: ['fields'],
  newState: newRequest,
  titleOf: ({ oa, state }) => state.request?.title ?? state.rework?.title ?? filedTitle(state) ?? oa.requestId,
  // What the company has no form of has no fields to show.
  isChangedOnPage: ({ form }) => form !== undefined,
  withoutChecks: ({ request: _returned, ...kept }) => kept,
  isCarriedOut: ({ number }) => number !== undefined,
  withdrawalRefusal: ({ state }) => (state.number === undefined ? undefined : 'numbered'),
  withdrawalRefusals: {
    numbered: {
      en: 'It is approved and has its number already; it cannot be withdrawn.',
      zh: '申请已批准并编号，无法撤回。',
    },
  },
  factOutcome: () => undefined,
};

const MAX_TITLE = 200;

function filedTitle({ filed: { title } }: OfficeState): string | undefined {
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, MAX_TITLE) : undefined;
}

/** Stands for the number among the commands of a process: given once, whatever stops it afterwards. */
export function numberKey(processId: string): string {
  return commandKey(processId, 'number');
}

/** @throws Error before the checks. */
export function checkedRequest({ request, form }: OfficeState) {
  if (request === undefined || form === undefined) {
    throw new Error('the office request is not checked yet');
  }
  return { request, form };
}
