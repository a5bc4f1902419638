/** What the OA is told about an expense claim and about nothing else, in both languages. Pure. */
import type { EmployeePayment } from '../../connectors/erp/ledger-port.ts';
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
import type { ClaimCheck } from './check-claim.ts';
import type { EntryReference, ExpenseOutcome, ExpenseState, PostedJournal } from './expense.ts';

export function postedMessage({ entryNumber }: EntryReference, { owed, setOff }: PostedJournal): OaMessage {
  return message('posted', `In the books as ${entryNumber}.`, `已入账，凭证号 ${entryNumber}。`, {
    entryNumber,
    owed,
    setOff,
  });
}

/** A person judges the findings before anybody approves. */
export function underReviewMessage({ findings }: ClaimCheck): OaMessage {
  return message(
    'under-review',
    `A person looks at what the checks found (${findings.length}) before it is approved.`,
    `校验发现 ${findings.length} 项需人工审核，审核后再进入审批。`,
    { findings: findings.map(({ field, code }) => ({ field, code })) },
  );
}

export function paymentRequestedMessage({ paymentNumber, amount }: EmployeePayment): OaMessage {
  return message(
    'payment-requested',
    `The payment of ${amount.amount} ${amount.currency} is requested: ${paymentNumber}.`,
    `已提交付款 ${amount.amount} ${amount.currency}，付款编号 ${paymentNumber}。`,
    { paymentNumber, amount },
  );
}

/** Told apart from the end: what follows is decided by people. */
export function paymentRefusedMessage({ paymentNumber, amount }: EmployeePayment): OaMessage {
  return message(
    'payment-refused',
    `The bank refused the payment of ${amount.amount} ${amount.currency} (${paymentNumber}); accounting sees to it.`,
    `银行退回了付款 ${amount.amount} ${amount.currency}（付款编号 ${paymentNumber}），财务正在处理。`,
    { paymentNumber, amount },
  );
}

export function reversedMessage({ entryNumber }: EntryReference): OaMessage {
  return message(
    'reversed',
    `Entry ${entryNumber} is taken back; nothing of it is paid.`,
    `凭证 ${entryNumber} 已冲销，款项不予支付。`,
    { entryNumber },
  );
}

/** What the last message says beside the outcome. */
export function closingFacts(_outcome: ExpenseOutcome, { entry, payment, undone }: ExpenseState): OaMessage['facts'] {
  const stands = entry !== undefined && undone !== 'entry-reversed';
  return {
    ...(stands ? { entryNumber: entry.entryNumber } : {}),
    ...(payment?.state === 'completed' ? { paymentNumber: payment.paymentNumber } : {}),
  };
}

export const ENDINGS: { readonly [outcome in ExpenseOutcome]: Ending } = {
  paid: { status: 'paid', en: 'The expenses are paid to the employee.', zh: '报销款已支付。' },
  settled: {
    status: 'settled',
    en: 'The expenses are set off against the advance; nothing is left to be paid.',
    zh: '报销已冲抵借款，无需另行付款。',
  },
  posted: {
    status: 'posted',
    en: 'The expenses are in the books; their payment is settled by hand.',
    zh: '报销已入账，付款由财务人工处理。',
  },
  ...commonEndings({ en: 'expense claim', zh: '报销申请' }),
};
