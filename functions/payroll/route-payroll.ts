/** A step of a payroll run cannot go on: the operators are asked, and shown both values of whatever differs. */
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import type { PayrollSystem, Rejection } from '../connectors/payroll/port.ts';
import { type AskOperatorsDeps, askOperators, type OperatorQuestion } from '../requests/ask-operators.ts';
import { note, type StepFailure } from '../requests/domain/step-failure.ts';
import {
  type OpenPoints,
  PAYROLL_KIND,
  type PayrollHead,
  type PayrollRunState,
  payrollFailureActions,
  REJECTED,
  runKeys,
} from './domain/payroll-run.ts';
import type { RunFiles } from './port.ts';

export interface RoutePayrollDeps extends AskOperatorsDeps {
  readonly files: RunFiles;
  readonly payroll: PayrollSystem;
}

/** Idempotent per `stepId`. */
export function routePayroll(deps: RoutePayrollDeps, question: OperatorQuestion): Promise<{ approvalId: string }> {
  return askOperators<PayrollRunState>(deps, question, {
    kind: PAYROLL_KIND,
    actionsFor: payrollFailureActions,
    about: async (head) => ({
      title: `Payroll ${head.state.period}`,
      requesterName: head.requesterId,
      notes: await notesOn(deps, head, question.failure),
    }),
  });
}

/** What an operator is to know of a failure beyond its name. */
async function notesOn(
  { files, payroll }: RoutePayrollDeps,
  { processId, state }: Pick<PayrollHead, 'processId' | 'state'>,
  { step, error }: StepFailure,
): Promise<readonly Note[]> {
  if (step === 'ExportFigures' && error === 'BusinessRuleError') {
    const key = runKeys(processId).openPoints;
    return [
      ...pointNotes(JSON.parse(await files.read(key))),
      ...note('All of them, in the bucket of payroll', '完整清单（薪资存储桶）', key),
    ];
  }
  if (error !== REJECTED) {
    return [];
  }
  const run = { processId, period: state.period };
  const answer = state.handedOver === undefined ? undefined : await payroll.readAnswer(run, state.handedOver.digest);
  return answer?.status === 'rejected' ? answer.reasons.slice(0, SHOWN).flatMap(reasonNote) : [];
}

function reasonNote({ employeeId, reason }: Rejection): readonly Note[] {
  return employeeId === undefined
    ? note('Payroll says', '薪资系统说明', reason)
    : note(`Payroll says of ${employeeId}`, `薪资系统说明（${employeeId}）`, reason);
}

type Note = DecisionDocument['notes'][number];

/** Differences that a page shows; the rest is in the file. */
const SHOWN = 60;

function pointNotes({ differing, failed }: OpenPoints): readonly Note[] {
  const differences = differing.flatMap(({ employeeId, differences: of }) =>
    of.flatMap(({ date, kind, requested, recorded }) =>
      note(
        `${employeeId} ${date} ${kind} (hours by request / in the ERP)`,
        `${employeeId} ${date} ${kind}（申请小时数／ERP 小时数）`,
        `${requested} / ${recorded}`,
      ),
    ),
  );
  const unread = failed.flatMap(({ employeeId, error }) =>
    note(`${employeeId}: attendance could not be read`, `${employeeId}：考勤读取失败`, error),
  );
  return [...unread, ...differences].slice(0, SHOWN);
}
