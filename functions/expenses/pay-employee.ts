/** Hands what the posted entry owes the employee to the ERP's payment run, once. */
import type { EmployeePayment } from '../connectors/erp/ledger-port.ts';
import { compare } from '../money/money.ts';
import { type Decision, updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState, paymentKeyOf } from './domain/expense.ts';
import { paymentRequestedMessage } from './domain/messages.ts';
import { type LedgerStepDeps, postedOf } from './expense-deps.ts';
import { withPayment } from './refresh-payment.ts';

export interface PayEmployeeDeps extends LedgerStepDeps {
  readonly company: CompanyFacts;
}

/** `nothing-due`: all was set off against the advance. `held` by compliance: nothing was asked for. */
export type PayEmployeeOutcome = 'requested' | 'nothing-due' | 'held';

/** Idempotent: a payment of the same key is found, not made again. Errors are those of the ledger port. */
export async function payEmployee(deps: PayEmployeeDeps, processId: string): Promise<{ outcome: PayEmployeeOutcome }> {
  const step = await updateProcess<ExpenseState, ExpenseHead | PayEmployeeOutcome>(deps, processId, (head) =>
    intend(deps, head),
  );
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const { entry, journal } = postedOf(step.state);
  const key = nextKey(step);
  const payment = await deps.ledger
    .payEmployee({
      key,
      entryNumber: entry.entryNumber,
      employeeId: step.requesterId,
      amount: journal.owed,
      date: companyDate(deps.clock, deps.company.timeZone),
    })
    .catch((error: unknown) => recordRefusal(deps, processId, key, error));
  await recordPayment(deps, processId, payment);
  return { outcome: 'requested' };
}

/** The gate before money: no hold. A payment that the bank refused is tried again under a new key. */
async function intend(
  deps: PayEmployeeDeps,
  head: ExpenseHead,
): Promise<Decision<ExpenseState, ExpenseHead | PayEmployeeOutcome>> {
  const { entry, journal } = postedOf(head.state);
  if (compare(journal.owed.amount, '0') === 0) {
    return { output: 'nothing-due' };
  }
  if (head.holds.length > 0) {
    return { output: 'held' };
  }
  const known = await withPayment(deps.ledger, head);
  const state = countFailure(head.processId, known.state);
  if (state.payment !== undefined && state.payment.state !== 'failed') {
    return { change: { ...known, state }, output: 'requested' };
  }
  const next = { ...head, state };
  const facts = { entryNumber: entry.entryNumber, amount: journal.owed };
  const intent = intentChange(EXPENSE, state, nextKey(next), { type: 'PaymentIntended', facts });
  return {
    change: {
      entries: [...known.entries, ...(intent?.entries ?? [])],
      state: intent?.state ?? state,
      effects: known.effects,
    },
    output: next,
  };
}

function nextKey({ processId, state }: ExpenseHead): string {
  return paymentKeyOf(processId, state.failedPayments + 1);
}

/** A refused payment counts once: when it is the one that was tried last. */
function countFailure(processId: string, state: ExpenseState): ExpenseState {
  const { payment, failedPayments } = state;
  const isNew = payment?.state === 'failed' && payment.key === paymentKeyOf(processId, failedPayments + 1);
  return isNew ? { ...state, failedPayments: failedPayments + 1 } : state;
}

/**
 * What the ERP refuses by its rules is certainly not on its way, such as when accounting has paid the entry by hand: the
 * operators may leave it at that. Except `payment-changed`: a payment stands in the ERP, which somebody may let go.
 * @throws always what was caught.
 */
async function recordRefusal(deps: PayEmployeeDeps, processId: string, key: string, error: unknown): Promise<never> {
  if (error instanceof BusinessRuleError && error.rule !== 'payment-changed') {
    const { rule } = error;
    await updateProcess<ExpenseState, void>(deps, processId, ({ state }) =>
      state.payment?.key === key || !state.intended.includes(key)
        ? { output: undefined }
        : {
            change: {
              entries: [{ type: 'PaymentRefused', actor: { kind: 'erp', id: 'erp' }, facts: { key, rule } }],
              state: { ...state, intended: state.intended.filter((other) => other !== key) },
            },
            output: undefined,
          },
    );
  }
  throw error;
}

async function recordPayment(deps: PayEmployeeDeps, processId: string, payment: EmployeePayment): Promise<void> {
  await updateProcess<ExpenseState, void>(deps, processId, ({ state }) =>
    state.payment?.key === payment.key
      ? { output: undefined }
      : {
          change: {
            entries: [{ type: 'PaymentRequested', actor: { kind: 'erp', id: 'erp' }, facts: { ...payment } }],
            state: { ...state, payment },
            phase: 'Payment',
            effects: [{ kind: 'tell-oa', message: paymentRequestedMessage(payment) }],
          },
          output: undefined,
        },
  );
}
