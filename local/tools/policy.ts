/**
 * `npm run policy -- explain <request.json>`: which rows of the tables fire for a request, who would be asked, and why.
 * Exit codes: 0 somebody may approve it, 1 nobody may, 2 the request, a table or the directory cannot be read.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { boundOfWorkingHours, parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { decimalSchema } from '../../functions/money/money.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import { ValidationError } from '../../functions/runtime/errors.ts';
import { explainApproval } from './explain-approval.ts';

const USAGE = `usage:
  npm run policy -- explain <request.json> [--rules <folder>] [--company <file>]
The request: {"subject": "order", "amount": "5960.00", "costCentre": "CC-100", "requesterId": "E-1001"}, the amount in the
company's currency, the subject order, payment or invoice-mismatch. Without --company the demonstration's is taken.`;

const OPTIONS = {
  rules: { type: 'string', default: 'rules' },
  company: { type: 'string', default: 'local/demo/company.json' },
} as const;

const requestSchema = z.strictObject({
  subject: z.enum(['order', 'payment', 'invoice-mismatch']),
  amount: decimalSchema,
  costCentre: z.string().min(1),
  requesterId: z.string().min(1),
});

const companySchema = z.object({ directoryFile: z.string(), calendarFile: z.string().optional() });

process.exitCode = await main().catch((error: unknown) => {
  console.error(messageOf(error));
  return 2;
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, file, ...rest] = positionals;
  if (command !== 'explain' || file === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const request = requestSchema.parse(await readJson(file));
  const { directoryFile, calendarFile } = companySchema.parse(await readJson(values.company));
  const beside = (name: string) => readJson(resolve(dirname(values.company), name));
  const directory = parseDirectory(await beside(directoryFile));
  const calendar = calendarFile === undefined ? undefined : parseCalendar(await beside(calendarFile));
  const { lines, isDecidable } = await explainApproval(request, {
    rules: await compileRuleFolder(values.rules, calendar === undefined ? undefined : boundOfWorkingHours(calendar)),
    directory: createFileDirectory(directory),
  });
  console.log(lines.join('\n'));
  return isDecidable ? 0 : 1;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

function messageOf(error: unknown): string {
  if (error instanceof ValidationError) {
    return error.issues.map(({ field, problem, remedy }) => `${field}: ${problem} (${remedy})`).join('\n');
  }
  if (error instanceof z.ZodError) {
    return z.prettifyError(error);
  }
  return error instanceof Error ? error.message : String(error);
}
