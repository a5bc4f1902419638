/** What each table of rules decides, in a sentence. */
import { both, type Text } from '../pages/language.ts';
import type { POLICY_TABLES } from '../policy/policy-tables.ts';

/** By the name of the file in `rules/`. */
export const DECIDES: { readonly [table in keyof typeof POLICY_TABLES]: Text } = {
  'approval-levels': both('Who approves what, in which order', '什么事项由谁审批、按什么顺序'),
  'link-limit': both('Up to which amount the link of a mail alone decides', '仅凭邮件链接可审批的最高金额'),
  'waiting-times': both(
    'When a wait is reminded of and escalated, and when it ends',
    '等待多久后提醒、升级，以及何时到期',
  ),
  'match-tolerance': both('How much an invoice may differ from its order', '发票与订单之间允许的差异'),
  replenishment: both('Whose purchase short stock is, and whether people are asked', '缺货由谁采购、是否须审批'),
  'split-purchases': both('Which purchases count as one that was split', '哪些采购视为拆分采购'),
  'expense-limits': both('What is claimed of each kind of expense, and until when', '各类费用的报销标准与期限'),
  'expense-findings': both(
    'Which findings of a claim go back, and which a person judges',
    '报销问题退回员工或由人判断',
  ),
  'account-mapping': both('Which account an expense is booked to', '费用记入哪个科目'),
  'ledger-accounts': both('Which accounts a legal entity owes its employees from', '各法人实体的员工往来科目'),
  'leave-entitlement': both('Which leave is offered, and how much of it', '可请的假期类别与天数'),
  attendance: both('By what payroll counts, and which differences are asked about', '薪资按什么计时、哪些差异须询问'),
  compliance: both('What follows when compliance finds something', '合规发现问题后的处理方式'),
};

/** How long a table is. */
export const rowCount = (rows: number): Text => both(rows === 1 ? '1 row' : `${rows} rows`, `${rows} 行`);
