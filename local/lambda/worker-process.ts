/** Starts, uses and ends the process of one execution environment. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { endGroup } from '../cloud/group.ts';
import { NODE } from '../cloud/paths.ts';
import type { FunctionDescription, LambdaOutcome, WorkerMessage, WorkerRequest } from './outcome.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
const STOP_WITHIN_MS = 500;

/** One execution environment. It takes one event at a time. */
export interface Worker {
  /** False after a crash, a time-out or a failed start: the worker takes no more events. */
  isUsable(): boolean;
  /** Hands over an event (JSON text). The time-out counts from when the function's module is loaded. */
  handle(event: string): Promise<LambdaOutcome>;
  /** Ends the process and everything that it started. */
  stop(): Promise<void>;
}

/**
 * @param options.ambient - variables that the Lambda service itself sets for every function (region, credentials, endpoint)
 * @param options.log - what the function writes to its log
 */
export function startWorker(
  description: FunctionDescription,
  options: { readonly ambient: Readonly<Record<string, string>>; readonly log: (text: string) => void },
): Worker {
  const child = fork(WORKER, [], {
    cwd: description.folder,
    env: { ...environmentOf(description, options.ambient) },
    execPath: NODE,
    execArgv: ['--enable-source-maps'],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.on('data', (chunk: Buffer) => options.log(chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => options.log(chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let usable = true;
  const stop = async (): Promise<void> => {
    usable = false;
    await endGroup(child, STOP_WITHIN_MS);
    await ended;
  };
  const started = firstMessage(child);
  return {
    isUsable: () => usable && child.connected,
    handle: async (event) => {
      const start = await started;
      const outcome = start.kind === 'ready' ? await handleEvent(child, description, event) : failedStart(start);
      const isOver = start.kind !== 'ready' || outcome.kind === 'timed-out' || isCrash(outcome);
      if (isOver) await stop();
      return outcome;
    },
    stop,
  };
}

/** The function's own settings win, except over what the service reserves. */
function environmentOf(
  description: FunctionDescription,
  ambient: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...ambient,
    ...description.environment,
    LAMBDA_TASK_ROOT: description.folder,
    _HANDLER: description.handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: description.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(description.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${description.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomUUID().replaceAll('-', '')}`,
  };
}

type Start = WorkerMessage | { readonly kind: 'exited'; readonly how: string };

async function firstMessage(child: ChildProcess): Promise<Start> {
  const waiting = new AbortController();
  const message = once(child, 'message', { signal: waiting.signal }).then(([first]): Start => first);
  try {
    return await Promise.race([message, exitOf(child, waiting.signal)]);
  } finally {
    message.catch(() => undefined);
    waiting.abort();
  }
}

function exitOf(child: ChildProcess, signal: AbortSignal): Promise<Start> {
  const gone = new Promise<Start>((resolve) => {
    const tell = (how: string) => (): void => resolve({ kind: 'exited', how });
    // The last message of a process may arrive after its exit; `close` comes after both.
    const onClose = (code: number | null, by: NodeJS.Signals | null): void =>
      resolve({ kind: 'exited', how: by === null ? `exit status ${code ?? 'unknown'}` : `signal: ${by}` });
    const onError = tell('the process could not be started');
    child.once('close', onClose);
    child.once('error', onError);
    signal.addEventListener('abort', () => {
      child.off('close', onClose);
      child.off('error', onError);
    });
  });
  return gone;
}

function failedStart(start: Start): LambdaOutcome {
  if (start.kind === 'threw') return threw(start);
  return exitError('', start.kind === 'exited' ? start.how : 'unknown');
}

async function handleEvent(
  child: ChildProcess,
  description: FunctionDescription,
  event: string,
): Promise<LambdaOutcome> {
  const requestId = randomUUID();
  const timeoutMs = description.timeoutSeconds * 1000;
  const request: WorkerRequest = { requestId, deadline: Date.now() + timeoutMs, arn: description.arn, event };
  const waiting = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let listener: ((message: WorkerMessage) => void) | undefined;
  const answered = new Promise<LambdaOutcome>((resolve) => {
    listener = (message) => {
      if (message.kind === 'ready' || message.requestId !== requestId) return;
      resolve(message.kind === 'threw' ? threw(message) : { kind: 'returned', payload: JSON.parse(message.payload) });
    };
    child.on('message', listener);
  });
  const timedOut = new Promise<LambdaOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timed-out' }), timeoutMs);
  });
  const exited = exitOf(child, waiting.signal).then((exit) =>
    exitError(requestId, exit.kind === 'exited' ? exit.how : 'unknown'),
  );
  try {
    if (child.connected) child.send(request, () => undefined);
    return await Promise.race([answered, timedOut, exited]);
  } finally {
    clearTimeout(timer);
    waiting.abort();
    if (listener !== undefined) child.off('message', listener);
  }
}

function threw(message: Extract<WorkerMessage, { kind: 'threw' }>): LambdaOutcome {
  const { errorType, errorMessage, trace } = message;
  return { kind: 'threw', errorType, errorMessage, trace };
}

function exitError(requestId: string, how: string): LambdaOutcome {
  const prefix = requestId === '' ? '' : `RequestId: ${requestId} `;
  const why =
    how === 'exit status 0' ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return { kind: 'threw', errorType: 'Runtime.ExitError', errorMessage: `${prefix}Error: ${why}` };
}

function isCrash(outcome: LambdaOutcome): boolean {
  const fatal = ['Runtime.ExitError', 'Runtime.UnhandledPromiseRejection'];
  return outcome.kind === 'threw' && fatal.includes(outcome.errorType);
}
