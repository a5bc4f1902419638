/** What the entries say that every process has: waits, failures, holds, mails and messages. */
import { midSentence, oaStatusText, outcomeText, waitText } from '../pages/words.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';

export const COURSE_WORDS: { readonly [type: string]: EntryWords } = {
  FactNotConfirmed: bad((f) =>
    f.say(
      `${f.text('fact')} ${f.text('documentId')} was reported, but the ERP does not show it`,
      `收到 ${f.text('fact')} ${f.text('documentId')} 的通知，但 ERP 中查无此记录`,
    ),
  ),
  WaitOpened: plain((f) =>
    f.say(
      `Waiting for ${f.word('kind', waitText)} until ${f.instant('deadline')}; ${f.person('owner')} sees to it`,
      `等待${f.word('kind', waitText)}，截止 ${f.instant('deadline')}，负责人${f.person('owner')}`,
    ),
  ),
  CalendarYearMissing: bad((f) =>
    f.say(
      `The calendar (${f.text('calendar')}) has no holidays of ${f.text('year')}: this wait counts hours of the clock; the operators know`,
      `日历（${f.text('calendar')}）缺少 ${f.text('year')} 年的节假日，本次等待按自然时间计算，已通知运维`,
    ),
  ),
  WaitReminded: plain((f) =>
    f.say(
      `${f.person('reminded')} reminded of ${f.word('kind', waitText)}`,
      `已提醒${f.person('reminded')}：${f.word('kind', waitText)}`,
    ),
  ),
  WaitEscalated: plain((f) =>
    f.say(
      `${f.word('kind', waitText)} is overdue: ${f.person('escalatedTo')} told`,
      `${f.word('kind', waitText)}逾期，已通知${f.person('escalatedTo')}`,
    ),
  ),
  WaitExpired: bad((f) =>
    f.say(`Gave up waiting for ${f.word('kind', waitText)}`, `等待${f.word('kind', waitText)}超时`),
  ),
  StepFailed: bad((f) =>
    f.say(`Step ${f.text('step')} failed: ${f.text('error')}`, `步骤 ${f.text('step')} 失败：${f.text('error')}`),
  ),
  MailSent: quiet((f) => f.say(`Mail sent to ${f.person('to')}`, `已向${f.person('to')}发送邮件`)),
  MailSkipped: quiet((f) =>
    f.say(`No mail to ${f.person('to')}: nothing is left to decide`, `无需再向${f.person('to')}发送邮件`),
  ),
  MailFailed: bad((f) =>
    f.say(
      `A mail to ${f.person('to')} could not be sent: ${f.text('reason')}`,
      `发给${f.person('to')}的邮件未能送出：${f.text('reason')}`,
    ),
  ),
  OaTold: quiet((f) =>
    f.say(`The OA was told: ${f.word('status', oaStatusText)}`, `已通知 OA：${f.word('status', oaStatusText)}`),
  ),
  OaNotTold: bad((f) => f.say(`The OA was not told: ${f.text('reason')}`, `未能通知 OA：${f.text('reason')}`)),
  ResumeRefused: quiet((f) =>
    f.say(
      'The process did not wait any more when it was to be resumed: it was resumed before, or the wait timed out',
      '恢复流程时它已不再等待：此前已恢复，或等待已超时',
    ),
  ),
  HoldPlaced: bad((f) =>
    f.text('caseId') === ''
      ? f.say(
          `${f.text('operator')} stopped the process before its next step that commits money`,
          `${f.text('operator')} 冻结了流程，下一个涉及款项的步骤不会执行`,
        )
      : f.say(
          `Compliance case ${f.text('caseId')} stops the process before its next step that commits money`,
          `合规案件 ${f.text('caseId')} 冻结了流程，下一个涉及款项的步骤不会执行`,
        ),
  ),
  HoldReleased: plain((f) =>
    f.text('caseId') === ''
      ? f.say(`${f.text('operator')} let the process go on`, `${f.text('operator')} 解除了冻结，流程继续`)
      : f.say(
          `${f.person('employeeId')} ended what compliance case ${f.text('caseId')} held it for`,
          `${f.person('employeeId')}解除了合规案件 ${f.text('caseId')} 的冻结`,
        ),
  ),
  EffectStuck: bad((f) =>
    f.say(
      `Something that was to be done outside is still not done (${f.text('kind')}); the operators were told`,
      `一项对外操作多次重试仍未完成（${f.text('kind')}），已通知运维`,
    ),
  ),
  PurchaseClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};
