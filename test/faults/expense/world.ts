/** Expense claims in a world in which every message is on its way by itself, and every function can be killed at every await. */
import type { LedgerPort } from '../../../functions/connectors/erp/ledger-port.ts';
import {
  type ExpenseClaimSubmitted,
  expenseClaimEnvelopeSchema,
} from '../../../functions/events/expense-claim-submitted.ts';
import { EXPENSE, type ExpenseState } from '../../../functions/expenses/domain/expense.ts';
import { recordEmployeePayment } from '../../../functions/expenses/record-employee-payment.ts';
import { callExpenseFunction } from '../../support/expense-functions.ts';
import type { Guard } from '../kit/invocations.ts';
import { EVENT } from '../requests/hops.ts';
import { ChaosWorld, type Planted, type Trial } from '../requests/world.ts';

/** As {@link Planted}, with what only claims can have wrong. */
export interface PlantedInClaims extends Planted {
  /** Around the connector of the ledger. */
  readonly aroundLedger?: (ledger: LedgerPort) => LedgerPort;
}

export class ExpenseChaosWorld extends ChaosWorld<ExpenseState, ExpenseClaimSubmitted> {
  /** Payments that the poller has seen at their end. */
  private readonly seen = new Set<string>();
  private readonly aroundLedger: NonNullable<PlantedInClaims['aroundLedger']>;

  constructor(trial: Trial<PlantedInClaims>) {
    super(
      {
        machine: EXPENSE.kind,
        callFunction: callExpenseFunction,
        kind: EXPENSE,
        schema: expenseClaimEnvelopeSchema,
        filedIn: ({ claim }) => claim,
      },
      trial,
    );
    this.aroundLedger = trial.planted.aroundLedger ?? ((ledger) => ledger);
  }

  /** Each payment that the bank made or refused is told once; what the poller itself may do wrong, purchases show. */
  override async poll(): Promise<void> {
    const settled = this.ledger.allEmployeePayments().filter(({ state }) => state !== 'processing');
    for (const { paymentNumber, entryNumber } of settled.filter((payment) => !this.seen.has(payment.paymentNumber))) {
      this.seen.add(paymentNumber);
      this.post.send(EVENT, 'employee payment', () =>
        this.work('RecordErpFact', (guard) =>
          recordEmployeePayment({ ...this.guarded(guard), ledger: this.ledgerFor(guard) }, entryNumber),
        ),
      );
    }
    await this.run();
  }

  protected override ledgerFor(guard: Guard): LedgerPort {
    return this.aroundLedger(super.ledgerFor(guard));
  }

  /** The bank pays, or refuses, one of the payments that are on their way. */
  bank(index: number, pays: boolean): void {
    const waiting = this.ledger.allEmployeePayments().filter(({ state }) => state === 'processing');
    const payment = waiting[index % Math.max(waiting.length, 1)];
    if (payment !== undefined) {
      this.ledger.settlePayment(payment.paymentNumber, pays ? 'completed' : 'failed');
    }
  }
}
