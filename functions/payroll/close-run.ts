/** The end of a payroll run: its last entry, and a mail with counts to the operators. */
import * as z from 'zod';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { readResults } from './collected-results.ts';
import { type HandedOver, PAYROLL_KIND, type PayrollRunState } from './domain/payroll-run.ts';
import type { RunFiles } from './port.ts';

export interface CloseRunDeps extends ProcessDeps {
  readonly files: RunFiles;
}

export interface CloseRunInput {
  readonly processId: string;
  /** Key of what names the ended payslips; null: an operator closes the run without them. */
  readonly payslips: string | null;
}

/** `completed`: everybody had their payslip and said something of it, or let the time pass. */
export type RunOutcome = 'completed' | 'handed-over';

const OUTCOMES = ['confirmed', 'disputed', 'unanswered'] as const;

/** What the execution of a payslip ends with. */
const endedPayslip = z.object({ outcome: z.enum(OUTCOMES) });

type Counts = Readonly<Record<(typeof OUTCOMES)[number], number>>;

/**
 * Idempotent.
 * @throws BusinessRuleError `unfinished-payslips` while one has not come to its end: its execution failed.
 */
export async function closeRun(deps: CloseRunDeps, input: CloseRunInput): Promise<{ outcome: RunOutcome }> {
  const counts = input.payslips === null ? undefined : await countPayslips(deps.files, input.payslips);
  const outcome = counts === undefined ? 'handed-over' : 'completed';
  return updateProcess<PayrollRunState, { outcome: RunOutcome }>(deps, input.processId, ({ status, state }) => {
    const { period, handedOver } = state;
    if (status === 'ended') {
      return { output: { outcome } };
    }
    if (handedOver === undefined) {
      throw new Error(`${input.processId} has handed nothing over`);
    }
    const news = { outcome, noun: 'payroll run', title: `Payroll ${period}`, ...sentencesOf(handedOver, counts) };
    return {
      change: {
        entries: [
          {
            type: 'PayrollRunClosed',
            actor: { kind: 'meridian', id: PAYROLL_KIND },
            facts: { outcome, ...(counts === undefined ? {} : { payslips: { ...counts } }) },
          },
        ],
        phase: 'Closed',
        state: { ...state, stands: state.answer !== 'rejected' },
        abandon: [],
        end: { outcome },
        effects: [{ kind: 'mail', mail: { to: 'operators', template: 'process-news', facts: news } }],
      },
      output: { outcome },
    };
  });
}

async function countPayslips(files: RunFiles, manifest: string): Promise<Counts> {
  const { succeeded, failed } = await readResults(files, manifest, endedPayslip);
  if (failed.length > 0) {
    const people = failed.map(({ employeeId }) => employeeId).sort();
    throw new BusinessRuleError(
      'unfinished-payslips',
      `the payslips of ${people.length} have not come to their end: ${people.slice(0, 40).join(', ')}`,
    );
  }
  const count = (outcome: string) => succeeded.filter((one) => one.outcome === outcome).length;
  return { confirmed: count('confirmed'), disputed: count('disputed'), unanswered: count('unanswered') };
}

function sentencesOf(handedOver: HandedOver, counts: Counts | undefined) {
  const { reference, digest, employees, accepted, missing, corrections } = handedOver;
  const figures = `${reference}, SHA-256 ${digest}: ${employees} employees, ${accepted} with the ERP's figures although a request differs, ${missing.length} missing, ${corrections} corrections of earlier months`;
  const figuresZh = `${reference}，SHA-256 ${digest}：共 ${employees} 人，其中 ${accepted} 人与申请不一致、以 ERP 为准，缺 ${missing.length} 人，往月更正 ${corrections} 条`;
  return counts === undefined
    ? { reason: `${figures}; closed without payslips`, reasonZh: `${figuresZh}；未收到工资条即关闭` }
    : {
        reason: `${figures}; payslips: ${counts.confirmed} confirmed, ${counts.disputed} disputed, ${counts.unanswered} unanswered`,
        reasonZh: `${figuresZh}；工资条：${counts.confirmed} 人已确认，${counts.disputed} 人有异议，${counts.unanswered} 人未回复`,
      };
}
