/** What every entry of a record says, whatever process it is of. */
import { ADMINISTRATION_WORDS } from './administration-words.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import { BOOK_WORDS } from './book-words.ts';
import { CHANGE_WORDS } from './change-words.ts';
import { COMPLIANCE_WORDS } from './compliance-words.ts';
import { COURSE_WORDS } from './course-words.ts';
import type { EntryWords, Tone } from './entry-tone.ts';
import { EXPENSE_WORDS } from './expense-words.ts';
import type { FactReader } from './fact-reader.ts';
import { FOLLOWED_ORDER_WORDS } from './followed-order-words.ts';
import { ABSENCE_WORDS, LEAVE_WORDS } from './leave-words.ts';
import { OFFICE_WORDS } from './office-words.ts';
import { OPERATION_WORDS } from './operation-words.ts';
import { PAYMENT_WORDS } from './payment-words.ts';
import { PAYROLL_WORDS } from './payroll-words.ts';
import { ORDER_WORDS, REQUISITION_WORDS } from './purchase-words.ts';
import { STOCK_WORDS } from './stock-words.ts';

/** The sentence of an entry. */
export function entrySentence(type: string, facts: FactReader): string {
  return WORDS[type]?.sentence(facts) ?? type;
}

export function entryTone(type: string): Tone {
  return WORDS[type]?.tone ?? 'plain';
}
const WORDS: { readonly [type: string]: EntryWords } = {
  ...REQUISITION_WORDS,
  ...EXPENSE_WORDS,
  ...LEAVE_WORDS,
  ...OFFICE_WORDS,
  ...CHANGE_WORDS,
  ...PAYROLL_WORDS,
  ...STOCK_WORDS,
  ...FOLLOWED_ORDER_WORDS,
  ...APPROVAL_WORDS,
  ...ORDER_WORDS,
  ...PAYMENT_WORDS,
  ...COURSE_WORDS,
  ...COMPLIANCE_WORDS,
  ...ABSENCE_WORDS,
  ...ADMINISTRATION_WORDS,
  ...BOOK_WORDS,
  ...OPERATION_WORDS,
};
