/** The first step of a payroll run: one process for each month, ever, and the list of employees that it is about. */
import { EMPTY_CHAIN } from '../audit/domain/record.ts';
import type { DirectoryData } from '../directory/directory-file.ts';
import { currentVersion, readDirectoryVersion } from '../directory/directory-versions.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { ConcurrencyError, ValidationError } from '../runtime/errors.ts';
import { PAYROLL_KIND, type PayrollHead, payrollRunId, runKeys } from './domain/payroll-run.ts';
import { datesOf, periodBefore } from './domain/period.ts';
import type { RunFiles } from './port.ts';

export interface OpenRunDeps extends ProcessDeps {
  readonly files: RunFiles;
  /** Version 0 of the directory. */
  readonly deployed: DirectoryData;
  readonly company: CompanyFacts;
}

export interface OpenRunInput {
  readonly executionId: string;
  /** `YYYY-MM`; undefined: the month before today's, on the company's clocks. */
  readonly period?: string | undefined;
}

export interface OpenedRun {
  readonly processId: string;
  readonly registration: 'new' | 'duplicate';
  readonly period: string;
  /** Key of the list of employees in the bucket of payroll. */
  readonly employees: string;
}

/**
 * The same execution asking again (its reply was lost) is not a duplicate.
 * @throws ValidationError for a month that is not over: its attendance can still change.
 */
export async function openRun(deps: OpenRunDeps, { executionId, period: asked }: OpenRunInput): Promise<OpenedRun> {
  const today = companyDate(deps.clock, deps.company.timeZone);
  const period = asked ?? periodBefore(today);
  if (datesOf(period).to >= today) {
    throw new ValidationError([{ field: 'period', problem: `${period} is not over`, remedy: 'start it next month' }]);
  }
  const processId = payrollRunId(period);
  const { employees } = runKeys(processId);
  const opened = (registration: OpenedRun['registration']) => ({ processId, registration, period, employees });
  const earlier = await registrationOf(deps, processId, executionId);
  if (earlier !== undefined) {
    return opened(earlier);
  }
  const people = await peopleOf(deps);
  // Before the process, so that a process always has its list; a duplicate that writes it as well writes it before anybody reads.
  await deps.files.write(employees, JSON.stringify(people));
  try {
    await createProcess(
      deps,
      newHead(deps, processId, executionId, period, people.length),
      {
        entries: [
          {
            type: 'PayrollRunOpened',
            actor: { kind: 'meridian', id: PAYROLL_KIND },
            facts: { period, employees: people.length, executionId },
          },
        ],
      },
      [],
    );
    return opened('new');
  } catch (error) {
    const winner = error instanceof ConcurrencyError ? await registrationOf(deps, processId, executionId) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return opened(winner);
  }
}

async function registrationOf({ store }: OpenRunDeps, processId: string, executionId: string) {
  const head = await readHead(store, processId);
  return head === undefined ? undefined : head.executionId === executionId ? 'new' : 'duplicate';
}

/** Also those who have left: whoever left during the month is paid for it, and the ERP knows until when. */
async function peopleOf({ store, deployed }: OpenRunDeps) {
  const version = await currentVersion(store);
  const { people } = version === 0 ? deployed : await readDirectoryVersion(store, version);
  return people.map(({ employeeId, active }) => ({ employeeId, active }));
}

function newHead(
  { clock }: OpenRunDeps,
  processId: string,
  executionId: string,
  period: string,
  employees: number,
): PayrollHead {
  return {
    processId,
    kind: PAYROLL_KIND,
    executionId,
    oa: { system: 'meridian', requestId: processId },
    requesterId: 'payroll',
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: 'Attendance',
    startedAt: clock.now().toISOString(),
    waits: {},
    answers: {},
    holds: [],
    state: { period, employees },
  };
}
