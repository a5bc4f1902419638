import * as z from 'zod';
import { attachmentFiles } from '../runtime/attachments.ts';
import { taskHandler } from '../runtime/handler.ts';
import { invoiceRules } from '../runtime/invoice-rules.ts';
import { environment } from './check-en16931.env.ts';
import { checkEn16931 } from './check-en16931.ts';
import { ruleReportSchema } from './domain/rule-report.ts';

export const handler = taskHandler({
  environment,
  input: z.object({ key: z.string().startsWith('incoming/') }),
  output: z.object({ report: ruleReportSchema.nullable() }),
  run: async ({ key }, variables) => {
    const report = await checkEn16931({ files: attachmentFiles(variables), rules: invoiceRules() }, key);
    return { report: report ?? null };
  },
});
