/** The files of payroll runs, in the company's bucket. */
import type * as z from 'zod';
import type { RunFiles } from '../payroll/port.ts';
import { createS3RunFiles } from '../payroll/s3/s3-run-files.ts';
import { s3Client } from './clients.ts';
import type { payrollEnvironment } from './environment.ts';

export function payrollFiles({ PAYROLL_BUCKET }: z.infer<typeof payrollEnvironment>): RunFiles {
  return createS3RunFiles(s3Client(), PAYROLL_BUCKET);
}
