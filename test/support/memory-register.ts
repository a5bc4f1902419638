/** The register of invoices in memory: what was issued in it, and what became of that. */
import type { InvoiceRegister, IssuedInvoice, RegisterAnswer } from '../../functions/connectors/tax/port.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';

interface Entry {
  readonly invoice: IssuedInvoice;
  readonly state: Extract<RegisterAnswer, 'genuine' | 'voided' | 'red-lettered'>;
}

export class MemoryRegister implements InvoiceRegister {
  /** How often it is yet to give no answer. */
  downFor = 0;
  asked = 0;
  readonly #issued = new Map<string, Entry>();

  issue(invoice: IssuedInvoice, state: Entry['state'] = 'genuine'): void {
    this.#issued.set(keyOf(invoice), { invoice, state });
  }

  async verify(invoice: IssuedInvoice): Promise<RegisterAnswer> {
    this.asked += 1;
    if (this.downFor > 0) {
      this.downFor -= 1;
      throw new ConnectorTransientError('the register of invoices was not reached');
    }
    return this.answerTo(invoice);
  }

  answerTo(invoice: Omit<IssuedInvoice, 'amountIs'>): RegisterAnswer {
    const entry = this.#issued.get(keyOf(invoice));
    if (entry === undefined) {
      return 'not-found';
    }
    const { date, amount } = entry.invoice;
    return date === invoice.date && amount === invoice.amount ? entry.state : 'differs';
  }
}

function keyOf({ code = '', number }: Pick<IssuedInvoice, 'code' | 'number'>): string {
  return `${code}-${number}`;
}
