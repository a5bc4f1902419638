/** What every register of invoices does, whoever asks it for us. */
import { describe, expect, it } from 'vitest';
import type { InvoiceRegister, IssuedInvoice } from '../../../functions/connectors/tax/port.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';

export interface RegisterRig {
  readonly register: InvoiceRegister;
  issue(invoice: IssuedInvoice, state?: 'genuine' | 'voided' | 'red-lettered'): void;
  /** Gives no answer to the next question. */
  failOnce(): void;
}

const DIGITAL: IssuedInvoice = {
  number: '24312000000012345678',
  date: '2026-01-01',
  amount: '180.00',
  amountIs: 'total',
};
const EARLIER: IssuedInvoice = {
  ...{ code: '031002600111', number: '12345678', date: '2026-01-01', amount: '169.81', amountIs: 'before-tax' },
  checkCode: '49753264642977383169',
};

export function describeInvoiceRegister(name: string, rig: () => RegisterRig): void {
  describe(`${name} as the register of invoices`, () => {
    it.each([
      ['a fully digital invoice', DIGITAL],
      ['an invoice of a kind before', EARLIER],
    ])('confirms %s that was issued, as often as it is asked', async (_kind, invoice) => {
      rig().issue(invoice);

      expect(await rig().register.verify(invoice)).toBe('genuine');
      expect(await rig().register.verify(invoice)).toBe('genuine');
    });

    it('knows nothing of what nobody issued', async () => {
      rig().issue(EARLIER);

      expect(await rig().register.verify({ ...DIGITAL, number: '24312000000099999999' })).toBe('not-found');
      expect(await rig().register.verify({ ...EARLIER, code: '031002600112' })).toBe('not-found');
    });

    it.each([{ amount: '180.01' }, { date: '2026-01-02' }])('says that it differs in %j', async (change) => {
      rig().issue(DIGITAL);

      expect(await rig().register.verify({ ...DIGITAL, ...change })).toBe('differs');
    });

    it.each(['voided', 'red-lettered'] as const)('says that it is %s', async (state) => {
      rig().issue(EARLIER, state);

      expect(await rig().register.verify(EARLIER)).toBe(state);
    });

    it('may answer later where it does not now', async () => {
      rig().issue(DIGITAL);
      rig().failOnce();

      await expect(rig().register.verify(DIGITAL)).rejects.toThrow(ConnectorTransientError);
      expect(await rig().register.verify(DIGITAL)).toBe('genuine');
    });
  });
}
