/**
 * A payroll system that exchanges files: figures with a checksum go out; a rejection, or payslips with an acknowledgement
 * that holds the checksums of both files, come back (`docs/payroll.md`). Contract-tested against files; any payroll system
 * that reads and writes CSV can take part.
 */
import * as z from 'zod';
import { checksumFile, digestOfFile, payrollFile } from '../../../payroll/domain/payroll-file.ts';
import type { RunFiles } from '../../../payroll/port.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { PayrollAnswer, PayrollSystem, Rejection, RunOfMonth } from '../port.ts';
import { withoutAmounts } from '../without-amounts.ts';
import { payslipRowSchema, payslipsOf, type ReadPayslips } from './payslip-rows.ts';
import { readRows } from './read-rows.ts';

export interface FileExchangeDeps {
  /** Where payroll reads. */
  readonly figures: RunFiles;
  /** Where payroll writes: payslips of everybody, so nobody else reads there. */
  readonly answers: RunFiles;
}

/** Keys that a payroll system must know. */
export function exchangeKeys(processId: string) {
  return {
    figures: `figures/${processId}.csv`,
    checksum: `figures/${processId}.csv.sha256`,
    rejection: `answers/${processId}.rejected.csv`,
    payslips: `answers/${processId}.payslips.csv`,
    /** Written last: what it names is complete. */
    acknowledgement: `answers/${processId}.accepted.sha256`,
  };
}

/** The run that a file of payroll is about; undefined: it is none that announces an answer. */
export function runOfAnswer(key: string): string | undefined {
  return /^answers\/(?<run>[\w-]+)\.(?:rejected\.csv|accepted\.sha256)$/.exec(key)?.groups?.run;
}

export function createFileExchange(deps: FileExchangeDeps): PayrollSystem {
  return {
    async handOver({ processId, period }, employees, corrections) {
      const { figures, checksum } = exchangeKeys(processId);
      const text = payrollFile(period, employees, corrections);
      const digest = digestOfFile(text);
      await deps.figures.write(figures, text);
      await deps.figures.write(checksum, checksumFile(digest, nameOf(figures)));
      return { reference: figures, digest };
    },
    async readAnswer(run, digest) {
      const rejected = await readRejection(deps, run, digest);
      const read = await readPayslips(deps, run, digest);
      if (rejected === undefined || read === undefined) {
        return rejected ?? (read === undefined ? { status: 'none' } : answerOf(read));
      }
      const { rejection, acknowledgement } = exchangeKeys(run.processId);
      return {
        status: 'unfit',
        problems: [`the same figures are rejected by ${rejection} and acknowledged by ${acknowledgement}: delete one`],
      };
    },
    async readPayslip(run, digest, employeeId) {
      const payslip = (await readPayslips(deps, run, digest))?.payslips.get(employeeId);
      if (payslip === undefined) {
        throw new ConnectorPermanentError(`payroll has no payslip of ${employeeId} for ${run.period} that can be used`);
      }
      return payslip;
    },
  };
}

function answerOf({ payslips, problems }: ReadPayslips): PayrollAnswer {
  return problems.length === 0
    ? { status: 'calculated', employeeIds: [...payslips.keys()].sort() }
    : { status: 'unfit', problems };
}

type RejectionRow = z.infer<typeof rejectionSchema>;
const rejectionSchema = z.object({ sha256: z.string(), employeeId: z.string(), reason: z.string().min(1).max(500) });

/** Undefined: these figures were not rejected. */
async function readRejection(
  { figures, answers }: FileExchangeDeps,
  { processId }: RunOfMonth,
  digest: string,
): Promise<PayrollAnswer | undefined> {
  const { rejection, figures: handedOver } = exchangeKeys(processId);
  const text = await answers.find(rejection);
  const read = text === undefined ? { rows: [] } : readRows(nameOf(rejection), text, rejectionSchema);
  if ('problems' in read) {
    return { status: 'unfit', problems: read.problems };
  }
  const rows = read.rows.map(({ value }) => value).filter(({ sha256 }) => sha256.toLowerCase() === digest);
  if (rows.length === 0) {
    return undefined;
  }
  const employees = await employeesOf(figures, handedOver);
  return { status: 'rejected', reasons: rows.map((row) => rejectionOf(row, employees)) };
}

/** Of columns that were mixed up, an amount may stand where the employee should. */
function rejectionOf({ employeeId, reason }: RejectionRow, employees: ReadonlySet<string>): Rejection {
  const shown = employees.has(employeeId) ? employeeId : withoutAmounts(employeeId);
  return { reason: withoutAmounts(reason, employees), ...(shown === '' ? {} : { employeeId: shown }) };
}

/** Undefined: these figures were not acknowledged yet. */
async function readPayslips(
  { figures, answers }: FileExchangeDeps,
  { processId, period }: RunOfMonth,
  digest: string,
): Promise<ReadPayslips | undefined> {
  const keys = exchangeKeys(processId);
  const acknowledged = checksumsOf((await answers.find(keys.acknowledgement)) ?? '');
  if (acknowledged.get(nameOf(keys.figures)) !== digest) {
    return undefined;
  }
  const unfit = (problem: string): ReadPayslips => ({ payslips: new Map(), problems: [problem] });
  const text = await answers.find(keys.payslips);
  const name = nameOf(keys.payslips);
  if (text === undefined) {
    return unfit(`${name} is not there: write it before the acknowledgement`);
  }
  if (acknowledged.get(name) !== digestOfFile(text)) {
    return unfit(`${name} is not the file whose SHA-256 the acknowledgement has: write both again`);
  }
  const read = readRows(name, text, payslipRowSchema);
  return 'problems' in read
    ? { payslips: new Map(), problems: read.problems }
    : payslipsOf(read.rows, period, await employeesOf(figures, keys.figures));
}

/** Of the figures as they were handed over. */
async function employeesOf(figures: RunFiles, key: string): Promise<ReadonlySet<string>> {
  const read = readRows(key, await figures.read(key), z.object({ employeeId: z.string() }));
  if ('problems' in read) {
    throw new ConnectorPermanentError(`the figures in the bucket cannot be read: ${read.problems.join('; ')}`);
  }
  return new Set(read.rows.map(({ value }) => value.employeeId));
}

/** By file name, as `sha256sum` writes them: lower case, two spaces or a space and a star. */
function checksumsOf(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^([0-9a-fA-F]{64})[ ][ *](\S+)\s*$/gm)];
  return new Map(lines.map(([, digest = '', name = '']) => [name, digest.toLowerCase()]));
}

function nameOf(key: string): string {
  return key.split('/').at(-1) ?? key;
}
