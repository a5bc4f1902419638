/**
 * Programs that run beside this process in a process group of their own, and that end with it however it ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;
/** What was killed and is not reaped (a container without an init process) still answers: it is not waited for longer. */
const REAPED_WITHIN_MS = 2_000;

/**
 * The standard input stays open as long as the parent lives. When it closes, however the parent ended, the watcher ends
 * the whole group: politely at first, so that a server can write down its state. The shell outlives a SIGTERM to the
 * group until both are gone, so that nobody is left unreaped.
 */
const GUARD = [
  'exec 3<&0',
  'trap : TERM',
  '"$@" </dev/null 3<&- & server=$!',
  '(trap - TERM; read -r _ <&3; kill -TERM "$server" 2>/dev/null; sleep 3; kill -KILL 0) & watcher=$!',
  'exec 3<&-',
  'wait "$server"; wait "$server"',
  'kill "$watcher" 2>/dev/null; wait "$watcher"',
].join('\n');

/** A program with everything that it started. */
export interface GuardedProgram {
  /** Whether the program itself still runs. */
  isRunning(): boolean;
  /** Resolves when the program has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** Ends the program and everything that it started; resolves when the whole group is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program whose output goes to an open file.
 *
 * @param options.patienceMs - how long the program may take to end by itself before the group is killed
 */
export function startGuarded(options: {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly output: number;
  readonly patienceMs: number;
}): GuardedProgram {
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', ...options.command], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['pipe', options.output, options.output],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return {
    ended,
    isRunning: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    stop: () => endGroup(child, options.patienceMs),
  };
}

/** Ends a child that leads a process group, and its group: SIGTERM, then SIGKILL when its patience is over. */
export async function endGroup(child: ChildProcess, patienceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (isGroupAlive(pid)) {
    if (Date.now() > deadline + REAPED_WITHIN_MS) return;
    if (Date.now() > deadline) signalGroup(pid, 'SIGKILL');
    await pause(POLL_MS);
  }
}

function isGroupAlive(leader: number): boolean {
  return signalGroup(leader, 0);
}

/** Whether there was anyone to be signalled. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
