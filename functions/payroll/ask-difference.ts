/** The operators are asked about one employee, and shown both values of whatever differs. */

import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { runningProcess } from '../process/own-process.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { type AskOperatorsDeps, askOperators } from '../requests/ask-operators.ts';
import { personalNote } from '../requests/domain/step-failure.ts';
import {
  DIFFERENCE_KIND,
  type DifferenceState,
  differenceFailure,
  differenceId,
  type OpenPoint,
} from './domain/difference-process.ts';
import { CLOCK_IN, CLOCK_OUT, COUNTED_BY, PRESENCE } from './domain/reconcile.ts';

export interface AskDifferenceInput extends Pick<OpenPoint, 'employeeId' | 'differences' | 'error' | 'cause'> {
  /** Of the item of the run's Map. */
  readonly executionId: string;
  readonly runId: string;
  /** `YYYY-MM`. */
  readonly period: string;
  /** The same for every retry of one question. */
  readonly stepId: string;
}

/** Idempotent per `stepId`. What an item left open that failed is taken up again. */
export async function askDifference(
  deps: AskOperatorsDeps,
  input: AskDifferenceInput,
): Promise<{ processId: string; approvalId: string }> {
  const { period, employeeId, stepId, differences } = input;
  const processId = await openedProcess(deps, input);
  const question = { processId, subject: 'operator', stepId, failure: differenceFailure(input) } as const;
  const { approvalId } = await askOperators<DifferenceState>(deps, question, {
    kind: DIFFERENCE_KIND,
    actionsFor: () => ['retry', 'skip'],
    about: async () => {
      const name = (await deps.directory.person(employeeId))?.name ?? employeeId;
      return {
        title: `Attendance ${period}, ${name} (${employeeId})`,
        requesterName: name,
        notes: differences.slice(0, SHOWN).flatMap(differenceNote),
      };
    },
  });
  return { processId, approvalId };
}

/** Differences that a page shows; the rest is in the file of the run. */
const SHOWN = 60;

function differenceNote({ date, kind, requested, recorded }: OpenPoint['differences'][number]): Notes {
  const [english, chinese] = BOTH_VALUES.get(kind) ?? [
    `${kind} (hours by request / in the ERP)`,
    `${kind}（申请小时数／ERP 小时数）`,
  ];
  return personalNote(`${date} ${english}`, `${date} ${chinese}`, `${requested} / ${recorded}`);
}

/** What the two values are, where they are not those of a kind of leave. */
const BOTH_VALUES: ReadonlyMap<string, readonly [english: string, chinese: string]> = new Map([
  [PRESENCE, ['presence (hours expected / by the clock)', '出勤（应出勤小时数／打卡小时数）']],
  [CLOCK_IN, ['clock-in without a clock-out (clock-out / clock-in)', '上班打卡无对应下班打卡（下班／上班）']],
  [CLOCK_OUT, ['clock-out without a clock-in (clock-in / clock-out)', '下班打卡无对应上班打卡（上班／下班）']],
  [COUNTED_BY, ['counted by (when it was handed over / now)', '计算依据（交付时／现在）']],
]);

type Notes = DecisionDocument['notes'];

/** The last process about them, if it has not ended, or the next. */
async function openedProcess(deps: ProcessDeps, input: AskDifferenceInput): Promise<string> {
  for (let number = 1; ; number += 1) {
    const processId = differenceId(input.period, input.employeeId, number);
    const head = await readHead(deps.store, processId);
    if (head === undefined) {
      await openProcess(deps, processId, input);
    }
    if (head?.status !== 'ended') {
      return processId;
    }
  }
}

/** @throws ConcurrencyError when another attempt was faster: it is there then, and the step is tried again. */
function openProcess(deps: ProcessDeps, processId: string, input: AskDifferenceInput): Promise<void> {
  const { executionId, runId, period, employeeId, differences } = input;
  const state: DifferenceState = { period, runId, employeeId };
  const own = { processId, kind: DIFFERENCE_KIND, requesterId: 'payroll', phase: 'Attendance', state };
  const head = runningProcess(own, executionId, deps.clock.now());
  const facts = { period, runId, employeeId, executionId, differences: differences.length };
  const entry = { type: 'DifferenceOpened', actor: { kind: 'meridian', id: DIFFERENCE_KIND }, facts } as const;
  return createProcess(deps, head, { entries: [entry] }, []);
}
