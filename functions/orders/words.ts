/** Words of the pages of orders. */
import { both, type Text } from '../pages/language.ts';
import type { OrderKind } from './domain/stages.ts';

export const LABELS = {
  title: both('Orders in the ERP', 'ERP 订单进度'),
  kinds: both('Kinds of orders', '订单类型'),
  promised: both('promised for', '承诺日期'),
  noPromise: both('no date promised', '未承诺日期'),
  late: both('Late', '逾期'),
  partly: both('in part', '部分'),
  stages: both('Stages', '阶段'),
  none: both('No order is open.', '没有未完成的订单。'),
  notYours: {
    tone: 'bad',
    title: both('Not for you', '无权查看'),
    text: both(
      'Heads of departments, operators and auditors follow the orders of the ERP.',
      '仅部门负责人、运维人员和审计人员可查看 ERP 订单进度。',
    ),
  },
} as const;

export const KIND_NAMES: { readonly [kind in OrderKind]: Text } = {
  'sales-order': both('Sales orders', '销售订单'),
  'production-order': both('Production orders', '生产订单'),
};
