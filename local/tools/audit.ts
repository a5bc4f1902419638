/**
 * `npm run audit`: tells whether the record of a process is whole, and writes it to a file that others can verify.
 * Exit codes: 0 it is whole, 1 it is damaged, 2 it could not be read.
 */
import { parseArgs } from 'node:util';
import type { RecordDamage } from '../../functions/audit/domain/record.ts';
import { damagesOf, type RecordReading, readRecordOf } from '../../functions/audit/verify-record.ts';
import { findInstallation, storeOf } from './installation.ts';
import { readRecordFile, writeRecordFile } from './record-file.ts';

const USAGE = `usage:
  npm run audit -- verify <processId> [--stack <name>] [--region <region>]
  npm run audit -- verify --file <file>
  npm run audit -- export <processId> [--out <file>] [--stack <name>] [--region <region>]
Without --stack the demonstration on this machine is read.`;

const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  file: { type: 'string' },
  out: { type: 'string' },
} as const;

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return 2;
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, processId, ...rest] = positionals;
  const isFile = command === 'verify' && values.file !== undefined && processId === undefined;
  const isProcess = (command === 'verify' || command === 'export') && processId !== undefined && !values.file;
  if (rest.length > 0 || (!isFile && !isProcess)) {
    console.error(USAGE);
    return 2;
  }
  const reading = isFile ? await readRecordFile(values.file ?? '') : await readProcess(processId ?? '', values);
  if (command === 'export') {
    const out = values.out ?? `${reading.processId}.record.json`;
    await writeRecordFile(out, reading, new Date());
    console.log(`written to ${out}, personal values included`);
  }
  return report(reading, damagesOf(reading));
}

async function readProcess(processId: string, where: { stack?: string; region?: string }): Promise<RecordReading> {
  const found = await readRecordOf(storeOf(await findInstallation(where)), processId);
  if (found === undefined) {
    throw new Error(`there is no process ${processId}`);
  }
  return found.reading;
}

function report(reading: RecordReading, damages: readonly RecordDamage[]): number {
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
