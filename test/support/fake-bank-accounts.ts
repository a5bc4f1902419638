/** The bank accounts of the suppliers of the ERP in memory. */
import type { BankAccount, SupplierAccounts } from '../../functions/connectors/erp/books-port.ts';
import type { Clock } from '../../functions/runtime/ambient.ts';

export class FakeBankAccounts {
  private readonly clock: Clock;
  private readonly suppliers = new Map<string, { supplierSince: string; accounts: Map<string, BankAccount> }>();
  /** Asked for an answer, it throws this. */
  failure: Error | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Somebody enters or changes a bank account of a supplier. */
  set(supplierCode: string, accountId: string, supplierSince = this.now()): void {
    const known = this.suppliers.get(supplierCode) ?? { supplierSince, accounts: new Map() };
    const createdAt = known.accounts.get(accountId)?.createdAt ?? this.now();
    known.accounts.set(accountId, { accountId, createdAt, changedAt: this.now() });
    this.suppliers.set(supplierCode, known);
  }

  async accountsOf(supplierCode: string): Promise<SupplierAccounts | undefined> {
    if (this.failure !== undefined) throw this.failure;
    const known = this.suppliers.get(supplierCode);
    return known === undefined
      ? undefined
      : { supplierSince: known.supplierSince, accounts: [...known.accounts.values()] };
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
