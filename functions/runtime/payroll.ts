/** The files of payroll runs, the payroll system, and the payslips, in the company's buckets. */
import type * as z from 'zod';
import { createFileExchange } from '../connectors/payroll/files/file-exchange.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import type { RunFiles } from '../payroll/port.ts';
import { createS3Payslips } from '../payroll/s3/s3-payslips.ts';
import { createS3RunFiles } from '../payroll/s3/s3-run-files.ts';
import type { PayslipStore } from '../payslips/port.ts';
import { s3Client } from './clients.ts';
import type { payrollEnvironment, payrollSystemEnvironment, payslipEnvironment } from './environment.ts';

export function payrollFiles({ PAYROLL_BUCKET }: z.infer<typeof payrollEnvironment>): RunFiles {
  return createS3RunFiles(s3Client(), PAYROLL_BUCKET);
}

export function payrollSystem(variables: z.infer<typeof payrollSystemEnvironment>): PayrollSystem {
  const answers = createS3RunFiles(s3Client(), variables.PAYSLIP_BUCKET);
  return createFileExchange({ figures: payrollFiles(variables), answers });
}

export function payslipStore({ PAYSLIP_BUCKET }: z.infer<typeof payslipEnvironment>): PayslipStore {
  return createS3Payslips(s3Client(), PAYSLIP_BUCKET);
}
