/** What states of a Feishu instance mean: https://open.feishu.cn/document/server-docs/approval-v4/event/common-event/approval-instance-event */
import type { FormInstance } from '../../../../intake/port.ts';

/** By the suite's name of the state. A state that is not here is none of ours. */
export const FEISHU_CHANGES: Readonly<Record<string, FormInstance['change']>> = {
  PENDING: 'filed',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  CANCELED: 'withdrawn',
  DELETED: 'withdrawn',
  REVERTED: 'withdrawn',
};
