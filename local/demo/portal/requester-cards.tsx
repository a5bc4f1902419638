/** What a requester can do about a request that is on its way: change what was returned, or take it back. */
import type { FiledRequest } from '../oa.ts';
import type { Visit } from './frame.tsx';

/** As `decimalSchema` reads it. */
const DECIMAL = '-?[0-9]+([.][0-9]+)?';

interface ReworkProps {
  readonly visit: Visit;
  readonly request: FiledRequest;
  /** The version that is to be replaced. */
  readonly version: number;
}

export function ReworkCard({ visit, request, version }: ReworkProps) {
  const { t } = visit;
  const { requestId, requisition } = request;
  return (
    <section class="card" aria-labelledby="rework">
      <h2 id="rework">{t('Change it and send it again', '修改后重新提交')}</h2>
      <p class="hint">
        {t(
          `It takes the place of version ${version}. Leave a quantity empty to leave the product out.`,
          `将替换第 ${version} 版。不需要的商品请将数量留空。`,
        )}
      </p>
      <form method="post" action={`/oa/requests/${requestId}/resubmission`}>
        <input type="hidden" name="version" value={String(version)} />
        {requisition.lines.map(({ productCode, quantity }, index) => (
          <div class="field">
            <label for={`quantity.${index}`}>
              {t('Quantity', '数量')} {productCode}
            </label>
            <input
              class="figure"
              id={`quantity.${index}`}
              name={`quantity.${index}`}
              inputmode="decimal"
              autocomplete="off"
              pattern={DECIMAL}
              value={quantity}
            />
          </div>
        ))}
        <button class="main" type="submit">
          {t('Send it again', '重新提交')}
        </button>
      </form>
    </section>
  );
}

export function Withdrawal({ visit, request }: { readonly visit: Visit; readonly request: FiledRequest }) {
  const { t, time } = visit;
  return (
    <section class="card" aria-labelledby="withdrawal">
      <h2 id="withdrawal">{t('Take the request back', '撤回申请')}</h2>
      {request.withdrawnAt === undefined ? (
        <form method="post" action={`/oa/requests/${request.requestId}/withdrawal`}>
          <p class="hint">
            {t('Possible until goods were received or a payment was asked for.', '收货或发起付款之前可以撤回。')}
          </p>
          <button class="end" type="submit">
            {t('Withdraw', '撤回')}
          </button>
        </form>
      ) : (
        <p class="empty">
          {t('Asked for', '已请求撤回')} {time(request.withdrawnAt)}
        </p>
      )}
    </section>
  );
}
