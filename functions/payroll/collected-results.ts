/** What the distributed Map left in the bucket: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
import * as z from 'zod';
import type { Collected, OpenPoints } from './domain/payroll-run.ts';
import type { Settled } from './domain/settlements.ts';
import type { RunFiles } from './port.ts';

const filesSchema = z.array(z.object({ Key: z.string() }));
const manifestSchema = z.object({
  ResultFiles: z.object({ SUCCEEDED: filesSchema, FAILED: filesSchema, PENDING: filesSchema }),
});

export const figureSchema = z.object({ kind: z.string(), hours: z.string(), days: z.string() });
export const differenceSchema = z.object({
  date: z.string(),
  kind: z.string(),
  requested: z.string(),
  recorded: z.string(),
});

export const countedBySchema = z.literal('clock').exactOptional();

const monthSchema = z.discriminatedUnion('status', [
  z.object({ period: z.string(), status: z.enum(['not-employed', 'unknown']) }),
  z.object({
    period: z.string(),
    status: z.literal('collected'),
    workingDays: z.number(),
    figures: z.array(figureSchema),
    differences: z.array(differenceSchema),
    countedBy: countedBySchema,
  }),
]);

/** What one item of the Map ends with. */
export const collectedSchema: z.ZodType<Collected> = z.object({
  employeeId: z.string(),
  months: z.array(monthSchema),
});

/** What one item of the Map of differences ends with. */
export const settledSchema: z.ZodType<Settled> = z.object({
  employeeId: z.string(),
  settlement: z.enum(['corrected', 'accepted']),
  collected: collectedSchema.nullable(),
});

/** Input and error of an item that did not end well, as Step Functions describes its execution. */
const failedSchema = z.object({
  Input: z.string(),
  Error: z.string().default('not started'),
  Cause: z.string().default(''),
});
const inputSchema = z.object({ employeeId: z.string() });

/** As the machine itself keeps of the causes that it hands on. */
const CAUSE_LENGTH = 2000;

/** Of items that ended well what they end with, and of the others the employee and the error. `manifest`: key of what names the files. */
export async function readResults<T>(
  files: RunFiles,
  manifest: string,
  schema: z.ZodType<T>,
): Promise<{ readonly succeeded: readonly T[]; readonly failed: OpenPoints['failed'] }> {
  const { ResultFiles } = manifestSchema.parse(JSON.parse(await files.read(manifest)));
  const { SUCCEEDED, FAILED, PENDING } = ResultFiles;
  const failed = await readAll(files, [...FAILED, ...PENDING], z.array(failedSchema));
  return {
    succeeded: await readAll(files, SUCCEEDED, z.array(schema)),
    failed: failed.map(({ Input, Error: error, Cause }) => ({
      employeeId: inputSchema.parse(JSON.parse(Input)).employeeId,
      error,
      cause: Cause.slice(0, CAUSE_LENGTH),
    })),
  };
}

async function readAll<T>(
  files: RunFiles,
  named: z.infer<typeof filesSchema>,
  schema: z.ZodType<readonly T[]>,
): Promise<readonly T[]> {
  const texts = await Promise.all(named.map(({ Key }) => files.read(Key)));
  return texts.flatMap((text) => schema.parse(JSON.parse(text)));
}
