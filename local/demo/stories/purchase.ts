/**
 * The whole story of a purchase, without a person: the OA files a requisition, approvers follow their mails, clerks work
 * in Tryton, and the end is looked up in Tryton, in the OA and in the tables.
 */
import { type LocalCloud, output } from '../../cloud/start.ts';
import { createClerks } from '../../tryton/clerks.ts';
import { createDocumentReader, type OrderDocuments } from '../../tryton/documents.ts';
import { decideByMail, nextMail } from '../approver.ts';
import { fileRequisition } from '../events.ts';
import type { DemoOa } from '../oa.ts';
import { newRequestId } from '../put-event.ts';
import { checkRecord, type StoredEntry } from '../record-check.ts';
import { waitFor } from '../wait-for.ts';

/** Who takes part, by address; ids as in `local/demo/directory.json`. */
const REQUESTER = 'E-1001';
const MANAGER = 'wang.qiang@meridian.example';
const DEPARTMENT_HEAD = 'chen.jing@meridian.example';
const PAYMENT_APPROVER = 'grace.miller@meridian.example';

/** What the story left, and how long its parts took, in milliseconds. */
export interface PurchaseStory {
  readonly requestId: string;
  readonly processId: string;
  readonly documents: OrderDocuments;
  readonly record: readonly StoredEntry[];
  readonly eventToMailMs: number;
  readonly clickToResumedMs: number;
  readonly wholeMs: number;
}

/**
 * Plays it.
 *
 * @param report - told each step
 * @throws Error with one sentence when something does not come or is not as it must be
 */
export async function playPurchase(
  cloud: LocalCloud,
  oa: DemoOa,
  report: (line: string) => void,
): Promise<PurchaseStory> {
  const { endpoint, outputs, tryton } = cloud;
  const clerks = createClerks(tryton, tryton.logins, () => new Date().toISOString().slice(0, 10));
  const reader = createDocumentReader(tryton, tryton.logins.admin);
  const seen = new Set<string>();
  const startedAt = performance.now();

  const requestId = newRequestId();
  await fileRequisition(endpoint, output(outputs, 'EventBusName'), {
    requestId,
    requesterId: REQUESTER,
    title: `Chairs and paper for the new colleagues (${requestId})`,
    justification: 'Five people start next month',
    costCentre: 'CC-100',
    supplierCode: 'SUP-001',
    currency: 'CNY',
    lines: [
      { productCode: 'P-1001', quantity: '5', unitPrice: '680.00' },
      { productCode: 'P-1002', quantity: '20', unitPrice: '128.00' },
    ],
  });
  report(`the OA filed requisition ${requestId}`);
  const firstMail = await nextMail(endpoint, MANAGER, requestId, seen);
  const eventToMailMs = performance.now() - startedAt;

  await decideByMail(firstMail, 'approve');
  report('the manager approved by the link in the mail');
  const clickedAt = performance.now();
  const secondMail = await nextMail(endpoint, DEPARTMENT_HEAD, requestId, seen);
  const clickToResumedMs = performance.now() - clickedAt;
  await decideByMail(secondMail, 'approve', 'Within the budget');
  report('the department head approved');

  const ordered = await waitFor('the OA to be told of the order', () =>
    oa.answersTo(requestId).find(({ status }) => status === 'ordered'),
  );
  const orderNumber = String(ordered.facts.orderNumber);
  report(`Tryton has purchase order ${orderNumber}`);

  report(
    `the warehouse received a part: ${await clerks.receiveGoods(orderNumber, [{ productCode: 'P-1001', value: '2' }])}`,
  );
  report(`the warehouse received the rest: ${await clerks.receiveGoods(orderNumber)}`);
  await waitFor('the OA to be told of the goods', () =>
    oa.answersTo(requestId).find(({ status }) => status === 'received'),
  );
  // Tryton proposes one invoice for each receipt, and the supplier sends one with each delivery.
  for (const delivery of [1, 2]) {
    const invoiceNumber = await clerks.enterInvoice(orderNumber, {
      supplierReference: `${requestId}-${delivery}`,
      invoiceDate: new Date().toISOString().slice(0, 10),
    });
    report(`accounting entered the supplier's invoice ${invoiceNumber}`);
  }

  await decideByMail(await nextMail(endpoint, PAYMENT_APPROVER, requestId, seen), 'approve');
  report('the payment was approved by somebody who had not approved the order');
  const payments = await waitFor('the payments in Tryton', async () => {
    const found = (await reader.readDocuments(orderNumber))?.payments ?? [];
    return found.length === 2 && found.every(({ state }) => state === 'processing') ? found : undefined;
  });
  for (const { paymentNumber } of payments) {
    await clerks.confirmPayment(paymentNumber);
    report(`the bank confirmed payment ${paymentNumber}`);
  }

  const final = await waitFor('the final answer to the OA', () =>
    oa.answersTo(requestId).find(({ facts }) => facts.final === true),
  );
  const wholeMs = performance.now() - startedAt;
  demand(final.status === 'paid', `the OA was told "${final.status}", not "paid"`);

  const documents = await reader.readDocuments(orderNumber);
  demand(documents !== undefined, `Tryton has no order ${orderNumber}`);
  checkDocuments(documents);
  const { processId } = final;
  const { entries, damages } = await waitFor('the last entries of the record', async () => {
    const checked = await checkRecord(endpoint, output(outputs, 'RecordTableName'), processId);
    const types = checked.entries.map(({ type }) => type);
    const afterTheEnd = types.slice(types.indexOf('PurchaseClosed'));
    return ['PurchaseClosed', 'OaTold', 'MailSent'].every((type) => afterTheEnd.includes(type)) ? checked : undefined;
  });
  demand(damages.length === 0, `the record does not hold: ${damages.join('; ')}`);
  return { requestId, processId, documents, record: entries, eventToMailMs, clickToResumedMs, wholeMs };
}

/** What must stand in Tryton at the end. */
function checkDocuments({ order, receipts, invoices, payments, links }: OrderDocuments): void {
  demand(order.state === 'done', `the order is "${order.state}" in Tryton, not "done"`);
  demand(receipts.length === 2, `Tryton has ${receipts.length} receipts, not 2`);
  demand(invoices.length === 2 && invoices.every(({ state }) => state === 'paid'), 'an invoice is not paid in Tryton');
  demand(
    payments.length === 2 && payments.every(({ state }) => state === 'succeeded'),
    'a payment has not succeeded in Tryton',
  );
  const paid = payments.reduce((total, { amount }) => total + Number(amount), 0);
  demand(paid === Number(order.total), `${paid} was paid, and the order is of ${order.total}`);
  demand(links.length === 1, 'the order has no link to the approval record');
}

function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise);
}
