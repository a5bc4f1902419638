/**
 * `npm run ops`: the operator's tool. Exit codes: 0 done (or nothing waits), 1 something waits or was refused, 2 it could not be
 * done.
 */
import { parseArgs } from 'node:util';
import { isOperatorAction } from '../../functions/operations/domain/trouble.ts';
import { findInstallation } from './installation.ts';
import { redriveLetters, showLetters } from './operations/dead-letters.ts';
import { EXIT } from './operations/operated.ts';
import { handOver, hold, startPayroll, versions } from './operations/processes.ts';
import { reconcile } from './operations/reconcile.ts';
import { act, decide, show, status } from './operations/troubles.ts';

const USAGE = `usage:
  npm run ops -- status
  npm run ops -- show <processId> --by <your name>
  npm run ops -- act <retry|skip|cancel|redrive|send-again> <what as status shows it>... --by <your name> [--reason <text>] [--apply]
  npm run ops -- decide <processId> <retry|skip|cancel> --by <your name> [--reason <text>]
  npm run ops -- redrive-execution <ARN> --by <your name>
  npm run ops -- letters <name as status shows it>
  npm run ops -- redrive-letters <name as status shows it> [<letter>...] --by <your name> [--apply]
  npm run ops -- versions
  npm run ops -- hold <processId> --by <your name> --reason <text>
  npm run ops -- release <processId> --by <your name> --reason <text>
  npm run ops -- hand-over <employee id> <employee id> --by <your name> [--directory <file>] [--apply]
  npm run ops -- payroll <YYYY-MM> --by <your name>
  npm run ops -- reconcile [<processId>]
act, redrive-letters and hand-over show exactly what they would touch, and do it with --apply. With --stack hand-over needs the deployment's
--directory, which counts until people are imported.
Each with [--stack <name>] [--region <region>]; without --stack the demonstration on this machine is meant.`;

const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  directory: { type: 'string' },
  apply: { type: 'boolean', default: false },
} as const;

interface Given {
  readonly stack?: string;
  readonly region?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly directory?: string;
  readonly apply: boolean;
}

/** Each command with what stands behind it; undefined: it was not given what it needs. */
const COMMANDS: { readonly [name: string]: (given: Given, words: readonly string[]) => Promise<number> | undefined } = {
  status: (given, [...rest]) => (rest.length > 0 ? undefined : run(given, status)),
  versions: (given, [...rest]) => (rest.length > 0 ? undefined : run(given, versions)),
  show: (given, words) =>
    withOne(words, (processId) => {
      const { by } = given;
      return by === undefined ? undefined : run(given, (found) => show(found, processId, by));
    }),
  letters: (given, words) => withOne(words, (queue) => run(given, (found) => showLetters(found, queue))),
  payroll: (given, words) =>
    withOne(words, (period) => {
      const { by } = given;
      return by === undefined ? undefined : run(given, (found) => startPayroll(found, { period, by }));
    }),
  reconcile: (given, [processId, ...rest]) =>
    rest.length > 0 ? undefined : run(given, (found) => reconcile(found, processId)),
  act: (given, [action = '', ...texts]) => {
    const { by, reason = '', apply } = given;
    return by === undefined || !isOperatorAction(action) || texts.length === 0
      ? undefined
      : run(given, (found) => act(found, { action, texts, by, reason, apply }));
  },
  decide: (given, [processId, action = '', ...rest]) => {
    const { by, reason = '' } = given;
    return by === undefined || processId === undefined || !isOperatorAction(action) || rest.length > 0
      ? undefined
      : run(given, (found) => decide(found, { processId, action, by, reason }));
  },
  'redrive-execution': (given, words) =>
    withOne(words, (arn) => {
      const { by } = given;
      const order = { action: 'redrive', texts: [`execution/${arn}`], reason: '', apply: true } as const;
      return by === undefined ? undefined : run(given, (found) => act(found, { ...order, by }));
    }),
  'redrive-letters': (given, [queue, ...letterIds]) => {
    const { by, apply } = given;
    return by === undefined || queue === undefined
      ? undefined
      : run(given, (found) => redriveLetters(found, { queue, letterIds, by, apply }));
  },
  hold: (given, words) => holdOr('hold', given, words),
  release: (given, words) => holdOr('release', given, words),
  'hand-over': (given, [from, to, ...rest]) => {
    const { by } = given;
    return by === undefined || from === undefined || to === undefined || rest.length > 0
      ? undefined
      : run(given, (found) => handOver(found, { from, to, by }, given));
  },
};

function holdOr(command: 'hold' | 'release', given: Given, words: readonly string[]): Promise<number> | undefined {
  const { by, reason } = given;
  return withOne(words, (processId) =>
    by === undefined || reason === undefined
      ? undefined
      : run(given, (found) => hold(found, command, { processId, by, reason })),
  );
}

function withOne(
  [subject, ...rest]: readonly string[],
  command: (subject: string) => Promise<number> | undefined,
): Promise<number> | undefined {
  return subject === undefined || rest.length > 0 ? undefined : command(subject);
}

type Found = Awaited<ReturnType<typeof findInstallation>>;

async function run(given: Given, command: (installation: Found) => Promise<number>): Promise<number> {
  return command(await findInstallation(given));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command = '', ...words] = positionals;
  const running = Object.hasOwn(COMMANDS, command) ? COMMANDS[command]?.(values, words) : undefined;
  if (running === undefined) {
    console.error(USAGE);
    return EXIT.failed;
  }
  return running;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return EXIT.failed;
});
