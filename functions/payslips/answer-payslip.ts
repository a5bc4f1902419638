/** An employee says whether their payslip is right. */
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { withWord } from './await-payslip.ts';
import { type PayslipState, type PayslipWord, payslipId, wordOn } from './domain/payslip-process.ts';

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

/** `stale`: payroll has corrected it since. `answered`: they have said something of it before. */
export type PayslipAnswerResult = 'taken' | 'stale' | 'answered' | 'ended' | 'unknown';

/** What was said stands; only a corrected payslip asks again. */
export async function answerPayslip(deps: ProcessDeps, answer: PayslipAnswer): Promise<PayslipAnswerResult> {
  const { employeeId, period, revision, word, reason } = answer;
  const processId = payslipId(period, employeeId);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<PayslipState, PayslipAnswerResult>(deps, processId, (head) => {
    const { state, status } = head;
    if (status === 'ended' || state.published === undefined) {
      return { output: status === 'ended' ? 'ended' : 'unknown' };
    }
    if (state.published.revision !== revision || wordOn(state) !== undefined) {
      return { output: state.published.revision === revision ? 'answered' : 'stale' };
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
