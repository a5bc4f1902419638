/** An employee says whether their payslip is right. */
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { withWord } from './await-payslip.ts';
import { namesAmount } from './domain/payslip.ts';
import { type PayslipState, type PayslipWord, payslipId, wordOn } from './domain/payslip-process.ts';
import type { PayslipStore } from './port.ts';

export interface AnswerDeps extends ProcessDeps {
  readonly payslips: PayslipStore;
}

export interface PayslipAnswer {
  /** Who is signed in: an employee answers about their own payslip, and there is no way to name another. */
  readonly employeeId: string;
  readonly period: string;
  /** The revision that they were shown. */
  readonly revision: number;
  readonly word: PayslipWord['word'];
  /** Why it is disputed. */
  readonly reason: string;
}

/**
 * Why a dispute is not taken as it is written. `reason-missing`: it says nothing. `amount-named`: others read it, and an amount of
 * the payslip is the employee's alone.
 */
export type UnfitReason = 'reason-missing' | 'amount-named';

/** `stale`: payroll has corrected it since. `answered`: they have said something of it before. */
export type PayslipAnswerResult = 'taken' | 'stale' | 'answered' | 'ended' | 'unknown' | UnfitReason;

/** What was said stands; only a corrected payslip asks again. What is not taken is not recorded either. */
export async function answerPayslip(deps: AnswerDeps, answer: PayslipAnswer): Promise<PayslipAnswerResult> {
  const { employeeId, period, revision, word, reason } = answer;
  const processId = payslipId(period, employeeId);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<PayslipState, PayslipAnswerResult>(deps, processId, async (head) => {
    const { state, status } = head;
    if (status === 'ended' || state.published === undefined) {
      return { output: status === 'ended' ? 'ended' : 'unknown' };
    }
    if (state.published.revision !== revision || wordOn(state) !== undefined) {
      return { output: state.published.revision === revision ? 'answered' : 'stale' };
    }
    const unfit = word === 'disputed' ? await unfitReason(deps, state.published.version, answer) : undefined;
    if (unfit !== undefined) {
      return { output: unfit };
    }
    const said: PayslipWord = word === 'disputed' ? { word, revision, reason } : { word, revision };
    const entry = {
      type: word === 'disputed' ? 'PayslipDisputed' : 'PayslipConfirmed',
      actor: { kind: 'person', id: employeeId },
      facts: { period, revision },
      ...(word === 'disputed' ? { personal: { reason } } : {}),
    } as const;
    return {
      change: withWord(head, { entries: [entry], state: { ...state, said } }, deps.clock.now()),
      output: 'taken',
    };
  });
}

/** `version`: of the payslip that it is about; another one that is kept by now was never shown to them. */
async function unfitReason(
  { payslips }: AnswerDeps,
  version: string,
  { employeeId, period, reason }: PayslipAnswer,
): Promise<UnfitReason | 'stale' | undefined> {
  if (reason.trim() === '') {
    return 'reason-missing';
  }
  const kept = await payslips.find(employeeId, period);
  if (kept?.version !== version) {
    return 'stale';
  }
  return namesAmount(kept.payslip, reason) ? 'amount-named' : undefined;
}
