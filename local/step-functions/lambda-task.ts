import { isObject, toJson } from './json.ts';
import { resourceOf } from './resources.ts';
import type { LambdaOutcome, TaskAnswer } from './tasks.ts';
import type { RunTask } from './turn.ts';

/** Calls a function; rejects only when the call itself could not be made. */
export type InvokeLambda = (functionArn: string, payload: unknown) => Promise<LambdaOutcome>;

/** Runs a task that calls Lambda; any other integration answers that it is not there. */
export async function runLambdaTask(
  command: RunTask,
  invokeLambda: InvokeLambda,
  requestId: string,
): Promise<TaskAnswer> {
  const resource = resourceOf(command.resource);
  if (resource.service !== 'lambda' || (resource.kind === 'service' && resource.action !== 'invoke')) {
    return {
      kind: 'failed',
      error: 'States.Runtime',
      cause: `The integration ${command.resource} does not exist in this engine`,
    };
  }
  const args = isObject(command.arguments) ? command.arguments : {};
  const functionArn = resource.kind === 'function' ? resource.action : String(args.FunctionName ?? '');
  const payload = resource.kind === 'function' ? command.arguments : (args.Payload ?? {});
  try {
    const outcome = await invokeLambda(functionArn, payload);
    return {
      kind: 'lambda',
      outcome: outcome.kind === 'returned' ? { ...outcome, payload: toJson(outcome.payload) } : outcome,
      requestId,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', error: 'Lambda.SdkClientException', cause };
  }
}
