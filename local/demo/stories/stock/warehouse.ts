/** What the stories of stock share: the warehouse, the ERP's word of it, and what becomes of a purchase in Tryton. */
import { randomUUID } from 'node:crypto';
import type { StockPlace } from '../../../../functions/connectors/erp/stock-port.ts';
import { EVENT_SOURCES, SCHEMA_VERSION } from '../../../../functions/events/envelope.ts';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../../../../functions/events/stock-fell-below-reorder-point.ts';
import { replenishmentId } from '../../../../functions/inventory/domain/replenishment.ts';
import { purchaseIdOf } from '../../../../functions/inventory/own-purchase.ts';
import { createClerks } from '../../../tryton/clerks.ts';
import { createDocumentReader } from '../../../tryton/documents.ts';
import { createStockClerk } from '../../../tryton/stock-clerk.ts';
import { decideByMail } from '../../approver.ts';
import { putEvent } from '../../put-event.ts';
import { waitFor } from '../../wait-for.ts';
import type { Stage } from '../stage.ts';

/** Code of the company's warehouse in Tryton. */
const WAREHOUSE = 'WH';
const PAYMENT_APPROVER = 'E-4002';

const today = () => new Date().toISOString().slice(0, 10);

function placeOf(productCode: string): StockPlace {
  return { productCode, warehouse: WAREHOUSE };
}

/** The first replenishment of a product, and its purchase. */
export function processesOf(productCode: string): { readonly replenishment: string; readonly purchase: string } {
  const replenishment = replenishmentId(placeOf(productCode), 1);
  return { replenishment, purchase: purchaseIdOf(replenishment) };
}

export function stockClerk({ cloud: { tryton } }: Stage) {
  return createStockClerk(tryton, tryton.logins);
}

/** The ERP says on the bus that a product is short; nobody believes it before they have looked. */
export function reportShort(stage: Stage, productCode: string): Promise<void> {
  const detail = {
    metadata: {
      eventId: randomUUID(),
      correlationId: productCode,
      occurredAt: new Date().toISOString(),
      schemaVersion: SCHEMA_VERSION,
    },
    erp: { system: 'tryton' },
    ...placeOf(productCode),
  };
  return putEvent(stage.cloud.endpoint, stage.busName, STOCK_FELL_BELOW_REORDER_POINT, detail, EVENT_SOURCES.erp);
}

/** The number of the order that the record of a purchase names, once it does. */
export async function orderOf(stage: Stage, processId: string): Promise<string> {
  const entries = await stage.recorded({ processId, expected: [['OrderCreated']] });
  return String(entries.find(({ type }) => type === 'OrderCreated')?.facts.orderNumber);
}

/** The goods come, the invoice is entered, its payment approved, and the bank pays; gives what Tryton has then. */
export async function deliverAndPay(stage: Stage, productCode: string, orderNumber: string) {
  const { tryton } = stage.cloud;
  const clerks = createClerks(tryton, tryton.logins, today);
  const reader = createDocumentReader(tryton, tryton.logins.admin);
  stage.say(`the warehouse received ${await clerks.receiveGoods(orderNumber)} of ${orderNumber}`);
  const paper = { supplierReference: `S-${orderNumber}`, invoiceDate: today() };
  stage.say(`accounting entered the supplier's invoice ${await clerks.enterInvoice(orderNumber, paper)}`);
  await decideByMail(await stage.mailTo(PAYMENT_APPROVER, productCode), 'approve');
  const [payment] = await waitFor(`the payment of ${orderNumber} in Tryton`, async () => {
    const { payments = [] } = (await reader.readDocuments(orderNumber)) ?? {};
    return payments.length > 0 && payments.every(({ state }) => state === 'processing') ? payments : undefined;
  });
  await clerks.confirmPayment(payment?.paymentNumber ?? '');
  stage.say(`the payment was approved, and the bank paid`);
  return waitFor(`order ${orderNumber} to be done in Tryton`, async () => {
    const documents = await reader.readDocuments(orderNumber);
    return documents?.order.state === 'done' ? documents : undefined;
  });
}
