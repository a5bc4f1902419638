/** What the entries of sales and production orders say that are followed in the ERP. */
import { phaseText } from '../pages/words.ts';
import { bad, type EntryWords, plain } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';

const onDay = (f: FactReader, name: string) => (f.text(name) === '' ? f.say('no date', '未定日期') : f.text(name));
const stage = (f: FactReader) => f.word('stage', phaseText);

export const FOLLOWED_ORDER_WORDS: { readonly [type: string]: EntryWords } = {
  OrderFollowed: plain((f) =>
    f.text('orderKind') === 'sales-order'
      ? f.say(
          `Sales order ${f.text('orderNumber')} of customer ${f.text('customerCode')} for ${f.amount('amount', 'currency')}, promised for ${onDay(f, 'promisedOn')}`,
          `销售订单 ${f.text('orderNumber')}，客户 ${f.text('customerCode')}，金额 ${f.amount('amount', 'currency')}，承诺日期：${onDay(f, 'promisedOn')}`,
        )
      : f.say(
          `Production order ${f.text('orderNumber')} of ${f.text('quantity')} ${f.text('unit')} ${f.text('productCode')}, planned for ${onDay(f, 'promisedOn')}`,
          `生产订单 ${f.text('orderNumber')}，${f.text('productCode')} ${f.text('quantity')} ${f.text('unit')}，计划日期：${onDay(f, 'promisedOn')}`,
        ),
  ),
  OrderStageReached: plain((f) => {
    const day = f.text('on');
    const partly = f.text('isWhole') === 'false';
    return f.say(
      `${stage(f)}${partly ? ' in part' : ''}${day === '' ? '' : ` on ${day}`}`,
      `${partly ? '部分' : ''}${stage(f)}${day === '' ? '' : `（${day}）`}`,
    );
  }),
  OrderStageTakenBack: bad((f) => f.say(`No longer: ${stage(f)}`, `已撤销：${stage(f)}`)),
  OrderPromiseMoved: plain((f) =>
    f.say(
      `Promised for ${onDay(f, 'promisedOn')} instead of ${onDay(f, 'formerly')}`,
      `承诺日期由${onDay(f, 'formerly')}改为${onDay(f, 'promisedOn')}`,
    ),
  ),
  OrderAmountChanged: plain((f) =>
    f.say(
      `Now ${f.amount('amount', 'currency')} (before: ${f.text('formerly')})`,
      `金额改为 ${f.amount('amount', 'currency')}（原 ${f.text('formerly')}）`,
    ),
  ),
  OrderQuantityChanged: plain((f) =>
    f.say(
      `Now ${f.text('quantity')} (before: ${f.text('formerly')})`,
      `数量改为 ${f.text('quantity')}（原 ${f.text('formerly')}）`,
    ),
  ),
  OrdersRefused: bad((f) =>
    f.say(
      `${f.person('employeeId')} asked for the orders of the ERP, and was shown none`,
      `${f.person('employeeId')}尝试查看 ERP 订单，被拒绝`,
    ),
  ),
  FollowedOrderClosed: plain((f) => f.say('Nothing is left to be done', '订单已全部完成')),
  FollowedOrderCancelled: bad((f) => f.say('Cancelled in the ERP', '已在 ERP 中取消')),
  FollowedOrderReopened: plain((f) => f.say('Open again in the ERP', '已在 ERP 中重新打开')),
};
