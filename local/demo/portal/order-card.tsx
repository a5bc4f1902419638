/** One order of Tryton with its receipts, invoices and payments, and what its clerks can do now. */
import type { PropsWithChildren } from 'hono/jsx';
import { formatQuantity } from '../../../functions/pages/format.ts';
import { draftInvoice, type OrderFile, pricesToCorrect, productName, stillToCome } from './clerk-work.ts';
import type { Visit } from './frame.tsx';

/** Tryton's states that are no words for a reader yet, in Chinese; in English they are shown as they are. */
const STATES: Readonly<Record<string, string>> = {
  draft: '草稿',
  quotation: '报价',
  confirmed: '已确认',
  processing: '处理中',
  done: '完成',
  cancelled: '已取消',
  none: '无',
  waiting: '等待',
  'partially shipped': '部分到货',
  received: '已收货',
  exception: '异常',
  pending: '待处理',
  'awaiting payment': '待付款',
  'partially paid': '部分付款',
  paid: '已付款',
  validated: '已验证',
  posted: '已过账',
  submitted: '已提交',
  approved: '已批准',
  succeeded: '成功',
  failed: '失败',
};

const GOOD = ['done', 'paid', 'received', 'succeeded'];
const BAD = ['cancelled', 'exception', 'failed'];

interface CardProps {
  readonly visit: Visit;
  readonly file: OrderFile;
}

export function OrderCard({ visit, file }: CardProps) {
  const { t, money, language } = visit;
  const { order } = file;
  return (
    <section class="card" aria-label={`${t('Order', '订单')} ${order.orderNumber}`}>
      <p class="row">
        <strong class="name">
          {t('Purchase order', '采购订单')} {order.orderNumber}
        </strong>
        <strong class="figure">{money(order.total, order.currency)}</strong>
      </p>
      <p class="meta">
        {order.supplierName} · {order.orderedOn}
      </p>
      <p class="tags">
        <State visit={visit} state={order.state} />
        <State visit={visit} label={t('goods', '货物')} state={order.shipmentState} />
        <State visit={visit} label={t('invoice', '发票')} state={order.invoiceState} />
      </p>
      <div class="part">
        <ul class="lines">
          {order.lines.map((line) => (
            <li>
              <span>
                {productName(line.productCode)}
                <br />
                <span class="how">
                  {line.productCode} · {formatQuantity(line.quantity, language)} {line.unit} ×{' '}
                  {money(line.unitPrice, order.currency)}
                </span>
              </span>
              <span class="amount">{money(line.amount, order.currency)}</span>
            </li>
          ))}
        </ul>
      </div>
      <Receipts visit={visit} file={file} />
      <Invoices visit={visit} file={file} />
      <Payments visit={visit} file={file} />
    </section>
  );
}

function Receipts({ visit, file }: CardProps) {
  const { t, language } = visit;
  const { order, receipts } = file;
  const isOpen = stillToCome(file).length > 0;
  return (
    <Part title={t('Goods receipts', '收货')} isEmpty={receipts.length === 0 && !isOpen}>
      <ul class="rows">
        {receipts.map((receipt) => (
          <li>
            <p class="row">
              <span class="name">{receipt.receiptNumber}</span>
              <span class="meta">{receipt.receivedOn}</span>
            </p>
            <p class="meta">
              {receipt.lines
                .map(({ productCode, quantity }) => `${productCode}: ${formatQuantity(quantity, language)}`)
                .join(' · ')}
            </p>
            <p class="tags">
              <State visit={visit} state={receipt.state} />
            </p>
          </li>
        ))}
      </ul>
      {isOpen ? (
        <div class="buttons">
          <Press action={`/tryton/orders/${order.orderNumber}/everything`}>
            {t('Warehouse: all is here', '仓库：全部到货')}
          </Press>
          <a class="button" href={`/tryton/orders/${order.orderNumber}/receipt`}>
            {t('Warehouse: a part is here', '仓库：部分到货')}
          </a>
          <Press action={`/tryton/orders/${order.orderNumber}/cancel`} isEnd>
            {receipts.length === 0
              ? t('Buyer: cancel the order', '采购：取消订单')
              : t('Buyer: give up the rest', '采购：取消未到部分')}
          </Press>
        </div>
      ) : null}
    </Part>
  );
}

function Invoices({ visit, file }: CardProps) {
  const { t, money } = visit;
  const { order, invoices } = file;
  const isCorrectable = invoices.some((invoice) => pricesToCorrect(file, invoice).length > 0);
  return (
    <Part title={t('Supplier invoices', '供应商发票')} isEmpty={invoices.length === 0}>
      <ul class="rows">
        {invoices.map((invoice) => (
          <li>
            <p class="row">
              <span class="name">{invoice.invoiceNumber || t('Draft, no paper yet', '草稿，尚未收到发票')}</span>
              <span class="figure">{money(invoice.total, invoice.currency)}</span>
            </p>
            <p class="meta">{[invoice.supplierReference, invoice.invoiceDate].filter(Boolean).join(' · ')}</p>
            <p class="tags">
              <State visit={visit} state={invoice.state} />
            </p>
          </li>
        ))}
      </ul>
      {draftInvoice(file) === undefined ? null : (
        <div class="buttons">
          <Press action={`/tryton/orders/${order.orderNumber}/invoice`}>
            {t('Accounting: enter as received', '会计：按收货录入发票')}
          </Press>
          <Press action={`/tryton/orders/${order.orderNumber}/dearer-invoice`}>
            {t('Accounting: enter, 10 % dearer', '会计：以高 10 % 的单价录入')}
          </Press>
        </div>
      )}
      {isCorrectable ? (
        <div class="buttons">
          <Press action={`/tryton/orders/${order.orderNumber}/correction`}>
            {t('Accounting: correct to the order’s prices', '会计：按订单单价更正')}
          </Press>
        </div>
      ) : null}
    </Part>
  );
}

function Payments({ visit, file: { payments } }: CardProps) {
  const { t, money } = visit;
  return (
    <Part title={t('Payments', '付款')} isEmpty={payments.length === 0}>
      <ul class="rows">
        {payments.map((payment) => (
          <li>
            <p class="row">
              <span class="name">{payment.paymentNumber}</span>
              <span class="figure">{money(payment.amount, payment.currency)}</span>
            </p>
            <p class="meta">
              {t('for', '对应发票')} {payment.invoiceNumber} · {payment.date}
            </p>
            <p class="tags">
              <State visit={visit} state={payment.state} />
            </p>
            {payment.state === 'processing' ? (
              <div class="buttons">
                <Press action={`/tryton/payments/${payment.paymentNumber}/confirm`}>
                  {t('Bank: executed', '银行：付款成功')}
                </Press>
                <Press action={`/tryton/payments/${payment.paymentNumber}/bounce`} isEnd>
                  {t('Bank: bounced', '银行：付款退回')}
                </Press>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, isEmpty, children }: PropsWithChildren<{ readonly title: string; readonly isEmpty: boolean }>) {
  return isEmpty ? null : (
    <div class="part">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function Press({ action, isEnd, children }: PropsWithChildren<{ readonly action: string; readonly isEnd?: boolean }>) {
  return (
    <form method="post" action={action}>
      <button class={isEnd === true ? 'end' : ''} type="submit">
        {children}
      </button>
    </form>
  );
}

interface StateProps {
  readonly visit: Visit;
  readonly label?: string;
  readonly state: string;
}

function State({ visit: { t }, label, state }: StateProps) {
  const tone = GOOD.includes(state) ? 'tag' : BAD.includes(state) ? 'tag bad' : 'tag quiet';
  const text = t(state, STATES[state] ?? state);
  return <span class={tone}>{label === undefined ? text : `${label}: ${text}`}</span>;
}
