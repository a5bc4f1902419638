/** What payroll says of the figures it was given: always read again before it is believed. */

import { digestOf } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { PayrollAnswer, PayrollSystem } from '../connectors/payroll/port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import { applyChange, type Effect, openWaits, type ProcessChange } from '../process/domain/process.ts';
import type { PayrollHead, PayrollRunState } from './domain/payroll-run.ts';

type Change = ProcessChange<PayrollRunState>;

/** The change that brings the run to what payroll says, with the answer of the wait for it. */
export async function payrollAnswerChange(
  payroll: PayrollSystem,
  head: PayrollHead,
  now: Date,
  base: Change = { entries: [] },
): Promise<Change> {
  const { handedOver, period } = head.state;
  const answer: PayrollAnswer =
    handedOver === undefined
      ? { status: 'none' }
      : await payroll.readAnswer({ processId: head.processId, period }, handedOver.digest);
  switch (answer.status) {
    case 'none':
      return base;
    case 'unfit':
      return withProblems(head, base, answer.problems);
    default:
      return answered(head, now, base, answer);
  }
}

/** Payroll can correct it: the wait goes on, and the operators know what to ask for. */
function withProblems(head: PayrollHead, base: Change, problems: readonly string[]): Change {
  const unfitDigest = digestOf([...problems]);
  return head.state.unfitDigest === unfitDigest
    ? base
    : {
        ...base,
        entries: [...base.entries, entry('PayrollAnswerUnfit', { problems: problems.length })],
        effects: [...(base.effects ?? []), unfitMail(head, problems)],
        state: { ...head.state, unfitDigest },
      };
}

/** Of a file that is wrong all over, a mail needs no more. */
const SHOWN = 20;

function unfitMail({ processId, state }: PayrollHead, problems: readonly string[]): Effect {
  const shown = [
    ...problems.slice(0, SHOWN),
    ...(problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : []),
  ];
  const problem = {
    en: `What payroll sent about ${state.period} cannot be used, and the run waits for it to be corrected: ${shown.join('; ')}`,
    zh: `薪资系统返回的 ${state.period} 数据无法使用，本次核算等待更正：${shown.join('; ')}`,
  };
  return operatorNotice(problem, { process: processId });
}

function answered(
  head: PayrollHead,
  now: Date,
  base: Change,
  answer: Extract<PayrollAnswer, { status: 'rejected' | 'calculated' }>,
): Change {
  const isNew = head.state.answer !== answer.status;
  const change: Change = {
    ...base,
    entries: [...base.entries, ...(isNew ? [answerEntry(answer)] : [])],
    effects: [...(base.effects ?? []), ...(isNew && head.status === 'ended' ? [lateMail(head, answer.status)] : [])],
    state: { ...head.state, answer: answer.status },
  };
  const waits = openWaits(applyChange(head, change, now), 'payroll');
  return { ...change, answers: waits.map(({ waitId }) => ({ waitId, output: { outcome: answer.status } })) };
}

/** Nobody waits for what payroll says of a run that was closed without it: somebody must be told. */
function lateMail({ processId, state, outcome }: PayrollHead, status: string): Effect {
  const problem = {
    en: `Payroll answered about ${state.period} (${status}) after the run had ended (${outcome}): nothing follows from it by itself. See to it by hand.`,
    zh: `${state.period} 的薪资核算已结束（${outcome}），薪资系统才返回结果（${status}）：系统不会自动处理，请人工跟进。`,
  };
  return operatorNotice(problem, { process: processId });
}

/** Reasons are payroll's words about people: operators read them in their question, and the record has none. */
function answerEntry(answer: Extract<PayrollAnswer, { status: 'rejected' | 'calculated' }>): NewEntry {
  return answer.status === 'rejected'
    ? entry('PayrollRejected', { reasons: answer.reasons.length })
    : entry('PayrollCalculated', { payslips: answer.employeeIds.length });
}

function entry(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'payroll', id: 'payroll' }, facts };
}
