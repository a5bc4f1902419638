/** Prints a purchase's timeline and its final documents. */
import type { PurchaseStory } from './purchase.ts';

export function tellStory({ requestId, processId, record, documents, ...times }: PurchaseStory): void {
  const { order, receipts, invoices, payments, links } = documents;
  const decisions = record.filter(({ type }) => type === 'DecisionMade');
  print(`Record of process ${processId}`, [
    ...record.map(
      ({ sequence, occurredAt, type, actor }) => `${String(sequence).padStart(3)}  ${occurredAt}  ${type} (${actor})`,
    ),
  ]);
  print(`Requisition ${requestId}`, [
    ...order.lines.map(
      (line) => `${line.productCode}  ${line.quantity} x ${line.unitPrice} = ${line.amount} ${order.currency}`,
    ),
  ]);
  print('Decisions', [
    ...decisions.map(({ occurredAt, actor, facts }) => `${occurredAt}  ${actor}: ${facts.action} (${facts.levelName})`),
  ]);
  print('In Tryton', [
    `order    ${order.orderNumber}  ${order.state}  ${order.total} ${order.currency}  for ${order.supplierName}`,
    ...receipts.map(
      ({ receiptNumber, state, lines }) =>
        `receipt  ${receiptNumber}  ${state}  ${lines.map(({ productCode, quantity }) => `${quantity} ${productCode}`).join(', ')}`,
    ),
    ...invoices.map(
      (invoice) =>
        `invoice  ${invoice.invoiceNumber}  ${invoice.state}  ${invoice.total} ${invoice.currency}  (${invoice.supplierReference})`,
    ),
    ...payments.map(
      (payment) => `payment  ${payment.paymentNumber}  ${payment.state}  ${payment.amount} ${payment.currency}`,
    ),
    ...links.map(({ title }) => `link     ${title}`),
  ]);
  print('Times', [
    `event to first mail          ${seconds(times.eventToMailMs)}`,
    `click to the next person     ${seconds(times.clickToResumedMs)}`,
    `whole story                  ${seconds(times.wholeMs)}`,
  ]);
}

function print(title: string, lines: readonly string[]): void {
  console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
