/** An expense claim's whole process in memory, with the handles that a test pulls: people, the OA, the ledger and the clock. */
import {
  type ExpenseClaimSubmitted,
  expenseClaimEnvelopeSchema,
} from '../../functions/events/expense-claim-submitted.ts';
import { EXPENSE, type ExpenseState } from '../../functions/expenses/domain/expense.ts';
import { recordEmployeePayment } from '../../functions/expenses/record-employee-payment.ts';
import { type ClaimPolicies, callExpenseFunction } from './expense-functions.ts';
import type { WorldOptions } from './process-world.ts';
import { RequestWorld } from './request-world.ts';

/** The manager of whoever claims, and the reviewer of what a rule cannot judge. */
export const MANAGER = 'E-2001';

type ExpenseWorldOptions = WorldOptions & ClaimPolicies;

/** As {@link RequestWorld}, with the books and the bank. */
export class ExpenseWorld extends RequestWorld<ExpenseState, ExpenseClaimSubmitted> {
  constructor({ verificationPolicy, rulePolicy, ...options }: ExpenseWorldOptions = {}) {
    const policies = {
      ...(verificationPolicy === undefined ? {} : { verificationPolicy }),
      ...(rulePolicy === undefined ? {} : { rulePolicy }),
    };
    super(
      {
        machine: EXPENSE.kind,
        callFunction: (parts, name, payload) => callExpenseFunction(parts, name, payload, policies),
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
