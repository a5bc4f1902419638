/** What runs handed over, in the run's own words: kept by its digest, so that later runs read exactly what payroll was given. */
import * as z from 'zod';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { countedBySchema, differenceSchema, figureSchema } from './collected-results.ts';
import type { HandedFigures } from './domain/corrections.ts';
import { digestOfFile } from './domain/payroll-file.ts';
import { type EarlierRun, payrollRunId, runKeys } from './domain/payroll-run.ts';
import type { RunFiles } from './port.ts';

const figuresShape = {
  employeeId: z.string(),
  workingDays: z.number(),
  figures: z.array(figureSchema),
  countedBy: countedBySchema,
};

const handedSchema: z.ZodType<HandedFigures> = z.object({
  period: z.string(),
  employees: z.array(z.object(figuresShape)),
  corrections: z.array(z.object({ period: z.string(), ...figuresShape })),
  accepted: z.array(z.object({ employeeId: z.string(), differences: z.array(differenceSchema) })),
});

/** @returns the digest by which {@link readHanded} finds it; the same again has the same, and nothing is ever overwritten */
export async function keepHanded(files: RunFiles, handed: HandedFigures): Promise<string> {
  const text = JSON.stringify(handed);
  const digest = digestOfFile(text);
  await files.write(runKeys(payrollRunId(handed.period)).kept(digest), text);
  return digest;
}

/** @throws ConnectorPermanentError where a file is not what the record says */
export function readHanded(files: RunFiles, runs: readonly EarlierRun[]): Promise<readonly HandedFigures[]> {
  return Promise.all(
    runs.map(async ({ period, kept }) => {
      const key = runKeys(payrollRunId(period)).kept(kept);
      const text = await files.read(key);
      if (digestOfFile(text) !== kept) {
        throw new ConnectorPermanentError(`${key} is not what was handed over: restore its first version`);
      }
      return handedSchema.parse(JSON.parse(text));
    }),
  );
}
