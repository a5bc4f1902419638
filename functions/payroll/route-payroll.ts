/** A step of a payroll run cannot go on: the operators are asked, and shown both values of whatever differs. */
import { type AskInput, askQuestion } from '../approvals/ask-question.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { PayrollSystem, Rejection } from '../connectors/payroll/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureDocument, failureEntry, note, type StepFailure } from '../requests/domain/step-failure.ts';
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

export interface RoutePayrollDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
  readonly files: RunFiles;
  readonly payroll: PayrollSystem;
}

export interface RoutePayrollInput extends AskInput {
  readonly subject: 'operator';
  readonly failure: StepFailure;
}

/** Idempotent per `stepId`. */
export function routePayroll(deps: RoutePayrollDeps, input: RoutePayrollInput): Promise<{ approvalId: string }> {
  const { subject, failure } = input;
  return askQuestion<PayrollRunState>(deps, input, async (head, approvalId) => {
    const offered: readonly string[] = payrollFailureActions(failure);
    const plan = await planApproval(
      {
        approvalId,
        subject,
        documentVersion: 1,
        requesterId: head.requesterId,
        amount: '0',
        costCentre: '',
        excluded: [],
        document: await documentFor(deps, head, failure),
      },
      deps,
    );
    return {
      plan: { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
      phase: 'Waiting for an operator',
      entries: [failureEntry(PAYROLL_KIND, failure)],
    };
  });
}

async function documentFor(
  deps: RoutePayrollDeps,
  { processId, requesterId, state }: PayrollHead,
  failure: StepFailure,
): Promise<DecisionDocument> {
  const { currency } = deps.company;
  return failureDocument(failure, {
    title: `Payroll ${state.period}`,
    requesterName: requesterId,
    currency,
    baseCurrency: currency,
    total: '0',
    baseTotal: '0',
    notes: await notesOn(deps, { processId, state }, failure),
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
  const answer = await payroll.readAnswer(run, state.handedOver?.digest ?? '');
  return answer.status === 'rejected' ? answer.reasons.slice(0, SHOWN).flatMap(reasonNote) : [];
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
