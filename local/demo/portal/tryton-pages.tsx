/** What Tryton holds now, with the buttons that a warehouse clerk, an accountant, a bank and a buyer would press there. */
import { type Context, Hono } from 'hono';
import { decimalSchema } from '../../../functions/money/money.ts';
import { Notice } from '../../../functions/pages/layout.tsx';
import type { LocalCloud } from '../../cloud/start.ts';
import { type Clerks, createClerks } from '../../tryton/clerks.ts';
import { createDocumentReader } from '../../tryton/documents.ts';
import { dearerPrice, draftInvoice, filesOf, type OrderFile, pricesToCorrect, stillToCome } from './clerk-work.ts';
import { type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';
import { OrderCard } from './order-card.tsx';
import { PartialReceipt } from './partial-receipt.tsx';

const LIMIT = 50;

/** Form data by name. */
type Fields = Readonly<Record<string, unknown>>;

export function trytonPages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/tryton', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'tryton');
    return context.html(documentsPage(visitOf(context), await readFiles(cloud)));
  });
  app.get('/tryton/orders/:order/receipt', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'tryton');
    const file = await readFile(cloud, context.req.param('order'));
    return file === undefined ? context.notFound() : context.html(receiptPage(visitOf(context), file));
  });
  app.post('/tryton/orders/:order/:action', (context) =>
    doWork(deps, context, async (clerks, cloud) => {
      const file = await readFile(cloud, context.req.param('order'));
      if (file !== undefined) {
        await workOnOrder(clerks, file, context.req.param('action'), await context.req.parseBody());
      }
    }),
  );
  app.post('/tryton/payments/:payment/:action', (context) =>
    doWork(deps, context, async (clerks) => {
      const { payment, action } = context.req.param();
      if (action === 'confirm') await clerks.confirmPayment(payment);
      if (action === 'bounce') await clerks.failPayment(payment);
    }),
  );
  return app;
}

/** Does a clerk's work and shows what Tryton holds then, or what kept the clerk from it. */
async function doWork(
  deps: PortalDeps,
  context: Context,
  work: (clerks: Clerks, cloud: LocalCloud) => Promise<void>,
): Promise<Response> {
  const cloud = deps.cloud();
  if (cloud === undefined) return startingPage(context, 'tryton');
  try {
    await work(createClerks(cloud.tryton, cloud.tryton.logins, today), cloud);
    return context.redirect('/tryton', 303);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return context.html(documentsPage(visitOf(context), await readFiles(cloud), reason), 409);
  }
}

async function workOnOrder(clerks: Clerks, file: OrderFile, action: string, fields: Fields): Promise<void> {
  const { orderNumber } = file.order;
  switch (action) {
    case 'receipt':
      await clerks.receiveGoods(orderNumber, arrivedOf(file, fields));
      return;
    case 'everything':
      await clerks.receiveGoods(orderNumber);
      return;
    case 'invoice':
    case 'dearer-invoice':
      await enterInvoice(clerks, file, action === 'dearer-invoice');
      return;
    case 'correction':
      for (const invoice of file.invoices) {
        const priceChanges = pricesToCorrect(file, invoice);
        if (priceChanges.length > 0) await clerks.correctInvoice(invoice.invoiceNumber, { priceChanges });
      }
      return;
    case 'cancel':
      await clerks.cancelOrder(orderNumber);
      return;
  }
}

/** @throws Error when a quantity cannot be read or nothing has arrived */
function arrivedOf(file: OrderFile, fields: Fields) {
  const arrived = stillToCome(file).flatMap(({ productCode }) => {
    const value = String(fields[productCode] ?? '').trim();
    return value === '' || value === '0' ? [] : [{ productCode, value: decimalSchema.parse(value) }];
  });
  if (arrived.length === 0) throw new Error('nothing was said to have arrived');
  return arrived;
}

async function enterInvoice(clerks: Clerks, file: OrderFile, isDearer: boolean): Promise<void> {
  const { orderNumber } = file.order;
  const draft = draftInvoice(file);
  const entered = file.invoices.filter(({ state }) => state !== 'draft').length;
  await clerks.enterInvoice(orderNumber, {
    supplierReference: `${file.order.supplierCode}-${orderNumber}-${entered + 1}`,
    invoiceDate: today(),
    ...(isDearer && draft !== undefined ? { priceChanges: dearerPrice(draft) } : {}),
  });
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Newest first, and so are the documents of each order. */
async function readFiles({ tryton }: LocalCloud): Promise<readonly OrderFile[]> {
  return filesOf(await createDocumentReader(tryton, tryton.logins.admin).listDocuments(LIMIT));
}

async function readFile(cloud: LocalCloud, orderNumber: string): Promise<OrderFile | undefined> {
  return (await readFiles(cloud)).find(({ order }) => order.orderNumber === orderNumber);
}

function documentsPage(visit: Visit, files: readonly OrderFile[], problem?: string) {
  const { t } = visit;
  const title = t('Tryton now', 'Tryton 当前数据');
  return renderPortalPage({
    visit,
    place: 'tryton',
    title,
    // A reload of what a failed form answered would ask whether to send it again.
    isAwaiting: problem === undefined,
    children: (
      <>
        <Top title={title}>
          {t(
            'The company’s books, as Tryton itself tells them. The buttons do what its clerks would do there, each under their own restricted login.',
            '由 Tryton 自身给出的公司账务。按钮所做的，即是相应岗位人员以各自受限账号在其中的操作。',
          )}
        </Top>
        {problem === undefined ? null : (
          <Notice tone="bad" title={t('Tryton did not do this', 'Tryton 未执行此操作')}>
            {problem}
          </Notice>
        )}
        {files.length === 0 ? (
          <section class="card">
            <p class="empty">
              {t(
                'There is no order yet. Meridian makes one once a requisition has been approved.',
                '尚无订单。采购申请获批后，Meridian 会自动生成订单。',
              )}
            </p>
          </section>
        ) : (
          files.map((file) => <OrderCard visit={visit} file={file} />)
        )}
      </>
    ),
  });
}

function receiptPage(visit: Visit, file: OrderFile) {
  const title = visit.t('Receive a part', '部分收货');
  return renderPortalPage({
    visit,
    place: 'tryton',
    title,
    children: <PartialReceipt visit={visit} title={title} file={file} />,
  });
}
