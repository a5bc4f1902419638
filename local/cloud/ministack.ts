/** MiniStack, the emulator that stands for AWS on one machine. It listens on the loopback interface only. */
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onFreePort } from '../tryton/process.ts';
import { ACCOUNT_ID, CREDENTIALS, REGION } from './aws.ts';
import { type GuardedProgram, startGuarded } from './group.ts';
import { CLOUD_PYTHON, NODE } from './paths.ts';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 30;

/** A running MiniStack. */
export interface Ministack {
  readonly endpoint: string;
  readonly port: number;
  /** Resolves when it has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** Ends it with the functions that it runs; with `keepState` its state is on disk then. */
  stop(): Promise<void>;
}

/**
 * Starts MiniStack and waits until it answers.
 *
 * @param options.port - default: a free one
 * @param options.dataFolder - holds its log and, with `keepState`, its state
 * @param options.keepState - go on with the state of the last orderly stop, and keep it at the next one
 * @throws Error with one sentence when it does not come up
 */
export async function startMinistack(options: {
  readonly port?: number;
  readonly dataFolder: string;
  readonly keepState: boolean;
}): Promise<Ministack> {
  await mkdir(options.dataFolder, { recursive: true });
  const launch = (port: number): Promise<Ministack> => launchOn(port, options);
  return options.port === undefined ? onFreePort(launch) : launch(options.port);
}

async function launchOn(
  port: number,
  options: { readonly dataFolder: string; readonly keepState: boolean },
): Promise<Ministack> {
  const logFile = join(options.dataFolder, 'ministack.log');
  const log = openSync(logFile, 'w');
  const program = startGuarded({
    command: [CLOUD_PYTHON, join(import.meta.dirname, 'run_ministack.py')],
    env: environment(port, options.dataFolder, options.keepState),
    cwd: options.dataFolder,
    output: log,
    patienceMs: STOP_WITHIN_MS,
  });
  closeSync(log);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilReady(program, endpoint, logFile);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { endpoint, port, ended: program.ended, stop: () => program.stop() };
}

/** Only this: what MiniStack has in its environment leaks into the functions that it runs. */
function environment(port: number, dataFolder: string, keepState: boolean): Readonly<Record<string, string>> {
  const keep = keepState ? '1' : '0';
  return {
    PATH: [dirname(NODE), dirname(CLOUD_PYTHON), process.env.PATH ?? '/usr/bin:/bin'].join(delimiter),
    HOME: dataFolder,
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    PYTHONUNBUFFERED: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    // Becomes part of the API's domain name, where an address would make no valid URL.
    MINISTACK_HOST: 'localhost',
    // Addresses that functions sign for browsers are checked against these.
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    MINISTACK_REGION: REGION,
    MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
    LOG_LEVEL: 'INFO',
    SFTP_ENABLED: '0',
    PERSIST_STATE: keep,
    STATE_DIR: join(dataFolder, 'state'),
    S3_PERSIST: keep,
    S3_DATA_DIR: join(dataFolder, 's3'),
  };
}

async function untilReady(program: GuardedProgram, endpoint: string, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (!program.isRunning()) throw new Error(`MiniStack ended before it was ready: ${await lastWords(logFile)}`);
    if (await answers(endpoint)) return;
    await pause(POLL_MS);
  }
  throw new Error(`MiniStack did not answer at ${endpoint} within ${READY_WITHIN_MS / 1000} seconds`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const error = lines.find((line) => line.includes('ERROR'));
  return (error ?? lines.at(-1) ?? 'it said nothing').slice(0, 300);
}
