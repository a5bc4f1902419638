/** What the entries of deliveries, invoices and payments say. */
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';

export const PAYMENT_WORDS: { readonly [type: string]: EntryWords } = {
  SupplierInvoiceReceived: plain((f) =>
    f.say(
      `Supplier's invoice ${f.text('supplierReference') || f.text('invoiceId')} entered: ${f.amount('total', 'currency')}`,
      `已登记供应商发票 ${f.text('supplierReference') || f.text('invoiceId')}：${f.amount('total', 'currency')}`,
    ),
  ),
  SupplierInvoiceCancelled: plain((f) =>
    f.say(
      `Supplier's invoice ${f.text('supplierReference') || f.text('invoiceId')} cancelled`,
      `供应商发票 ${f.text('supplierReference') || f.text('invoiceId')} 已作废`,
    ),
  ),
  InvoicesMatched: plain((f) =>
    f.text('result') === 'accepted'
      ? f.say('The differences were accepted; order, receipt and invoice are matched', '差异已接受，三单匹配通过')
      : f.say('Order, receipt and invoice agree', '订单、收货与发票三单一致'),
  ),
  InvoicesMismatched: bad((f) => {
    const differences = f
      .items('differences')
      .map((d) => `${d.text('kind')} ${d.text('expected')} → ${d.text('found')}`);
    return f.say(
      `Order, receipt and invoice differ: ${differences.join('; ')}`,
      `三单不一致：${differences.join('；')}`,
    );
  }),
  CorrectionRequested: plain((f) => f.say('A corrected invoice is asked for', '已要求更正发票')),
  PaymentIntended: quiet((f) =>
    f.say(`About to request the payment of ${f.money('amount')}`, `准备提交付款 ${f.money('amount')}`),
  ),
  PaymentRequested: plain((f) =>
    f.say(
      `Payment ${f.text('paymentNumber')} requested in the ERP: ${f.money('amount')}`,
      `已在 ERP 提交付款 ${f.text('paymentNumber')}：${f.money('amount')}`,
    ),
  ),
  PaymentCompleted: plain((f) =>
    f.say(
      `Payment ${f.text('paymentNumber')} completed: ${f.money('amount')}`,
      `付款 ${f.text('paymentNumber')} 已完成：${f.money('amount')}`,
    ),
  ),
  PaymentFailed: bad((f) => f.say(`Payment ${f.text('paymentNumber')} failed`, `付款 ${f.text('paymentNumber')} 失败`)),
};
