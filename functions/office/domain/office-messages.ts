/** What the OA is told about an office request and about nothing else, in both languages. Pure. */
import { commonEndings, type Ending } from '../../requests/domain/messages.ts';
import type { OfficeOutcome } from './office-process.ts';

export const OFFICE_ENDINGS: { readonly [outcome in OfficeOutcome]: Ending } = {
  approved: { status: 'approved', en: 'It is approved.', zh: '申请已批准。' },
  ...commonEndings({ en: 'office request', zh: '申请' }),
};

/** The last word on what is approved. */
export function numberReason(number: string) {
  return { en: `Its number is ${number}.`, zh: `编号：${number}。` };
}
