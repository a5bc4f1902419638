/** How big each function's bundle is, and how long Node takes to import it beyond what its SDK clients take. */
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { BUNDLING, buildBundles } from '../../infra/bundles.ts';
import { NODE, ROOT } from '../cloud/paths.ts';

export interface BundleFigure {
  readonly name: string;
  readonly bytes: number;
  /** SDK clients that it holds. */
  readonly clients: readonly string[];
  /** Milliseconds in a fresh process; the fastest of several, which other programs disturbed least. */
  readonly importMs: number;
  /** The same for a handler that holds these clients and does nothing. */
  readonly emptyImportMs: number;
  readonly beyondEmptyMs: number;
}

const ROUNDS = 9;

/** @param folder - is deleted and filled */
export async function measureBundles(folder: string): Promise<readonly BundleFigure[]> {
  await rm(folder, { recursive: true, force: true });
  const bundles = await buildBundles({
    folder: join(folder, 'bundles'),
    directoryFile: join(ROOT, 'local/demo/directory.json'),
    currency: 'CNY',
    erp: 'tryton',
  });
  const pairs = [];
  for (const { name, bytes, folder: code } of bundles.values()) {
    const clients = await clientsIn(join(folder, 'bundles-maps', `${name}.mjs.map`));
    pairs.push({ name, bytes, clients, file: join(code, 'index.mjs'), empty: await emptyHandler(folder, clients) });
  }
  const times = await importTimes(new Set(pairs.flatMap(({ file, empty }) => [file, empty])));
  return pairs.map(({ file, empty, ...bundle }) => {
    const [importMs, emptyImportMs] = [times.get(file) ?? Number.NaN, times.get(empty) ?? Number.NaN];
    return { ...bundle, importMs, emptyImportMs, beyondEmptyMs: rounded(importMs - emptyImportMs) };
  });
}

/**
 * Bytes of each bundle by name.
 *
 * @param folder - gets the bundles
 */
export async function bundleSizes(folder: string): Promise<ReadonlyMap<string, number>> {
  const bundles = await buildBundles({
    folder: join(folder, 'bundles'),
    directoryFile: join(ROOT, 'local/demo/directory.json'),
    currency: 'CNY',
    erp: 'tryton',
  });
  return new Map([...bundles.values()].map(({ name, bytes }) => [name, bytes]));
}

async function clientsIn(sourceMap: string): Promise<readonly string[]> {
  const { sources }: { readonly sources: readonly string[] } = JSON.parse(await readFile(sourceMap, 'utf8'));
  const names = sources.flatMap((source) => /node_modules\/(@aws-sdk\/client-[^/]+)\//.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

async function emptyHandler(folder: string, clients: readonly string[]): Promise<string> {
  const name = ['empty', ...clients.map((client) => client.replace('@aws-sdk/client-', ''))].join('-');
  const source = join(folder, `${name}.ts`);
  const classes = clients.map(classOf);
  const lines = [
    ...clients.map((client, index) => `import { ${classes[index]} } from '${client}';`),
    `export const clients = () => [${classes.map((name) => `new ${name}({})`).join(', ')}];`,
    'export const handler = async () => undefined;',
  ];
  await writeFile(source, lines.join('\n'));
  const outfile = join(folder, name, 'index.mjs');
  await esbuild.build({ ...BUNDLING, mainFields: [...BUNDLING.mainFields], entryPoints: [source], outfile });
  return outfile;
}

function classOf(client: string): string {
  const name = CLIENT_CLASSES[client];
  if (name === undefined) throw new Error(`the measurement does not know the client of ${client}`);
  return name;
}

const CLIENT_CLASSES: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'DynamoDBClient',
  '@aws-sdk/client-eventbridge': 'EventBridgeClient',
  '@aws-sdk/client-scheduler': 'SchedulerClient',
  '@aws-sdk/client-secrets-manager': 'SecretsManagerClient',
  '@aws-sdk/client-sesv2': 'SESv2Client',
  '@aws-sdk/client-sfn': 'SFNClient',
  '@aws-sdk/client-sqs': 'SQSClient',
};

/** Round by round, so that what disturbs a while disturbs all alike. */
async function importTimes(files: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const fastest = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const file of files) {
      const script = `const at = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - at);`;
      const { stdout } = await promisify(execFile)(NODE, ['--input-type=module', '-e', script]);
      fastest.set(file, Math.min(fastest.get(file) ?? Number.POSITIVE_INFINITY, rounded(Number(stdout))));
    }
  }
  return fastest;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
