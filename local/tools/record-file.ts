/** A record in a file: everything that is needed to verify it without Meridian's tables. */
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import type { RecordReading } from '../../functions/audit/verify-record.ts';

const FORMAT = 'meridian-record/1';

const chainHeadSchema = z.object({ sequence: z.int().min(0), hash: z.string() });

/** Entries are taken as they are: what was done to them is for the verification to say, not for the parser. */
const entrySchema = z.looseObject({ processId: z.string(), sequence: z.number(), hash: z.string() });

const fileSchema = z.object({
  format: z.literal(FORMAT),
  processId: z.string().min(1),
  /** ISO 8601 in UTC. */
  exportedAt: z.string(),
  /** Where the process stood. */
  head: chainHeadSchema,
  record: z.array(entrySchema),
  /** Without those that were erased. */
  personal: z.array(
    z.object({
      processId: z.string(),
      sequence: z.number(),
      salt: z.string(),
      values: z.record(z.string(), z.string()),
    }),
  ),
});

/** Readable by the owner only, since it holds personal values. */
export async function writeRecordFile(file: string, reading: RecordReading, now: Date): Promise<void> {
  const { processId, after, record, personal } = standing(reading);
  const content: z.input<typeof fileSchema> = {
    format: FORMAT,
    processId,
    exportedAt: now.toISOString(),
    head: after,
    record: record.map((entry) => ({ ...entry })),
    personal: personal.map((values) => ({ ...values })),
  };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
}

/** A process that went on while it was read is written as it stood before. */
function standing(reading: RecordReading): RecordReading {
  const { before, after, record, personal } = reading;
  if (before.hash === after.hash) {
    return reading;
  }
  const stood = ({ sequence }: { readonly sequence: number }) => sequence <= before.sequence;
  return { ...reading, after: before, record: record.filter(stood), personal: personal.filter(stood) };
}

/** @throws Error in one sentence when it is no such file. */
export async function readRecordFile(file: string): Promise<RecordReading> {
  const parsed = fileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) {
    throw new Error(`${file} is no exported record: ${z.prettifyError(parsed.error)}`);
  }
  const { processId, head, record, personal } = parsed.data;
  return { processId, before: head, after: head, record: record as unknown as readonly RecordEntry[], personal };
}
