/** The first step of a payroll run: one process for each month, ever, and the list of employees that it is about. */

import * as z from 'zod';
import type { DirectoryData } from '../directory/directory-file.ts';
import { currentVersion, readDirectoryVersion } from '../directory/directory-versions.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { runningProcess } from '../process/own-process.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { ConcurrencyError, ValidationError } from '../runtime/errors.ts';
import {
  type EarlierRun,
  PAYROLL_KIND,
  type PayrollHead,
  type PayrollRunState,
  payrollRunId,
  runKeys,
} from './domain/payroll-run.ts';
import { datesOf, periodBefore } from './domain/period.ts';
import { type EarlierRuns, earlierRuns } from './earlier-runs.ts';
import type { RunFiles } from './port.ts';

export interface OpenRunDeps extends ProcessDeps {
  readonly files: RunFiles;
  /** Version 0 of the directory. */
  readonly deployed: DirectoryData;
  readonly company: CompanyFacts;
  /** How many months before its own a run looks at again. */
  readonly correctedMonths: number;
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
  /** Earlier months that are looked at again, oldest first. */
  readonly corrects: readonly string[];
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
  const before = await openedBefore(deps, processId, executionId);
  if (before !== undefined) {
    return before;
  }
  const known = await earlierRuns(deps.store, period, deps.correctedMonths);
  const people = await peopleOf(deps, known.earlier);
  // Before the process, so that a process always has its list; a duplicate that writes it as well writes it before anybody reads.
  await deps.files.write(runKeys(processId).employees, JSON.stringify(people));
  const head = newHead(deps, executionId, { period, employees: people.length, earlier: known.earlier });
  try {
    await createProcess(deps, head, openingOf(head, known), known.also);
    return openedRun(head, executionId);
  } catch (error) {
    const winner = error instanceof ConcurrencyError ? await openedBefore(deps, processId, executionId) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return winner;
  }
}

async function openedBefore({ store }: OpenRunDeps, processId: string, executionId: string) {
  const head = await readHead<PayrollRunState>(store, processId);
  return head === undefined ? undefined : openedRun(head, executionId);
}

function openedRun({ processId, executionId, state }: PayrollHead, asking: string): OpenedRun {
  return {
    processId,
    registration: executionId === asking ? 'new' : 'duplicate',
    period: state.period,
    employees: runKeys(processId).employees,
    corrects: state.earlier.map(({ period }) => period),
  };
}

/** The list of employees. */
export const peopleSchema = z.array(z.object({ employeeId: z.string(), active: z.boolean() }));

const paidSchema = z.array(z.object({ employeeId: z.string() }));

/**
 * Also those who have left: whoever left during the month is paid for it, and the ERP knows until when. Whoever was paid in a
 * month that is looked at again is among them, also if the directory has them no more.
 */
async function peopleOf({ store, deployed, files }: OpenRunDeps, earlier: readonly EarlierRun[]) {
  const version = await currentVersion(store);
  const { people } = version === 0 ? deployed : await readDirectoryVersion(store, version);
  const known = new Set(people.map(({ employeeId }) => employeeId));
  const lists = earlier.map(({ period }) => files.read(runKeys(payrollRunId(period)).paid));
  const paid = (await Promise.all(lists)).flatMap((text) => paidSchema.parse(JSON.parse(text)));
  const gone = new Set(paid.map(({ employeeId }) => employeeId).filter((employeeId) => !known.has(employeeId)));
  return [
    ...people.map(({ employeeId, active }) => ({ employeeId, active })),
    ...[...gone].map((employeeId) => ({ employeeId, active: false })),
  ];
}

function openingOf({ executionId, state }: PayrollHead, { open }: EarlierRuns): ProcessChange<PayrollRunState> {
  const { period, employees, earlier } = state;
  const corrects = earlier.map(({ period: of }) => of);
  const problem = {
    en: `${open} has not closed: what changed in its month and in those before is not corrected with ${period}, but by a later run. Bring it to its end.`,
    zh: `${open} 尚未结束：该月及之前月份的变动不会随 ${period} 更正，而是由以后的核算更正。请使其结束。`,
  };
  return {
    entries: [
      {
        type: 'PayrollRunOpened',
        actor: { kind: 'meridian', id: PAYROLL_KIND },
        facts: { period, employees, executionId, corrects },
      },
    ],
    effects: open === undefined ? [] : [operatorNotice(problem, { process: open })],
  };
}

function newHead({ clock }: OpenRunDeps, executionId: string, state: PayrollRunState): PayrollHead {
  const processId = payrollRunId(state.period);
  const own = { processId, kind: PAYROLL_KIND, requesterId: 'payroll', phase: 'Attendance', state };
  return runningProcess(own, executionId, clock.now());
}
