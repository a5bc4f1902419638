/** An expense claim's whole process in memory, with the handles that a test pulls: people, the OA, the ledger and the clock. */
import {
  type ExpenseClaimSubmitted,
  expenseClaimEnvelopeSchema,
} from '../../functions/events/expense-claim-submitted.ts';
import { EXPENSE, type ExpenseState } from '../../functions/expenses/domain/expense.ts';
import type { VerificationPolicy } from '../../functions/expenses/domain/verification.ts';
import { recordEmployeePayment } from '../../functions/expenses/record-employee-payment.ts';
import { callExpenseFunction } from './expense-functions.ts';
import type { WorldOptions } from './process-world.ts';
import { RequestWorld } from './request-world.ts';

/** The manager of whoever claims, and the reviewer of what a rule cannot judge. */
export const MANAGER = 'E-2001';

interface ExpenseWorldOptions extends WorldOptions {
  /** Without one, the company asks no register of invoices. */
  readonly verificationPolicy?: VerificationPolicy;
}

/** As {@link RequestWorld}, with the books and the bank. */
export class ExpenseWorld extends RequestWorld<ExpenseState, ExpenseClaimSubmitted> {
  constructor({ verificationPolicy, ...options }: ExpenseWorldOptions = {}) {
    super(
      {
        machine: EXPENSE.kind,
        callFunction: (parts, name, payload) => callExpenseFunction(parts, name, payload, verificationPolicy),
        kind: EXPENSE,
        schema: expenseClaimEnvelopeSchema,
        filedIn: ({ claim }) => claim,
      },
      options,
    );
  }

  /** The manager says yes. */
  async approve(): Promise<void> {
    await this.decide(MANAGER, 'approve');
  }

  /** The bank has paid or refused, and the ERP says so. */
  async settle(state: 'completed' | 'failed' = 'completed', paymentNumber = 'EP-1'): Promise<void> {
    const { entryNumber } = this.ledger.settlePayment(paymentNumber, state);
    await recordEmployeePayment({ ...this.deps, ledger: this.ledger }, entryNumber);
    await this.run();
  }
}
