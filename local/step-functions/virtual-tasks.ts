import type { EngineDeps } from './engine.ts';
import type { ExecutionState } from './execution.ts';
import type { Json } from './json.ts';
import { type InvokeLambda, runLambdaTask } from './lambda-task.ts';
import { answersOf, createMocks, stateOfTask, type TaskMocks } from './mocks.ts';
import { resourceOf } from './resources.ts';
import type { TaskAnswer } from './tasks.ts';
import { failureFields, type RunTask } from './turn.ts';

/** A call of a service by a task. */
export interface ServiceCall {
  /** The `Resource` of the state. */
  readonly resource: string;
  readonly stateName: string;
  readonly executionArn: string;
  readonly arguments: Json;
}

/** Stands for the services of AWS. A failure is an answer, or is thrown with AWS's name of the error as its name. */
export type Integrations = (
  call: ServiceCall,
) => Promise<{ readonly output: Json } | { readonly error: string; readonly cause?: string }>;

/** What answers the tasks of a virtual engine. */
export interface VirtualTaskOptions {
  readonly invokeLambda: InvokeLambda | undefined;
  readonly integrations: Integrations | undefined;
  readonly mocks: TaskMocks | undefined;
  readonly requestId: () => string;
}

/**
 * Answers tasks: those of states with mocks from these, the others from functions, services and nested executions. What
 * has been answered stays so when the engine is killed and started again.
 */
export function virtualTasks({
  invokeLambda,
  integrations,
  mocks = {},
  requestId,
}: VirtualTaskOptions): (children: EngineDeps['children']) => Pick<EngineDeps, 'runTask' | 'children' | 'refusalOf'> {
  const mocked = createMocks(mocks);
  // An attempt whose call is repeated after a restart has the answer that it had.
  const given = new Map<string, TaskAnswer | undefined>();
  const isMocked = ({ taskId }: RunTask, execution: ExecutionState) => mocked.isMocked(stateOfTask(execution, taskId));

  const fromMocks = (command: RunTask, execution: ExecutionState): TaskAnswer | undefined => {
    const attempt = `${execution.arn} ${command.taskId}`;
    if (given.has(attempt)) return given.get(attempt);
    const { answer, end } = answersOf(mocked.next(stateOfTask(execution, command.taskId)), command);
    const whole = answer?.kind === 'submitted' && end?.kind === 'job-ended' ? { ...answer, end } : answer;
    given.set(attempt, whole);
    return whole;
  };

  const runTask: EngineDeps['runTask'] = async (command, execution) => {
    if (isMocked(command, execution)) return fromMocks(command, execution);
    if (resourceOf(command.resource).service === 'lambda') {
      if (invokeLambda === undefined) throw new Error('This engine was made without functions');
      return runLambdaTask(command, invokeLambda, requestId());
    }
    if (integrations === undefined) throw new Error('This engine was made without integrations');
    return fromService(integrations, command, execution);
  };

  return (children) => ({
    runTask,
    refusalOf: ({ stateName }) => mocked.refusalOf(stateName),
    children: {
      ...children,
      isChildTask: (command, execution) => !isMocked(command, execution) && children.isChildTask(command, execution),
    },
  });
}

async function fromService(
  integrations: Integrations,
  command: RunTask,
  execution: ExecutionState,
): Promise<TaskAnswer> {
  const call = {
    resource: command.resource,
    stateName: stateOfTask(execution, command.taskId),
    executionArn: execution.arn,
    arguments: command.arguments,
  };
  try {
    const answer = await integrations(call);
    return 'output' in answer ? { kind: 'succeeded', ...answer } : { kind: 'failed', ...failureFields(answer) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: 'failed', error: error.name, cause: error.message };
  }
}
