/** What the entries of replenishments say, and those of purchases that only a replenishment has. */
import { midSentence, outcomeText } from '../pages/words.ts';
import { ruledText } from './approval-words.ts';
import { bad, type EntryWords, plain } from './entry-tone.ts';

export const STOCK_WORDS: { readonly [type: string]: EntryWords } = {
  ReplenishmentOpened: plain((f) =>
    f.say(
      `${f.text('productCode')} in ${f.text('warehouse')} is reported to be below its reorder point`,
      `收到库存预警：${f.text('warehouse')} 的 ${f.text('productCode')} 低于再订货点`,
    ),
  ),
  ReplenishmentProposed: plain((f) =>
    f.say(
      `${f.text('quantity')} ${f.text('unit')} are to be bought from ${f.text('supplierCode')} for ${f.amount('total', 'currency')}: forecast ${f.text('forecast')}, minimum ${f.text('minimum')}, target ${f.text('target')}. ${f.person('requesterId')} plans it`,
      `建议采购 ${f.text('quantity')} ${f.text('unit')}，供应商 ${f.text('supplierCode')}，金额 ${f.amount('total', 'currency')}：预计库存 ${f.text('forecast')}，最低 ${f.text('minimum')}，目标 ${f.text('target')}。计划员：${f.person('requesterId')}`,
    ),
  ),
  ReplenishmentClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
  StockRecovered: plain((f) =>
    f.say(
      `The ERP says that the stock is not short any more (forecast ${f.text('forecast')}, minimum ${f.text('minimum')})`,
      `ERP 显示库存已恢复（预计 ${f.text('forecast')}，最低 ${f.text('minimum')}）`,
    ),
  ),
  OrderReleasedByRule: plain((f) =>
    f.say(
      `The order of ${f.amount('amount', 'currency')} goes without asking anybody${ruledText(f)}`,
      `金额 ${f.amount('amount', 'currency')} 的订单免审批放行${ruledText(f)}`,
    ),
  ),
  ForeignPurchaseRefused: bad((f) =>
    f.say(
      `A purchase in the name of ${f.person('requesterId')} that this replenishment has not proposed was refused`,
      `以${f.person('requesterId')}名义发起、并非本补货流程提出的采购被拒绝`,
    ),
  ),
};
