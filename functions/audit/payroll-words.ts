/** What the entries of payroll runs and payslips say. None of them has an amount. */
import { midSentence, outcomeText } from '../pages/words.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';

export const PAYROLL_WORDS: { readonly [type: string]: EntryWords } = {
  PayrollRunOpened: plain((f) =>
    f.say(
      `Attendance of ${f.text('period')} is collected: ${f.text('employees')} people of the directory`,
      `开始汇总 ${f.text('period')} 考勤：通讯录共 ${f.text('employees')} 人`,
    ),
  ),
  PayrollFiguresHandedOver: plain((f) =>
    f.say(
      `Figures of ${f.text('employees')} employees handed over as ${f.text('reference')}, SHA-256 ${f.text('digest')}; for ${f.text('accepted')} with a difference the ERP's figures were taken; ${f.text('corrections')} corrections of earlier months`,
      `已交付 ${f.text('employees')} 人的考勤数据：${f.text('reference')}，SHA-256 ${f.text('digest')}；其中 ${f.text('accepted')} 人存在差异，以 ERP 为准；往月更正 ${f.text('corrections')} 条`,
    ),
  ),
  PayrollPointsOpened: bad((f) =>
    f.say(
      `ERP and approved requests differ for ${f.text('differing')} employees, and ${f.text('unread')} could not be read; the operators are asked about each`,
      `${f.text('differing')} 人的 ERP 考勤与已批准申请不一致，${f.text('unread')} 人考勤读取失败，已逐人请运维处理`,
    ),
  ),
  DifferenceOpened: bad((f) =>
    f.say(
      `Attendance of ${f.text('employeeId')} in ${f.text('period')} is to be settled: ${f.text('differences')} differences`,
      `${f.text('employeeId')} 的 ${f.text('period')} 考勤待处理：${f.text('differences')} 处差异`,
    ),
  ),
  DifferenceClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
  PayrollAnswerUnfit: bad((f) =>
    f.say(
      `What payroll sent cannot be used (${f.text('problems')} problems); the operators were told`,
      `薪资系统返回的文件无法使用（${f.text('problems')} 处问题），已通知运维`,
    ),
  ),
  PayrollRejected: bad((f) =>
    f.say(
      `Payroll rejected the figures for ${f.text('reasons')} reasons`,
      `薪资系统退回考勤数据（${f.text('reasons')} 条原因）`,
    ),
  ),
  PayrollCalculated: plain((f) =>
    f.say(
      `Payroll took the figures and calculated ${f.text('payslips')} payslips`,
      `薪资系统已接收并核算 ${f.text('payslips')} 份工资条`,
    ),
  ),
  PayslipOpened: quiet((f) =>
    f.say(`The payslip of ${f.text('period')} is due`, `准备发放 ${f.text('period')} 工资条`),
  ),
  PayslipPublished: plain((f) =>
    f.say(
      `The payslip can be read by its employee alone, revision ${f.text('revision')}`,
      `工资条已发放，仅本人可见（第 ${f.text('revision')} 版）`,
    ),
  ),
  PayslipConfirmed: plain((f) =>
    f.say(`The employee confirmed revision ${f.text('revision')}`, `员工已确认第 ${f.text('revision')} 版`),
  ),
  PayslipDisputed: bad((f) =>
    f.say(`The employee disputes revision ${f.text('revision')}`, `员工对第 ${f.text('revision')} 版提出异议`),
  ),
  PayslipClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
  PayrollRunClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};
