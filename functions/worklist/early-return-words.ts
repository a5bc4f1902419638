/** What the page says on which a leave that has begun is ended on an earlier day. */
import { both, type Text } from '../pages/language.ts';

export const EARLY_RETURN_LABELS = {
  shorten: both('Come back earlier', '提前结束'),
  hint: both(
    'The days after it are taken back in the ERP, and the balance has them again. Where the rules of its kind say so, your approvers are asked first; until they say yes the leave stands as it is.',
    '其后的天数会在 ERP 中取消并退回余额。按假别规则需要审批的，先由审批人决定；批准之前假期保持不变。',
  ),
  stands: both('It stands from %s to %s.', '现为 %s 至 %s。'),
  to: both('Last day of the leave', '假期的最后一天'),
  toMissing: both(
    'Please name a day, such as 2026-03-04, or tick that you took none; not both.',
    '请填写日期，例如 2026-03-04，或勾选一天未休，两者只选其一。',
  ),
  notTaken: both(
    'I took no day of it: take it back whole, once my approvers agree',
    '我一天未休：经审批人同意后整段撤销',
  ),
  endsAtNoon: both('I work in the afternoon of that day', '当天下午上班'),
  reason: both('Why (you may leave it empty)', '原因（可不填）'),
  send: both('End it on this day', '确认提前结束'),
  cannotShorten: both('It cannot end earlier', '无法提前结束'),
  notShortened: both('It was not shortened', '未能提前结束'),
} as const;

/** Said once it is taken. */
export const SHORTENED = {
  title: both('Your early return is taken', '已收到提前结束'),
  text: both(
    'It is carried out, or your approvers are asked. The OA is told what becomes of it.',
    '系统将予以处理，或先征求审批人意见，结果会通知 OA。',
  ),
} as const;

export function standsText({ from, to }: { readonly from: string; readonly to: string }): Text {
  const filled = (text: string) => text.replace('%s', from).replace('%s', to);
  return both(filled(EARLY_RETURN_LABELS.stands.en), filled(EARLY_RETURN_LABELS.stands.zh));
}
