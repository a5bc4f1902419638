/** Of the suite of every ERP: payments. */
import { describe, expect, it } from 'vitest';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { type ErpSuite, TODAY } from './erp-suite.ts';
import { insist, newKey } from './rig.ts';

/** Racing callers. */
const CALLERS = 8;

export function describePayments(suite: ErpSuite): void {
  const { invoiced, pay } = suite;
  describe('a payment', () => {
    it('posts the invoice and goes through the payment run to the bank, and the order is done', async () => {
      // Prepare
      const { placed, invoiceId, amount } = await invoiced();
      const key = newKey('pay');

      // Act
      const requested = await pay(invoiceId, amount, key);
      const posted = await suite.rig.erp.readInvoices(placed.orderNumber);
      const read = await suite.rig.erp.readPayment(requested.paymentNumber);
      await suite.rig.clerks.confirmPayment(requested.paymentNumber);
      const completed = await suite.rig.erp.readPayment(requested.paymentNumber);
      const final = await suite.rig.erp.readOrder(placed.orderNumber);

      // Assess
      expect(requested).toEqual({
        paymentNumber: expect.any(String),
        key,
        invoiceId,
        amount: { amount: '4680.00', currency: 'CNY' },
        state: 'processing',
      });
      expect(posted.map(({ state }) => state)).toEqual(['posted']);
      expect(read).toEqual(requested);
      expect(completed).toEqual({ ...requested, state: 'completed' });
      expect(final?.state).toBe('done');
      expect((await suite.rig.erp.readInvoices(placed.orderNumber)).map(({ state }) => state)).toEqual(['paid']);
    });

    it('is the same one for the same key, also when eight callers ask at once', async () => {
      // Prepare
      const { invoiceId, amount } = await invoiced();
      const key = newKey('pay');
      const callers = Array.from({ length: CALLERS }, () => suite.rig.another());
      const ask = { key, invoiceId, amount, date: TODAY };

      // Act
      const payments = await Promise.all(callers.map((erp) => insist(() => erp.requestPayment(ask))));
      const again = await suite.rig.erp.requestPayment(ask);

      // Assess
      expect(new Set(payments.map(({ paymentNumber }) => paymentNumber))).toEqual(new Set([again.paymentNumber]));
      expect(await suite.rig.paymentsWith(key)).toBe(1);
    });

    it('is refused when another sum was approved than the invoice shows, and nothing is posted', async () => {
      // Prepare
      const { placed, invoiceId } = await invoiced();
      const key = newKey('pay');

      // Act
      const paying = pay(invoiceId, { amount: '4679.99', currency: 'CNY' }, key);

      // Assess
      await expect(paying).rejects.toThrow(BusinessRuleError);
      await expect(paying).rejects.toMatchObject({ rule: 'payment-differs-from-invoice' });
      expect(await suite.rig.paymentsWith(key)).toBe(0);
      expect((await suite.rig.erp.readInvoices(placed.orderNumber)).map(({ state }) => state)).toEqual(['entered']);
    });

    it('that the bank refused stays failed, and a new key makes a new one', async () => {
      // Prepare
      const { invoiceId, amount } = await invoiced();
      const key = newKey('pay');
      const first = await pay(invoiceId, amount, key);
      await suite.rig.clerks.failPayment(first.paymentNumber);

      // Act
      const same = await pay(invoiceId, amount, key);
      const next = await pay(invoiceId, amount);

      // Assess
      expect(same).toEqual({ ...first, state: 'failed' });
      expect(next.paymentNumber).not.toBe(first.paymentNumber);
      expect(next.state).toBe('processing');
    });

    it('is not there under a number that nobody gave', async () => {
      expect(await suite.rig.erp.readPayment('no-such-payment')).toBeUndefined();
    });
  });
}
