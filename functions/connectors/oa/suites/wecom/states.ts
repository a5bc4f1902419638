/** What states of a WeCom approval mean: https://developer.work.weixin.qq.com/document/path/91815 */
import type { FormInstance } from '../../../../intake/port.ts';

/** By `SpStatus`: in approval, approved, refused, withdrawn, withdrawn after approval, deleted, paid. */
export const WECOM_CHANGES: Readonly<Record<string, FormInstance['change']>> = {
  '1': 'filed',
  '2': 'approved',
  '3': 'rejected',
  '4': 'withdrawn',
  '6': 'withdrawn',
  '7': 'withdrawn',
  '10': 'approved',
};

/** `StatuChangeEvent` of an approval that was filed. */
export const WECOM_FILED = '1';
/** And of one that is urged (催办). */
export const WECOM_URGED = '5';
