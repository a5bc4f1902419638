/**
 * `npm run directory`: versions of the directory, made from files, looked at before they count, and put in use.
 * Exit codes: 0 done, or nothing is wrong; 1 the files are wrong, or a task cannot follow; 2 it could not be tried.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  previewReroute,
  type Rerouted,
  type RerouteOutcome,
  rerouteTasks,
} from '../../functions/approvals/re-route-tasks.ts';
import type { DirectoryData } from '../../functions/directory/directory-file.ts';
import {
  currentVersion,
  directoryVersions,
  readDirectoryVersion,
  useDirectoryVersion,
  writeDirectoryVersion,
} from '../../functions/directory/directory-versions.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import { differenceOf } from './directory/difference.ts';
import { readImport } from './directory/read-import.ts';
import { deployedDirectory, findInstallation, storeOf } from './installation.ts';

const USAGE = `usage:
  npm run directory -- import <file>... --by <your name> [--apply]
  npm run directory -- versions
  npm run directory -- show [<version>]
  npm run directory -- back-to <version> --by <your name> [--apply]
  npm run directory -- re-route --by <your name> [--apply]
import takes lists as CSV, the whole or lists of it as JSON, and list responses of SCIM; back-to puts an earlier version in use;
re-route has open tasks follow rules that were deployed. All three show what would change, also of open tasks, and change it
with --apply. Version 0 is the file of the deployment; the rules are those of --rules <folder>.
Each with --stack <name> --directory <file of the deployment> [--region <region>]; without --stack the demonstration on this
machine is meant.`;

const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  by: { type: 'string' },
  directory: { type: 'string' },
  rules: { type: 'string', default: 'rules' },
  apply: { type: 'boolean', default: false },
} as const;

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return 2;
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, ...args] = positionals;
  const { by } = values;
  const version = args.length === 1 ? versionIn(args[0]) : undefined;
  switch (command) {
    case 'versions':
      return args.length === 0 ? listVersions(await workshop(values)) : explain();
    case 'show':
      return args.length === 0 || version !== undefined ? show(await workshop(values), version) : explain();
    case 'import':
      return args.length === 0 || by === undefined
        ? explain()
        : importFiles(await workshop(values), args, { ...values, by });
    case 'back-to':
      return version === undefined || by === undefined
        ? explain()
        : backTo(await workshop(values), version, { ...values, by });
    case 're-route':
      return args.length > 0 || by === undefined ? explain() : followRules(await workshop(values), { ...values, by });
    default:
      return explain();
  }
}

function explain(): number {
  console.error(USAGE);
  return 2;
}

function versionIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,8}$/.test(text) ? Number(text) : undefined;
}

type Where = Parameters<typeof deployedDirectory>[0] & { readonly rules: string };
type Workshop = Awaited<ReturnType<typeof workshop>>;

interface Order {
  readonly by: string;
  readonly apply: boolean;
}

/** What every command works with. */
async function workshop(where: Where) {
  const deployed = await deployedDirectory(where);
  const deps = {
    store: storeOf(await findInstallation(where)),
    clock: { now: () => new Date() },
    randomness: { secret: () => randomBytes(32).toString('base64url'), uuid: () => randomUUID() },
  };
  return { deps, deployed, rules: where.rules };
}

/** All of a version; 0 is the file of the deployment. */
async function dataOf({ deps, deployed }: Workshop, version: number): Promise<DirectoryData> {
  return version === 0 ? deployed : readDirectoryVersion(deps.store, version);
}

async function listVersions({ deps, deployed }: Workshop): Promise<number> {
  const current = await currentVersion(deps.store);
  const mark = (version: number) => (version === current ? '  <- counts' : '');
  console.log(`0: ${deployed.people.length} people, the file of the deployment${mark(0)}`);
  for (const { version, people, importedAt, by, source, isComplete } of await directoryVersions(deps.store)) {
    const cut = isComplete ? '' : ' (cut short, counts never)';
    console.log(`${version}: ${people} people, from ${source} by ${by} at ${importedAt}${cut}${mark(version)}`);
  }
  return 0;
}

/** As JSON, which `import` takes. */
async function show(shop: Workshop, version: number | undefined): Promise<number> {
  const data = await dataOf(shop, version ?? (await currentVersion(shop.deps.store)));
  console.log(JSON.stringify(data, undefined, 2));
  return 0;
}

async function importFiles(shop: Workshop, paths: readonly string[], order: Order): Promise<number> {
  const files = await Promise.all(paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })));
  const expected = await currentVersion(shop.deps.store);
  const current = await dataOf(shop, expected);
  const read = readImport(files, current);
  if ('problems' in read) {
    for (const { file, line, field, problem, remedy } of read.problems) {
      console.log(`${file}${line === 0 ? '' : `:${line}`} ${field}: ${problem} (${remedy})`);
    }
    console.log(`${read.problems.length} things are wrong, nothing was changed`);
    return 1;
  }
  const changes = differenceOf(current, read.data);
  say([...read.notes, ...changes]);
  if (changes.length === 0) {
    console.log(`nothing differs from version ${expected}`);
    return 0;
  }
  const source = files.map(({ name }) => name).join(', ');
  const write = () => writeDirectoryVersion(shop.deps, read.data, { by: order.by, source });
  return change(shop, order, { data: read.data, expected, version: write });
}

async function backTo(shop: Workshop, version: number, order: Order): Promise<number> {
  const expected = await currentVersion(shop.deps.store);
  const data = await dataOf(shop, version);
  say(differenceOf(await dataOf(shop, expected), data));
  return change(shop, order, { data, expected, version: async () => version });
}

/** Shows what becomes of open tasks, and changes everything when it is confirmed. */
async function change(
  shop: Workshop,
  order: Order,
  next: { readonly data: DirectoryData; readonly expected: number; readonly version: () => Promise<number> },
): Promise<number> {
  if (!order.apply) {
    return preview(shop, order, next.data);
  }
  const version = await next.version();
  await useDirectoryVersion(shop.deps, { version, expected: next.expected, by: order.by });
  console.log(`version ${version} counts now; before it was ${next.expected}`);
  return follow(shop, order, { data: next.data, version });
}

async function preview(shop: Workshop, { by }: Order, data: DirectoryData): Promise<number> {
  const tasks = await previewReroute(await depsWith(shop, data), { by, directoryVersion: 0 });
  console.log('nothing was changed: --apply changes it');
  return report(tasks, 'would go');
}

async function followRules(shop: Workshop, order: Order): Promise<number> {
  const version = await currentVersion(shop.deps.store);
  return follow(shop, order, { data: await dataOf(shop, version), version });
}

/** Open tasks go where the rules and this version, which counts, lead. */
async function follow(
  shop: Workshop,
  { by, apply }: Order,
  { data, version: directoryVersion }: { readonly data: DirectoryData; readonly version: number },
): Promise<number> {
  const deps = await depsWith(shop, data);
  const order = { by, directoryVersion };
  return apply
    ? report(await rerouteTasks(deps, order), 'goes')
    : report(await previewReroute(deps, order), 'would go');
}

/** The whole version is in memory: thousands of tasks ask it the same questions. */
async function depsWith({ deps, rules }: Workshop, data: DirectoryData) {
  const policies = createPolicies(await compileRuleFolder(rules, undefined));
  return { ...deps, directory: createFileDirectory(data), policies };
}

function report(found: readonly (Rerouted | RerouteOutcome)[], goes: string): number {
  const tasks = found.filter((one) => !('became' in one && one.became === 'unchanged'));
  const way = (levels: Rerouted['to']) =>
    levels.map(({ name, approverIds }) => `${name} (${approverIds.join(', ')})`).join(', then ');
  for (const { processId, title, from, to, isAskedAgain, linkLimit, refusal } of tasks) {
    const asked = isAskedAgain ? '; the open level is asked again' : '';
    const limit =
      linkLimit === undefined ? '' : `; a link alone decides up to ${linkLimit.to} instead of ${linkLimit.from}`;
    const what =
      refusal === undefined ? `${goes} to ${way(to)}${asked}${limit}` : `stays, and needs an operator: ${refusal}`;
    console.log(`${processId} "${title}", with ${way(from)}: ${what}`);
  }
  const stuck = tasks.filter(({ refusal }) => refusal !== undefined).length;
  console.log(`${tasks.length - stuck} open tasks ${goes === 'goes' ? 'follow' : 'would follow'}, ${stuck} cannot`);
  if (tasks.length < found.length) {
    console.log(`${found.length - tasks.length} had nothing left to change meanwhile`);
  }
  return stuck === 0 ? 0 : 1;
}

function say(lines: readonly string[]): void {
  for (const line of lines) {
    console.log(line);
  }
}
