/** The list of open orders: what is promised, and how far each is. */
import type { Context } from 'hono';
import { formatDate, formatMoney, formatQuantity } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { ORDERS_PATH } from '../pages/places.tsx';
import { phaseText } from '../pages/words.ts';
import { More, ownPage } from '../worklist/frame.tsx';
import { ORDER_KINDS, type OrderKind, STAGES } from './domain/stages.ts';
import type { ListedOrder, OrderPage } from './list-orders.ts';
import { KIND_NAMES, LABELS } from './words.ts';

interface OrdersPageProps {
  readonly kind: OrderKind;
  readonly language: Language;
  readonly page: OrderPage;
}

export function ordersPage(context: Context<PageEnvironment>, { kind, language, page }: OrdersPageProps) {
  return ownPage({
    context,
    title: LABELS.title,
    language,
    children: (
      <>
        <nav aria-label={say(LABELS.kinds, language)}>
          <ul class="kinds">
            {ORDER_KINDS.map((one) => (
              <li>
                <a class="tag" href={`${ORDERS_PATH}?kind=${one}`} aria-current={one === kind ? 'page' : undefined}>
                  {say(KIND_NAMES[one], language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {page.orders.length === 0 ? (
          <p class="none">{say(LABELS.none, language)}</p>
        ) : (
          <ul class="items">
            {page.orders.map((listed) => (
              <Order listed={listed} language={language} />
            ))}
          </ul>
        )}
        <More context={context} language={language} next={page.next} />
      </>
    ),
  });
}

function Order({ listed, language }: { readonly listed: ListedOrder; readonly language: Language }) {
  const { processId, order, isLate } = listed;
  const { orderNumber, customer, product, amount, promisedOn } = order;
  const what = customer?.name ?? (product === undefined ? '' : `${product.code} ${product.name}`);
  return (
    <li>
      <div>
        <a href={`${ORDERS_PATH}/${encodeURIComponent(processId)}`}>{orderNumber}</a>
        {isLate ? <span class="tag bad">{say(LABELS.late, language)}</span> : null}
        <p class="by">{what}</p>
        <p class="by">
          {promisedOn === undefined
            ? say(LABELS.noPromise, language)
            : `${say(LABELS.promised, language)} ${formatDate(promisedOn, language)}`}
        </p>
        <Stages order={order} language={language} />
      </div>
      {amount === undefined ? null : <p class="amount">{formatMoney(amount.amount, amount.currency, language)}</p>}
      {product === undefined ? null : (
        <p class="amount">
          {formatQuantity(product.quantity, language)} {product.unit}
        </p>
      )}
    </li>
  );
}

/** Those that the order has come to; the others are named as well, so that nobody has to know what is to come. */
function Stages({ order, language }: { readonly order: ListedOrder['order']; readonly language: Language }) {
  return (
    <ol class="stages" aria-label={say(LABELS.stages, language)}>
      {STAGES[order.kind].map((stage) => {
        const reached = order.reached.find((one) => one.stage === stage);
        return (
          <li class={reached === undefined ? 'open' : reached.isWhole ? 'done' : 'partly'}>
            {say(phaseText(stage), language)}
            {reached?.isWhole === false ? ` (${say(LABELS.partly, language)})` : null}
            {reached?.on === undefined ? null : ` ${formatDate(reached.on, language)}`}
          </li>
        );
      })}
    </ol>
  );
}
