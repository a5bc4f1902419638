/** The first step of a payslip: one process for each employee and month, ever. */
import { runningProcess } from '../process/own-process.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { PAYSLIP_KIND, type PayslipHead, type PayslipState, payslipId } from './domain/payslip-process.ts';

export interface OpenPayslipInput {
  readonly executionId: string;
  readonly runId: string;
  /** `YYYY-MM`. */
  readonly period: string;
  readonly employeeId: string;
}

export interface OpenedPayslip {
  readonly processId: string;
  /** `published`: the employee can read it, and nobody need publish it again. */
  readonly status: 'open' | 'published' | 'ended';
  /** How it ended, if an earlier attempt of the run saw it to its end. */
  readonly outcome: string;
}

/** Idempotent: an execution that takes up what another left open goes on with it. */
export async function openPayslip(deps: ProcessDeps, input: OpenPayslipInput): Promise<OpenedPayslip> {
  const processId = payslipId(input.period, input.employeeId);
  const before = await readHead<PayslipState>(deps.store, processId);
  if (before !== undefined) {
    return opened(before);
  }
  const { period, runId, executionId } = input;
  try {
    const entry = {
      type: 'PayslipOpened',
      actor: { kind: 'meridian', id: PAYSLIP_KIND },
      facts: { period, runId, executionId },
    } as const;
    await createProcess(deps, newHead(deps, processId, input), { entries: [entry] }, [], `Payslip ${period}`);
    return { processId, status: 'open', outcome: '' };
  } catch (error) {
    const winner = error instanceof ConcurrencyError ? await readHead<PayslipState>(deps.store, processId) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return opened(winner);
  }
}

function opened({ processId, status, outcome = '', state }: PayslipHead): OpenedPayslip {
  const unended = state.published === undefined ? 'open' : 'published';
  return { processId, status: status === 'ended' ? 'ended' : unended, outcome };
}

function newHead({ clock }: ProcessDeps, processId: string, input: OpenPayslipInput): PayslipHead {
  const { executionId, employeeId, period, runId } = input;
  const own = { processId, kind: PAYSLIP_KIND, requesterId: employeeId, phase: 'Payroll', state: { period, runId } };
  return runningProcess(own, executionId, clock.now());
}
