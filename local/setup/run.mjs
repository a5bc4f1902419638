/** Runs other programs and tells how long things take. Plain JavaScript for Node 20: it works before anything is installed. */
import { spawn } from 'node:child_process';

/** The project's folder. */
export const ROOT = new URL('../../', import.meta.url).pathname.replace(/\/$/, '');

const KEPT_CHARACTERS = 8_000;

/**
 * Runs a program to its end and keeps the last of what it said.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<{ code: number | undefined, said: string, errors: string }>} code: undefined when it could not be started
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-KEPT_CHARACTERS);
    });
    child.stderr.on('data', (chunk) => {
      errors = `${errors}${chunk}`.slice(-KEPT_CHARACTERS);
    });
    child.once('error', () => resolve({ code: undefined, said, errors }));
    child.once('close', (code) => resolve({ code: code ?? 1, said, errors }));
  });
}

/**
 * Runs a program in this terminal.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code
 */
export function runHere(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the child as well; a signal that reaches only this process is handed on.
    const ignore = () => undefined;
    const terminate = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', terminate);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', terminate);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** The line of a program's output that says best why it failed: its last error, else its last line. */
export function reasonIn(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/A complete log of this run|^npm notice|\[notice\]/.test(line));
  const error = lines.filter((line) => /error|err!|^E:|failed|unable/i.test(line)).at(-1);
  return (error ?? lines.at(-1) ?? 'it said nothing').slice(0, 300);
}

/** Whether a package manager's output says that it could not reach its registry. */
export function isNetworkFailure(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|ConnectTimeoutError|Temporary failure (in name )?resol|Could not resolve|Failed to establish a new connection|Connection (refused|timed out|failed)|network is unreachable|No matching distribution found/i.test(
    output,
  );
}

/** @param {number} startedAt - of performance.now() */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
