/** Words of the auditor's pages. */
import type { Text } from '../pages/language.ts';

const both = (en: string, zh: string): Text => ({ en, zh });

export const LABELS = {
  title: both('Evidence', '审计证据'),
  intro: both(
    'Who decided on a request, by what authority, on which version and for whom, and what was refused. That you look is recorded.',
    '某项申请由谁审批、依据何种权限、针对哪个版本、代表何人，以及哪些操作被拒绝。您的查阅会被记录。',
  ),
  find: both('Find', '查询'),
  process: both('Process', '流程编号'),
  request: both('Number of the request', '申请编号'),
  system: both('OA system of the request', '申请所在的 OA 系统'),
  notFound: both('There is no such process.', '未找到该流程。'),
  decisions: both('What was decided and done', '审批与操作'),
  refusals: both('What was refused', '被拒绝的操作'),
  none: both('None.', '无。'),
  by: both('By', '执行者'),
  behalf: both('On behalf of', '代表'),
  authority: both('Authority', '权限依据'),
  posts: both('Own posts at the time', '当时职务'),
  limit: both('Own limit at the time', '当时审批限额'),
  noneOwn: both('none', '无'),
  amount: both('Amount', '金额'),
  version: both('Version of the document', '单据版本'),
  via: both('Way', '方式'),
  reason: both('Why', '原因'),
  entry: both('Entry', '记录条目'),
  readings: both('Who read it today (UTC)', '今日查阅者（UTC）'),
  whole: both('The record is whole', '记录完整'),
  damaged: both('The record is damaged', '记录已被破坏'),
  wholeText: both(
    'Each entry follows from the one before it, and the last is where the process stands.',
    '逐条以哈希相连，最后一条与流程当前状态一致。',
  ),
  requester: both('Requested by', '申请人'),
  outcome: both('Outcome', '结果'),
  erased: both('Personal values were erased.', '个人信息已删除。'),
  wholeRecord: both('The whole record', '完整记录'),
  meridian: both('Meridian, by a rule', 'Meridian（按规则）'),
} as const;
