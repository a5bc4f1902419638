/** What the ERP says of the payment now: always read again before it is believed. */

import type { NewEntry } from '../audit/domain/record.ts';
import type { EmployeePayment, LedgerPort } from '../connectors/erp/ledger-port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect, ProcessChange } from '../process/domain/process.ts';
import { withAnswers } from '../requests/domain/request.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState } from './domain/expense.ts';
import { paymentRefusedMessage } from './domain/messages.ts';

interface Known {
  readonly state: ExpenseState;
  readonly entries: readonly NewEntry[];
  /** What follows from them: the OA's word, while it still listens, or the operators'. */
  readonly effects: readonly Effect[];
}

/** The state with the payment as the ERP shows it, and an entry once it is paid or refused. */
export async function withPayment(ledger: LedgerPort, head: ExpenseHead): Promise<Known> {
  const { state } = head;
  const { payment: before } = state;
  const payment = before === undefined ? undefined : await ledger.readEmployeePayment(before.paymentNumber);
  if (before === undefined || payment === undefined || payment.state === before.state || before.state === 'completed') {
    return { state, entries: [], effects: [] };
  }
  const entries = entriesOf(payment);
  return { state: { ...state, payment }, entries, effects: [...news(head, payment), ...lateNotice(head, entries)] };
}

/** The change that brings the process to what the ERP says, with the answers of the waits that are satisfied by it. */
export async function paymentChange(
  ledger: LedgerPort,
  head: ExpenseHead,
  now: Date,
  base: ProcessChange<ExpenseState> = { entries: [] },
): Promise<ProcessChange<ExpenseState>> {
  const known = await withPayment(ledger, { ...head, state: base.state ?? head.state });
  const entries = [...base.entries, ...known.entries];
  const effects = [...(base.effects ?? []), ...known.effects];
  return withAnswers(EXPENSE, head, { ...base, entries, state: known.state, effects }, now);
}

function entriesOf(payment: EmployeePayment): readonly NewEntry[] {
  const actor = { kind: 'erp', id: 'erp' } as const;
  switch (payment.state) {
    case 'completed':
      return [{ type: 'PaymentCompleted', actor, facts: { ...payment } }];
    case 'failed':
      return [{ type: 'PaymentFailed', actor, facts: { ...payment } }];
    default:
      return [];
  }
}

/** Its last word is the end: the OA hears nothing of what comes after. That it is paid, the end says. */
function news({ status }: ExpenseHead, payment: EmployeePayment): readonly Effect[] {
  return status !== 'ended' && payment.state === 'failed'
    ? [{ kind: 'tell-oa', message: paymentRefusedMessage(payment) }]
    : [];
}

/** Nobody waits for what the ERP shows of a claim that has ended: somebody must be told. */
function lateNotice(head: ExpenseHead, entries: readonly NewEntry[]): readonly Effect[] {
  if (head.status !== 'ended' || entries.length === 0) {
    return [];
  }
  const problem = {
    en: `The ERP shows something new on the payment of expense claim ${head.processId}, which has ended (${head.outcome}): nothing follows from it by itself. See to it by hand.`,
    zh: `报销流程 ${head.processId} 已结束（${head.outcome}），ERP 中其付款又有变化：系统不会自动处理，请人工跟进。`,
  };
  return [operatorNotice(problem, { request: head.oa.requestId })];
}
