/** What waits for an operator now: questions of processes, executions that ended badly, and messages that the OA refused. */
import * as z from 'zod';
import { type OperatorTask, operatorTasks, operatorTasksOf } from '../approvals/decide-as-operator.ts';
import { requestEnvelopeSchema } from '../events/envelope.ts';
import { replenishmentId } from '../inventory/domain/replenishment.ts';
import { payrollRunId } from '../payroll/domain/payroll-run.ts';
import { periodBefore, periodSchema } from '../payroll/domain/period.ts';
import { payslipId } from '../payslips/domain/payslip-process.ts';
import { requestKey, untoldKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { UntoldMessage } from '../process/untold-message.ts';
import { readHead } from '../process/update-process.ts';
import { plainCause } from './domain/plain-cause.ts';
import { isOperatorAction, type Trouble, type TroubleRef } from './domain/trouble.ts';
import type { Execution, Executions } from './port.ts';

export interface TroubleDeps {
  readonly store: ProcessStore;
  readonly executions: Executions;
}

/** A trouble with the execution that goes on when it is answered. */
export interface FoundTrouble extends Trouble {
  readonly executionId?: string;
}

/** Messages that are listed at once. */
const MOST_MESSAGES = 100;
/** Executions that are described at once: each is a call of its own. */
const MOST_EXECUTIONS = 50;

export interface Troubles {
  readonly troubles: readonly FoundTrouble[];
  /** Executions that ended badly and are not shown, beyond the first {@link MOST_EXECUTIONS}. */
  readonly more: number;
  /** There may be yet more than that: not all that ended badly were looked at. */
  readonly isAtLeast: boolean;
}

/** Questions first, each kind newest first. Looks through the processes that run, and asks Step Functions. */
export async function listTroubles(deps: TroubleDeps): Promise<Troubles> {
  const questions = (await operatorTasks(deps)).map(questionTrouble);
  const { ends, hasMore } = await deps.executions.badEnds();
  const shown = ends.slice(0, MOST_EXECUTIONS);
  const executions: FoundTrouble[] = [];
  for (const { executionId } of shown) {
    const found = await executionTrouble(deps, executionId);
    executions.push(...(found === undefined ? [] : [found]));
  }
  const untold = await deps.store.listByTime<UntoldMessage>('untold', { order: 'newest-first', limit: MOST_MESSAGES });
  const messages = untold.map(({ value }) => messageTrouble(value));
  const more = ends.length - shown.length;
  return { troubles: [...questions, ...executions, ...messages], more, isAtLeast: hasMore };
}

/** As {@link listTroubles}, of one process. */
export async function troublesOf(deps: TroubleDeps, processId: string): Promise<readonly FoundTrouble[]> {
  const head = await readHead(deps.store, processId);
  if (head === undefined) {
    return [];
  }
  const questions = (await operatorTasksOf(deps, head)).map(questionTrouble);
  const ended = head.executionId === '' ? undefined : await executionTrouble(deps, head.executionId);
  const { partition } = untoldKey(processId, '');
  const untold = await deps.store.list<UntoldMessage>(partition, '');
  return [...questions, ...(ended === undefined ? [] : [ended]), ...untold.map(({ value }) => messageTrouble(value))];
}

/** Undefined: it waits no more, or never did. */
export async function findTrouble(deps: TroubleDeps, ref: TroubleRef): Promise<FoundTrouble | undefined> {
  if (ref.kind === 'execution') {
    return executionTrouble(deps, ref.executionId);
  }
  if (ref.kind === 'message') {
    const item = await deps.store.read<UntoldMessage>(untoldKey(ref.processId, ref.effectId));
    return item === undefined ? undefined : messageTrouble(item.value);
  }
  const head = await readHead(deps.store, ref.processId);
  const tasks = head === undefined ? [] : await operatorTasksOf(deps, head);
  const task = tasks.find(({ approvalId }) => approvalId === ref.approvalId);
  return task === undefined ? undefined : questionTrouble(task);
}

function questionTrouble(task: OperatorTask): FoundTrouble {
  const { processId, approvalId, executionId, title, notes, since } = task;
  const noted = (label: string) => notes.find((note) => note.label === label)?.value ?? '';
  const step = noted('Step');
  return {
    ref: { kind: 'question', processId, approvalId },
    processId,
    executionId,
    title,
    since,
    cause: {
      ...(step === '' ? {} : { step }),
      error: noted('Error'),
      message: plainCause(noted('What happened')),
    },
    actions: task.actions.filter(isOperatorAction),
  };
}

/** Undefined: it did not end badly, or it is not kept any more. */
async function executionTrouble(deps: TroubleDeps, executionId: string): Promise<FoundTrouble | undefined> {
  const execution = await deps.executions.describe(executionId);
  if (execution === undefined || !BAD_ENDS.has(execution.status)) {
    return undefined;
  }
  const { machine, status, endedAt = '', error, cause, notRedrivable } = execution;
  const processId = await processOf(deps.store, execution);
  return {
    ref: { kind: 'execution', executionId },
    ...(processId === undefined ? {} : { processId }),
    executionId,
    title: `${machine}: ${status}`,
    since: endedAt,
    cause: { error: error === '' ? status : error, message: plainCause(notRedrivable ?? cause) },
    actions: notRedrivable === undefined ? ['redrive'] : [],
  };
}

const BAD_ENDS: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/** What a replenishment, a payslip and a run of payroll are started with. */
const replenishmentInput = z.object({ productCode: z.string(), warehouse: z.string(), generation: z.number().int() });
const payslipInput = z.object({ period: periodSchema, employeeId: z.string() });
const payrollInput = z.strictObject({ period: periodSchema.optional() });

/** Undefined: it failed before its process was registered, or it has none. */
async function processOf(store: ProcessStore, execution: Execution): Promise<string | undefined> {
  const payslip = payslipInput.safeParse(execution.input);
  if (payslip.success) {
    // Opened by the run that publishes it: whatever execution follows it is of the one process of employee and month.
    return (await readHead(store, payslipId(payslip.data.period, payslip.data.employeeId)))?.processId;
  }
  for (const processId of await possibleProcesses(store, execution)) {
    // Of a duplicate the process is that of another execution.
    if ((await readHead(store, processId))?.executionId === execution.executionId) {
      return processId;
    }
  }
  return undefined;
}

async function possibleProcesses(store: ProcessStore, { input, startedAt }: Execution): Promise<readonly string[]> {
  const request = requestEnvelopeSchema.pick({ oa: true }).safeParse(input);
  if (request.success) {
    const { system, requestId } = request.data.oa;
    const known = await store.read<{ processId: string }>(requestKey(system, requestId));
    return known === undefined ? [] : [known.value.processId];
  }
  const replenishment = replenishmentInput.safeParse(input);
  if (replenishment.success) {
    return [replenishmentId(replenishment.data, replenishment.data.generation)];
  }
  const run = payrollInput.safeParse(input);
  return run.success ? periodsOf(run.data.period, startedAt).map(payrollRunId) : [];
}

/** Hours by which a clock on earth differs from UTC, at most. */
const FARTHEST_CLOCK = 14;

/** A run that names no month is of the one before its start, which on the company's clocks may be another day than in UTC. */
function periodsOf(period: string | undefined, startedAt: string): readonly string[] {
  if (period !== undefined) {
    return [period];
  }
  const dates = [-FARTHEST_CLOCK, FARTHEST_CLOCK].map((hours) =>
    new Date(Date.parse(startedAt) + hours * 3_600_000).toISOString().slice(0, 10),
  );
  return [...new Set(dates.map(periodBefore))];
}

function messageTrouble({ processId, effectId, message, oa, reason, at }: UntoldMessage): FoundTrouble {
  return {
    ref: { kind: 'message', processId, effectId },
    processId,
    title: `${oa.system} ${oa.requestId}: ${message.status}`,
    since: at,
    cause: { error: 'OaNotTold', message: plainCause(reason) },
    actions: ['send-again'],
  };
}
