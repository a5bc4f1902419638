/** What the entries of leave, and of who stands in for whom, say. */
import { say, type Text } from '../pages/language.ts';
import { midSentence, outcomeText, scopeText } from '../pages/words.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';
import { issuesText } from './issues-text.ts';

export const LEAVE_WORDS: { readonly [type: string]: EntryWords } = {
  LeaveRequestRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} asked for leave as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交休假申请 ${f.text('requestId')}`,
    ),
  ),
  LeaveRequestChecked: plain((f) =>
    f.say(
      `The request is complete: ${f.text('kind')}, ${f.text('length')} working days from ${f.text('from')} to ${f.text('to')}`,
      `校验通过：${f.text('kind')}，${f.text('from')} 至 ${f.text('to')}，共 ${f.text('length')} 个工作日`,
    ),
  ),
  LeaveRequestRefused: bad((f) =>
    f.say(`The leave request was refused: ${issuesText(f)}`, `休假申请未受理：${issuesText(f)}`),
  ),
  LeaveRequestResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed leave request in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交休假申请，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  AbsenceIntended: quiet((f) =>
    f.say(`About to record ${f.text('kind')} leave in the ERP`, `准备在 ERP 中登记休假（${f.text('kind')}）`),
  ),
  AbsenceRecorded: plain((f) =>
    f.text('substituteId') === ''
      ? f.say(
          `${f.text('days')} days recorded in the ERP; nobody can stand in`,
          `ERP 已登记 ${f.text('days')} 天，无人可代理`,
        )
      : f.say(
          `${f.text('days')} days recorded in the ERP; ${f.person('substituteId')} stands in`,
          `ERP 已登记 ${f.text('days')} 天，由${f.person('substituteId')}代理`,
        ),
  ),
  AbsenceCancelIntended: quiet((f) => f.say('About to take the absence back in the ERP', '准备在 ERP 中撤销休假')),
  AbsenceCancelled: plain((f) =>
    f.say('The absence was taken back in the ERP; nobody stands in any more', 'ERP 中的休假已撤销，不再代理'),
  ),
  EarlyReturnReported: plain((f) =>
    f.text('to') === ''
      ? f.say('The requester took none of it: it is to be taken back whole', '申请人称全部未休，拟整段撤销')
      : f.say(
          `The requester comes back earlier: the last day is ${f.text('to')}`,
          `申请人提前返岗，最后一天为 ${f.text('to')}`,
        ),
  ),
  ShorteningRefused: bad((f) =>
    f.say(
      `The early return does not count (${f.text('refusal')}); the leave stands as it was`,
      `提前结束未被受理（${f.text('refusal')}），假期不变`,
    ),
  ),
  ShorteningIntended: quiet((f) =>
    f.say(
      `About to take back in the ERP what is after ${f.text('to')}`,
      `准备在 ERP 中撤销 ${f.text('to')} 之后的休假`,
    ),
  ),
  AbsenceShortened: plain((f) =>
    f.say(
      `The absence in the ERP ends on ${f.text('to')}: ${f.text('length')} working days are left of it`,
      `ERP 中的休假至 ${f.text('to')} 结束，共 ${f.text('length')} 个工作日`,
    ),
  ),
  LeaveRequestClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};

const leaveText = (f: FactReader): string =>
  f.say(
    `${f.person('employeeId')} is away from ${f.instant('begins')} until ${f.instant('ends')}; ${substituteText(f)}`,
    `${f.person('employeeId')}于 ${f.instant('begins')} 至 ${f.instant('ends')} 休假；${substituteText(f)}`,
  );

const substituteText = (f: FactReader): string => {
  if (f.text('status') === 'past') {
    return f.say('that was over already, and nobody stands in', '假期已过，无需代理');
  }
  return f.text('substituteId') === ''
    ? f.say('nobody can stand in, and the operators were told', '无人可代理，已通知运维')
    : f.say(
        `${f.person('substituteId')} stands in (chosen by the ${f.word('chosenBy', chooserText)})`,
        `由${f.person('substituteId')}代理（依据：${f.word('chosenBy', chooserText)}）`,
      );
};

const CHOOSERS: { readonly [chooser: string]: Text } = {
  event: { en: 'request', zh: '请假单' },
  directory: { en: 'directory', zh: '组织架构' },
  manager: { en: 'rule that it is the manager', zh: '直接上级规则' },
};
const chooserText = (name: string): Text => CHOOSERS[name] ?? { en: name, zh: name };

const scopeOf = (f: FactReader): string => say(scopeText(f.texts('scope')), f.language);

export const ABSENCE_WORDS: { readonly [type: string]: EntryWords } = {
  LeaveApproved: plain(leaveText),
  LeaveChanged: plain((f) => f.say(`Changed: ${leaveText(f)}`, `已变更：${leaveText(f)}`)),
  LeaveCancelled: plain((f) =>
    f.say(`The leave of ${f.person('employeeId')} was cancelled`, `${f.person('employeeId')}的休假已取消`),
  ),
  SubstituteNamed: plain((f) =>
    f.say(
      `${f.person('employeeId')} named ${f.person('substituteId')} to stand in from ${f.instant('begins')} until ${f.instant('ends')} (${midSentence(scopeOf(f))})`,
      `${f.person('employeeId')}指定${f.person('substituteId')}于 ${f.instant('begins')} 至 ${f.instant('ends')} 代理（${scopeOf(f)}）`,
    ),
  ),
  SubstitutionEnded: plain((f) =>
    f.say(
      `${f.person('employeeId')} ended it: ${f.person('substituteId')} stands in no more`,
      `${f.person('employeeId')}已结束代理，${f.person('substituteId')}不再代理`,
    ),
  ),
};
