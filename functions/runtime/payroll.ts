/** The files of payroll runs, the payroll system, and the payslips, in the company's buckets. */
import * as z from 'zod';
import { createFileExchange } from '../connectors/payroll/files/file-exchange.ts';
import { createFrappeHr } from '../connectors/payroll/frappe/frappe-hr.ts';
import { frappeSettingsSchema } from '../connectors/payroll/frappe/parts.ts';
import { createFrappeSite, frappeKeySchema } from '../connectors/payroll/frappe/site.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import type { RunFiles } from '../payroll/port.ts';
import { createS3Payslips } from '../payroll/s3/s3-payslips.ts';
import { createS3RunFiles } from '../payroll/s3/s3-run-files.ts';
import type { PayslipStore } from '../payslips/port.ts';
import { s3Client } from './clients.ts';
import type { payrollEnvironment, payrollSystemEnvironment, payslipEnvironment } from './environment.ts';
import { parseJson } from './parse.ts';
import { readSecret } from './secrets.ts';

export function payrollFiles({ PAYROLL_BUCKET }: z.infer<typeof payrollEnvironment>): RunFiles {
  return createS3RunFiles(s3Client(), PAYROLL_BUCKET);
}

const frappeSchema = z.object({
  kind: z.literal('frappe-hr'),
  ...frappeSettingsSchema.shape,
  /** Secret `{apiKey, apiSecret}` of the connector's own user. */
  secretArn: z.string().min(1),
});

/** As the company file says. */
export function payrollSystem(variables: z.infer<typeof payrollSystemEnvironment>): PayrollSystem {
  const files = payrollFiles(variables);
  if (variables.PAYROLL_SYSTEM === '') {
    return createFileExchange({ figures: files, answers: createS3RunFiles(s3Client(), variables.PAYSLIP_BUCKET) });
  }
  const { kind: _kind, secretArn, ...settings } = frappeSchema.parse(parseJson(variables.PAYROLL_SYSTEM));
  const site = createFrappeSite({ url: settings.url, key: () => readSecret(secretArn, frappeKeySchema) });
  return createFrappeHr({ site, settings, files });
}

export function payslipStore({ PAYSLIP_BUCKET }: z.infer<typeof payslipEnvironment>): PayslipStore {
  return createS3Payslips(s3Client(), PAYSLIP_BUCKET);
}
