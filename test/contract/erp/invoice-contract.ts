/** Of the suite of every ERP: receipts and invoices. */
import { describe, expect, it } from 'vitest';
import { add } from '../../../functions/money/money.ts';
import { type ErpSuite, TODAY, trimmed } from './erp-suite.ts';

export function describeInvoices(suite: ErpSuite): void {
  const { order } = suite;
  describe('receipts and invoices', () => {
    it('adds up what came in parts', async () => {
      // Prepare
      const { orderNumber } = await order();
      const before = await suite.rig.erp.readReceipts(orderNumber);

      // Act
      await suite.rig.clerks.receiveGoods(orderNumber, { 'P-1001': '2' });
      const part = await suite.rig.erp.readReceipts(orderNumber);
      await suite.rig.clerks.receiveGoods(orderNumber);
      const all = await suite.rig.erp.readReceipts(orderNumber);

      // Assess
      expect(before).toEqual([]);
      expect(part).toEqual([
        {
          receiptNumber: expect.any(String),
          orderNumber,
          receivedOn: TODAY,
          lines: [{ lineNumber: 1, quantity: '2' }],
        },
      ]);
      expect(new Set(all.map(({ receiptNumber }) => receiptNumber)).size).toBe(2);
      expect(received(all, 1)).toBe('5');
      expect(received(all, 2)).toBe('10');
    });

    it('shows an invoice from when it was entered, with lines of the order and charges told apart', async () => {
      // Prepare
      const { orderNumber } = await order();
      await suite.rig.clerks.receiveGoods(orderNumber);
      const before = await suite.rig.erp.readInvoices(orderNumber);

      // Act
      const invoiceId = await suite.rig.clerks.enterInvoice(orderNumber, {
        reference: 'F-77',
        prices: { 'P-1001': '690.00' },
        charge: { description: 'Freight', amount: '55.50' },
      });
      const invoices = await suite.rig.erp.readInvoices(orderNumber);

      // Assess
      expect(before).toEqual([]);
      expect(invoices).toHaveLength(1);
      expect(invoices[0]).toMatchObject({
        invoiceId,
        orderNumber,
        supplierReference: 'F-77',
        invoiceDate: TODAY,
        currency: 'CNY',
        state: 'entered',
        total: '4785.50',
      });
      const lines = invoices[0]?.lines ?? [];
      expect(
        lines.map((line) => [line.lineNumber, line.quantity, trimmed(line.unitPrice), trimmed(line.amount)]),
      ).toEqual([
        [1, '5', '690', '3450'],
        [2, '10', '128', '1280'],
        [undefined, '1', '55.5', '55.5'],
      ]);
      expect(lines[2]?.description).toBe('Freight');
    });

    it('shows a corrected invoice under the same identity', async () => {
      // Prepare
      const { orderNumber } = await order();
      await suite.rig.clerks.receiveGoods(orderNumber);
      const invoiceId = await suite.rig.clerks.enterInvoice(orderNumber, {
        reference: 'F-78',
        prices: { 'P-1001': '700.00' },
      });

      // Act
      await suite.rig.clerks.correctInvoice(invoiceId, { reference: 'F-78', prices: { 'P-1001': '680.00' } });
      const invoices = await suite.rig.erp.readInvoices(orderNumber);

      // Assess
      expect(invoices.map(({ invoiceId: id, state, total }) => [id, state, total])).toEqual([
        [invoiceId, 'entered', '4680.00'],
      ]);
    });
  });
}

function received(receipts: readonly { lines: readonly { lineNumber: number; quantity: string }[] }[], line: number) {
  return receipts
    .flatMap(({ lines }) => lines)
    .filter(({ lineNumber }) => lineNumber === line)
    .reduce((total, { quantity }) => add(total, quantity), '0');
}
