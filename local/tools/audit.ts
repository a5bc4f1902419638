/**
 * `npm run audit`: tells whether records are whole: that of one process, as it stands in the tables or in a file, and all
 * of them, by the signed books of each day. Exit codes: 0 whole, 1 damaged, 2 it could not be read.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { RecordDamage } from '../../functions/audit/domain/record.ts';
import { noteRead } from '../../functions/audit/note-read.ts';
import { damagesOf, type RecordReading, readRecordOf } from '../../functions/audit/verify-record.ts';
import { newestClosedDay } from '../../functions/evidence/close-books.ts';
import { pendingErasures } from '../../functions/evidence/erase-from-books.ts';
import { type ErasureOrder, eraseEmployee, eraseProcess } from '../../functions/evidence/erase-personal.ts';
import { compareBooks, comparisonReport } from './books/compare-books.ts';
import { exportBooks } from './books/export-books.ts';
import { publicKeyOf, shelfOf } from './books/installed-books.ts';
import { bookReport } from './books/report-books.ts';
import { verifyBooks } from './books/verify-books.ts';
import { findInstallation, processDepsOf, storeOf, type Where } from './installation.ts';
import { readRecordFile, writeRecordFile } from './record-file.ts';

const USAGE = `usage:
  npm run audit -- verify <folder> [--key <pem file>]
  npm run audit -- verify <processId> [--stack <name>] [--region <region>]
  npm run audit -- verify --file <file>
  npm run audit -- compare <folder> --by <name> [--key <pem file>] [--stack <name>] [--region <region>]
  npm run audit -- export --out <folder> --by <name> [--from <day>] [--to <day>] [--without-personal] [--stack <name>] [--region <region>]
  npm run audit -- export <processId> [--out <file>] [--stack <name>] [--region <region>]
  npm run audit -- erase <processId> --by <name> --reason <text> [--stack <name>] [--region <region>]
  npm run audit -- erase --employee <id> --by <name> --reason <text> [--stack <name>] [--region <region>]
  npm run audit -- public-key [--stack <name>] [--region <region>]
A folder holds exported books; days are written YYYY-MM-DD. Without --stack the demonstration on this machine is read.`;

const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  file: { type: 'string' },
  out: { type: 'string' },
  key: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'without-personal': { type: 'boolean' },
  employee: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
} as const;

type Options = ReturnType<typeof read>['values'];

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return 2;
});

function read() {
  return parseArgs({ options: OPTIONS, allowPositionals: true });
}

async function main(): Promise<number> {
  const { values, positionals } = read();
  const [command, subject, ...rest] = positionals;
  const run = rest.length > 0 ? undefined : commandOf(command, subject, values);
  if (run === undefined) {
    console.error(USAGE);
    return 2;
  }
  return run();
}

function commandOf(command: string | undefined, subject: string | undefined, options: Options) {
  const { file, out, by } = options;
  if (command === 'verify' && subject !== undefined && file === undefined) {
    return existsSync(subject) ? () => verifyFolder(subject, options) : () => verifyProcess(subject, options);
  }
  if (command === 'verify' && subject === undefined && file !== undefined) {
    return async () => report(await readRecordFile(file));
  }
  if (command === 'compare' && subject !== undefined && by !== undefined) {
    return () => compareFolder(subject, by, options);
  }
  if (command === 'export' && subject === undefined && out !== undefined && by !== undefined) {
    return () => exportAll(out, by, options);
  }
  if (command === 'export' && subject !== undefined) {
    return () => exportProcess(subject, options);
  }
  if (command === 'erase') {
    const order = orderOf(subject, options);
    return order === undefined ? undefined : () => erase(order, options);
  }
  return command === 'public-key' && subject === undefined ? () => showPublicKey(options) : undefined;
}

async function verifyFolder(folder: string, { key }: Options): Promise<number> {
  const books = await verifyBooks(folder, { keyPem: key === undefined ? undefined : await readFile(key, 'utf8') });
  for (const line of bookReport(books)) {
    console.log(line);
  }
  return books.findings.length === 0 ? 0 : 1;
}

/** Books that are damaged themselves say nothing about the tables. Reading records is recorded, as an export is. */
async function compareFolder(folder: string, by: string, options: Options): Promise<number> {
  const { key } = options;
  const books = await verifyBooks(folder, { keyPem: key === undefined ? undefined : await readFile(key, 'utf8') });
  if (books.findings.length > 0) {
    bookReport(books).forEach((line) => {
      console.log(line);
    });
    return 1;
  }
  const installation = await findInstallation(options);
  const reader = { kind: 'person', id: by } as const;
  await noteRead(processDepsOf(installation), { processId: 'books', reader, what: 'books' });
  const compared = await compareBooks(storeOf(installation), folder, books);
  for (const line of [...bookReport(books), ...comparisonReport(compared)]) {
    console.log(line);
  }
  return compared.findings.length === 0 ? 0 : 1;
}

async function verifyProcess(processId: string, where: Where): Promise<number> {
  return report(await readProcess(processId, where));
}

/** That somebody takes books out is recorded before they get them. */
async function exportAll(out: string, by: string, options: Options): Promise<number> {
  const installation = await findInstallation(options);
  const { from, to, 'without-personal': withoutPersonal = false } = options;
  const store = storeOf(installation);
  const newest = await newestClosedDay(store);
  if (newest === undefined) {
    throw new Error('no book is closed yet: the first one is closed an hour after its day');
  }
  const reader = { kind: 'person', id: by } as const;
  await noteRead(processDepsOf(installation), { processId: 'books', reader, what: 'books' });
  const shelf = shelfOf(installation);
  const erasures = await pendingErasures(store);
  const which = { newest, from, to, withPersonal: !withoutPersonal, erasures };
  const { days, gone } = await exportBooks(shelf, which, out);
  console.log(`${days.length} books written to ${out}${withoutPersonal ? ', without personal values' : ''}`);
  if (gone.length > 0) {
    console.log(`the time of personal values is over in ${gone.length} files, which are gone`);
  }
  return 0;
}

async function exportProcess(processId: string, options: Options): Promise<number> {
  const reading = await readProcess(processId, options);
  const out = options.out ?? `${reading.processId}.record.json`;
  await writeRecordFile(out, reading, new Date());
  console.log(`written to ${out}, personal values included`);
  return report(reading);
}

async function erase(order: Order, where: Where): Promise<number> {
  const deps = processDepsOf(await findInstallation(where));
  if ('processId' in order) {
    const erased = await eraseProcess(deps, order.processId, order);
    console.log(`personal values of ${erased} entries and items of ${order.processId} erased`);
    return 0;
  }
  const { erasures, running } = await eraseEmployee(deps, order.employeeId, order);
  for (const { processId, erased } of erasures) {
    console.log(`personal values of ${erased} entries and items of ${processId} erased`);
  }
  for (const processId of running) {
    console.log(`${processId} runs: order it again when it has ended`);
  }
  return 0;
}

type Order = ErasureOrder & ({ readonly processId: string } | { readonly employeeId: string });

/** Undefined: something is missing, or there is too much. */
function orderOf(processId: string | undefined, { employee: employeeId, by, reason }: Options): Order | undefined {
  if (by === undefined || reason === undefined || (processId === undefined) === (employeeId === undefined)) {
    return undefined;
  }
  return processId === undefined ? { by, reason, employeeId: employeeId ?? '' } : { by, reason, processId };
}

async function showPublicKey(where: Where): Promise<number> {
  const { pem, sha256 } = await publicKeyOf(await findInstallation(where));
  console.log(pem.trim());
  console.error(`SHA-256 of the key: ${sha256}`);
  return 0;
}

async function readProcess(processId: string, where: Where): Promise<RecordReading> {
  const found = await readRecordOf(storeOf(await findInstallation(where)), processId);
  if (found === undefined) {
    throw new Error(`there is no process ${processId}`);
  }
  return found.reading;
}

function report(reading: RecordReading): number {
  const damages: readonly RecordDamage[] = damagesOf(reading);
  const { processId, record, personal } = reading;
  const kept = new Set(personal.map(({ sequence }) => sequence));
  const withPersonal = record.filter(({ personalDigest }) => personalDigest !== undefined);
  const erased = withPersonal.filter(({ sequence }) => !kept.has(sequence));
  console.log(`process ${processId}: ${record.length} entries`);
  console.log(`personal values: in ${withPersonal.length} entries, ${erased.length} of them erased`);
  for (const { sequence, damage } of damages) {
    console.log(`entry ${sequence}: ${damage}`);
  }
  const last = record.at(-1);
  console.log(
    damages.length === 0
      ? `the record is whole; it ends with entry ${last?.sequence ?? 0}, hash ${last?.hash ?? 'none'}`
      : `the record is DAMAGED: ${damages.length} findings`,
  );
  return damages.length === 0 ? 0 : 1;
}
