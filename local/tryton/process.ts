/**
 * Runs Tryton's own programs (its WSGI application, its admin tool) as child processes that never outlive the one that started
 * them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The only database of a demonstration server; its file is `<name>.sqlite`. */
export const DATABASE = 'meridian';

const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 5_000;
const POLL_MS = 50;

/**
 * The standard input stays open as long as the parent lives. When it closes, however the parent ended, the watcher ends
 * the server. The shell outlives a SIGTERM to the group until the server is gone, so its own end says that all is over.
 */
const GUARD = [
  'exec 3<&0',
  'trap : TERM',
  '"$@" </dev/null 3<&- & server=$!',
  '(trap - TERM; cat <&3 >/dev/null; kill "$server" 2>/dev/null) &',
  'wait "$server"; wait "$server"',
].join('\n');

/** A running Tryton server. */
export interface TrytonProcess {
  readonly port: number;
  /** Ends the server and everything that it started. */
  stop(): Promise<void>;
}

/** Environment of Tryton's programs: without settings of another Tryton on the machine. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('TRYTON'));
  return { ...Object.fromEntries(own), PYTHONUNBUFFERED: '1', ...extra };
}

/** Runs a Tryton program to its end. Throws with the last line of what it said when it fails. */
export async function runTool(
  python: string,
  module: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(python, ['-m', module, ...args], {
    env: environment(extra),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said = `${said}${chunk.toString('utf8')}`.slice(-4000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${module} failed (${String(code)}): ${lastLine(said)}`);
}

/**
 * Starts Tryton's server on a configuration file and waits until it answers.
 *
 * @throws Error with one sentence that says why it did not come up
 */
export async function launchServer(options: {
  readonly python: string;
  readonly configuration: string;
  readonly port: number;
  readonly log: string;
}): Promise<TrytonProcess> {
  const log = openSync(options.log, 'w');
  // One request at a time: on sqlite Tryton numbers documents without a lock, so parallel requests would share numbers.
  const command = [
    ...[options.python, '-m', 'waitress', '--threads=1', `--listen=127.0.0.1:${options.port}`],
    'kept_connections:app',
  ];
  const child = spawn('/bin/sh', ['-c', GUARD, 'tryton-guard', ...command], {
    detached: true,
    env: environment({
      TRYTOND_CONFIG: options.configuration,
      TRYTOND_DATABASE_NAMES: DATABASE,
      PYTHONPATH: import.meta.dirname,
      PYTHONDONTWRITEBYTECODE: '1',
    }),
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    signalGroup(child, 'SIGTERM');
    await Promise.race([ended, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
    signalGroup(child, 'SIGKILL');
    await ended;
  };
  try {
    await untilReady(child, options.port, options.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: options.port, stop };
}

async function untilReady(child: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`the Tryton server ended before it was ready: ${lastLine(await readFile(log, 'utf8'))}`);
    }
    if (await answers(port)) return;
    await pause(POLL_MS);
  }
  throw new Error(`the Tryton server did not answer on port ${port} within ${READY_WITHIN_MS / 1000} seconds`);
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/rpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 0, method: 'common.server.version', params: [] }),
      signal: AbortSignal.timeout(2_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The whole group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(-300) ?? 'it said nothing';
}

/**
 * Starts a server on a port that nobody uses now, and on another one when a program took it in between.
 *
 * @param launch - fails with an error that says "already in use" when it cannot have the port
 */
export async function onFreePort<Server>(launch: (port: number) => Promise<Server>): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(await freePort());
    } catch (error) {
      const taken = error instanceof Error && /already in use/i.test(error.message);
      if (!taken || attempt === 3) throw error;
    }
  }
}

/** A port of the loopback interface that nobody uses now. */
async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('the system named no free port');
  return address.port;
}
