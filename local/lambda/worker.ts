/**
 * One execution environment of a function, in a process of its own: loads the handler once, then answers one event at a
 * time, as AWS's Node.js runtime does. Started by `worker-process.ts` with the function's environment only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerMessage, WorkerRequest } from './outcome.ts';

type Handler = (event: unknown, context: object) => unknown;

let current: string | undefined;

process.on('disconnect', () => process.exit(0));
process.on('unhandledRejection', (reason) => {
  const { errorMessage, trace } = describeError(reason);
  const told = { kind: 'threw', errorType: 'Runtime.UnhandledPromiseRejection', errorMessage, trace } as const;
  send(current === undefined ? told : { ...told, requestId: current }, () => process.exit(128));
});

const handler = await loadHandler();
if (handler !== undefined) {
  process.on('message', (request: WorkerRequest) => void answer(handler, request));
  send({ kind: 'ready' });
}

async function loadHandler(): Promise<Handler | undefined> {
  const root = process.env.LAMBDA_TASK_ROOT ?? '';
  const [module = '', name = ''] = (process.env._HANDLER ?? '').split('.');
  try {
    const file = ['.mjs', '.js', '.cjs'].map((end) => join(root, `${module}${end}`)).find((path) => existsSync(path));
    if (file === undefined) {
      throw named('Runtime.ImportModuleError', `Error: Cannot find module '${module}' in the function's folder`);
    }
    const exports: Record<string, unknown> = await import(pathToFileURL(file).href);
    const found = exports[name];
    if (typeof found !== 'function') {
      throw named('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
    }
    return (event, context) => found(event, context);
  } catch (error) {
    const kind = error instanceof SyntaxError ? 'Runtime.UserCodeSyntaxError' : undefined;
    const described = describeError(error);
    send({ kind: 'threw', ...described, errorType: kind ?? described.errorType }, () => process.exit(1));
    return undefined;
  }
}

async function answer(handle: Handler, request: WorkerRequest): Promise<void> {
  const { requestId } = request;
  current = requestId;
  try {
    const result = await handle(JSON.parse(request.event), contextOf(request));
    send({ kind: 'returned', requestId, payload: toJson(result) });
  } catch (error) {
    send({ kind: 'threw', requestId, ...describeError(error) });
  } finally {
    current = undefined;
  }
}

function toJson(result: unknown): string {
  try {
    // What JSON cannot say (undefined, a function) is null on the wire.
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw named('Runtime.MarshalError', 'Unable to stringify response body');
  }
}

function contextOf({ requestId, deadline, arn }: WorkerRequest): object {
  const { AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_LOG_GROUP_NAME } = process.env;
  return {
    awsRequestId: requestId,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** Errors go by their name; anything else that is thrown by its type, as AWS's runtime reports it. */
function describeError(error: unknown): { errorType: string; errorMessage: string; trace: readonly string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

function send(message: WorkerMessage, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => then?.());
  else process.exit(0);
}
