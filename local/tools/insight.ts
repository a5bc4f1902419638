/**
 * `npm run insight`: looks at what the record says of all processes together. Exit codes: 0 answered, 2 what was given cannot
 * be read.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { MACHINES } from '../../functions/diagrams/machines.ts';
import { bpmnOf, diagramsOf } from '../../functions/diagrams/make-diagrams.ts';
import { type DirectoryData, parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { rememberingPolicies } from '../../functions/insight/remembering-policies.ts';
import { reportOf } from '../../functions/insight/report.ts';
import { whatIf } from '../../functions/insight/what-if.ts';
import { currencySchema } from '../../functions/money/money.ts';
import type { Language } from '../../functions/pages/language.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import { chanceOf } from '../history/chance.ts';
import { type OpenedLog, openLog } from './insight/duckdb-log.ts';
import { exportOcel } from './insight/ocel.ts';
import { observedWaits, pastApprovals } from './insight/past-approvals.ts';
import { linesOf } from './insight/what-if-words.ts';
import { exportXes } from './insight/xes.ts';

const USAGE = `usage:
  npm run insight -- report
  npm run insight -- what-if [--rules <folder>] [--directory <file>] [--minutes 5] [--rate 200]
  npm run insight -- export xes|ocel <file>
  npm run insight -- bpmn <process> [--out <file>] [--language en|zh-CN]
The first three take [--log .local/history] [--company local/demo/company.json] [--language en|zh-CN].
The log is a folder of the event log: from npm run history, or copied from the bucket of the stack with aws s3 sync. What-if
routes every past approval by the tables and the directory that are given, the company's own where one is not; --minutes is
what an answer takes whoever gives it, --rate what an hour of theirs costs. The last writes a process, such as procure-to-pay, as
BPMN 2.0, into <process>.bpmn where no file is named.`;

const OPTIONS = {
  log: { type: 'string', default: '.local/history' },
  company: { type: 'string', default: 'local/demo/company.json' },
  language: { type: 'string', default: 'en' },
  rules: { type: 'string', default: 'rules' },
  directory: { type: 'string' },
  minutes: { type: 'string', default: '5' },
  rate: { type: 'string', default: '200' },
  out: { type: 'string' },
} as const;

const optionsSchema = z.object({
  log: z.string().min(1),
  company: z.string().min(1),
  language: z.enum(['en', 'zh-CN']),
  rules: z.string().min(1),
  directory: z.string().min(1).optional(),
  minutes: z.coerce.number().positive().max(480),
  rate: z.coerce.number().positive(),
  out: z.string().min(1).optional(),
});
type Options = z.infer<typeof optionsSchema>;

const companySchema = z.object({ currency: currencySchema, directoryFile: z.string() });

async function main(): Promise<number> {
  const given = parsed();
  const [command, format, file] = given?.positionals ?? [];
  const options = optionsSchema.safeParse(given?.values);
  if (options.success && command === 'bpmn' && format !== undefined && MACHINES.includes(format)) {
    await writeBpmn(format, options.data);
    return 0;
  }
  if (!options.success || !isCommand(command, format, file)) {
    console.error(USAGE);
    return 2;
  }
  const log = await openLog(resolve(options.data.log));
  try {
    await run(command, log, options.data, { format, file });
  } finally {
    await log.close();
  }
  return 0;
}

type Command = 'report' | 'what-if' | 'export';

function isCommand(
  command: string | undefined,
  format: string | undefined,
  file: string | undefined,
): command is Command {
  const isExport = command === 'export' && (format === 'xes' || format === 'ocel') && file !== undefined;
  return command === 'report' || command === 'what-if' || isExport;
}

async function run(
  command: Command,
  log: OpenedLog,
  options: Options,
  { format, file = '' }: { readonly format: string | undefined; readonly file: string | undefined },
): Promise<void> {
  switch (command) {
    case 'report':
      return printReport(log, options);
    case 'what-if':
      return printWhatIf(log, options);
    case 'export':
      await (format === 'xes' ? exportXes(log, resolve(file)) : exportOcel(log, resolve(file)));
      return;
  }
}

async function writeBpmn(machine: string, { out = `${machine}.bpmn`, language }: Options): Promise<void> {
  const diagram = (await diagramsOf('statemachines')).find((one) => one.machine === machine);
  if (diagram === undefined) {
    throw new Error(`statemachines/ has no ${machine}: run this in the folder of the project`);
  }
  await writeFile(resolve(out), await bpmnOf(diagram, language === 'en' ? 'en' : 'zh'));
}

async function printReport(log: OpenedLog, options: Options): Promise<void> {
  const { directory } = await companyOf(options);
  const names = new Map(directory.people.map(({ employeeId, name }) => [employeeId, `${name} (${employeeId})`]));
  const language: Language = options.language;
  for (const { title, findings } of await reportOf(log, { language, nameOf: (id) => names.get(id) ?? id })) {
    console.log([title, ...(findings.length === 0 ? ['–'] : findings).map((finding) => `  ${finding}`), ''].join('\n'));
  }
}

async function printWhatIf(log: OpenedLog, options: Options): Promise<void> {
  const { directory, currency } = await companyOf(options);
  const deps = {
    directory: createFileDirectory(directory),
    policies: rememberingPolicies(createPolicies(await compileRuleFolder(options.rules))),
  };
  const result = await whatIf(deps, {
    approvals: pastApprovals(log),
    waits: await observedWaits(log),
    costs: { minutesPerAnswer: options.minutes, hourlyRate: options.rate },
    random: chanceOf('what-if').next,
  });
  console.log(linesOf(result, options.language, currency).join('\n'));
}

async function companyOf({ company, directory }: Options): Promise<{ currency: string; directory: DirectoryData }> {
  const { currency, directoryFile } = companySchema.parse(await readJson(company));
  return { currency, directory: parseDirectory(await readJson(directory ?? resolve(dirname(company), directoryFile))) };
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

function parsed() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch {
    return undefined;
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
