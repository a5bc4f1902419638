/** What the page of substitutes and absence says. */
import { both, type Text } from '../pages/language.ts';
import type { AbsenceRefusal } from '../people/domain/own-absence.ts';
import type { ListedAbsence } from '../people/list-absences.ts';

export const ABSENCE_LABELS = {
  own: both('When I am away', '我的外出'),
  noOwn: both('Nobody stands in for you.', '目前没有人代理您。'),
  standIns: both('For whom I stand in, now and in the coming 90 days', '我代理的同事（目前及未来 90 天）'),
  noStandIns: both('You stand in for nobody.', '您目前没有代理任何同事。'),
  name: both('Name a substitute', '指定代理人'),
  from: both('First day', '开始日期'),
  to: both('Last day', '结束日期'),
  person: both('Colleague (employee id, mail address or full name)', '同事（工号、邮箱或姓名）'),
  scope: both('Tasks that go to them', '转交的事项'),
  scopeHint: both('Tick none for all tasks.', '不勾选表示全部事项。'),
  send: both('Name the substitute', '指定'),
  end: both('End it now', '立即结束'),
  record: both('Record', '记录'),
  openTasks: both(
    'What you were asked before stays with you: transfer it on its page.',
    '此前已由您处理的事项不会自动转出，请在事项页面转办。',
  ),
} as const;

export const NAMED = both('Your substitute is named', '代理人已指定');
export const NAMED_TEXT = both('They have been told by mail.', '系统已邮件通知对方。');
export const ENDED = both('Nobody stands in any more', '代理已结束');
export const ENDED_TEXT = both(
  'They have been told by mail. What they were asked already stays with them.',
  '系统已邮件通知对方。已转给对方的事项仍由其处理。',
);
export const NOT_NAMED = both('No substitute was named', '未能指定代理人');
export const NOT_NAMED_TEXT = both('Please see what is said beside the fields.', '请查看各栏的提示。');

export const SOURCES: { readonly [source in ListedAbsence['source']]: Text } = {
  own: both('named by you', '由您指定'),
  leave: both('approved leave', '已批准的休假'),
  directory: both('from the directory', '来自组织架构'),
};

/** Beside the field. */
export const ABSENCE_REFUSALS: { readonly [reason in AbsenceRefusal['reason']]: Text } = {
  'no-day': both('Write a day, such as 2026-12-01.', '请填写日期，例如 2026-12-01。'),
  'before-today': both('It cannot begin before today.', '开始日期不能早于今天。'),
  'ends-before': both('The last day must not be before the first.', '结束日期不能早于开始日期。'),
  'too-far': both('It can end a year from now at the latest.', '结束日期不能超过一年。'),
  overlaps: both(
    'Somebody stands in for you on some of these days already. End that first; a leave is changed in the OA.',
    '这段时间内已有代理人。请先结束原有代理；休假请在 OA 中修改。',
  ),
  'no-person': both('Write who stands in.', '请填写代理人。'),
  unknown: both('Nobody here is called that.', '未找到此人。'),
  several: both('Several people are called that: write the employee id.', '有多人同名，请填写工号。'),
  oneself: both('You cannot stand in for yourself.', '不能指定自己。'),
  'has-left': both('They have left the company.', '此人已离职。'),
  circle: both(
    'They are away in this time, and their substitutes lead back to you: nobody would be there.',
    '此人届时也外出，其代理人又回到您本人，将无人处理。',
  ),
  'nobody-there': both(
    'They are away in this time, and nobody who stands in for them is there.',
    '此人届时也外出，且其代理人均不在岗。',
  ),
};
