/** The form of a warehouse clerk who counts what has arrived. */
import { type OrderFile, productName, stillToCome } from './clerk-work.ts';
import { Top, type Visit } from './frame.tsx';

interface Props {
  readonly visit: Visit;
  readonly title: string;
  readonly file: OrderFile;
}

export function PartialReceipt({ visit: { t }, title, file }: Props) {
  const { orderNumber, lines } = file.order;
  const open = stillToCome(file);
  const unitOf = (code: string): string => lines.find(({ productCode }) => productCode === code)?.unit ?? '';
  return (
    <>
      <Top title={title}>
        {t('Order', '订单')} {orderNumber}
      </Top>
      <form class="card" method="post" action={`/tryton/orders/${orderNumber}/receipt`}>
        {open.map(({ productCode, value }) => (
          <div class="field">
            <label for={productCode}>{productName(productCode)}</label>

            <p class="hint">
              {productCode} · {t('still to come: ', '未到货：')}
              {value} {unitOf(productCode)}
            </p>
            <input
              class="figure"
              id={productCode}
              name={productCode}
              inputmode="decimal"
              autocomplete="off"
              value={value}
            />
          </div>
        ))}
        <div class="actions">
          <button class="main" type="submit">
            {t('This has arrived', '确认到货')}
          </button>
          <a class="button" href="/tryton">
            {t('Back', '返回')}
          </a>
        </div>
      </form>
    </>
  );
}
