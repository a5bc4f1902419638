/** State machines as they are deployed, with the names of functions in place of ARNs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MACHINE_PREFIX = 'arn:aws:states:eu-central-1:000000000000:stateMachine:';
const FUNCTION_PREFIX = 'arn:aws:lambda:eu-central-1:000000000000:function:';
const APPROVAL = 'approval';
const PAYSLIP = 'payslip';
const PURCHASE = 'procure-to-pay';
/** What distributed Maps read and write. */
export const PAYROLL_BUCKET = 'payroll';

/** By the name of its file. */
export function machineArn(name: string): string {
  return `${MACHINE_PREFIX}${name}`;
}

/** Definitions by ARN: a process, the purchases that a replenishment starts, the payslips that a payroll run starts, and the approvals that every process starts. */
export function machinesOf(process: string): { readonly [arn: string]: unknown } {
  return Object.fromEntries(
    [...new Set([process, PURCHASE, PAYSLIP, APPROVAL])].map((name) => [machineArn(name), definition(name)]),
  );
}

/** `CreateOrder` for the ARN that the machines call it by. */
export function functionOf(arn: string): string {
  return arn.slice(FUNCTION_PREFIX.length);
}

/** Machines that others start, by their placeholder. */
const MACHINES: Readonly<Record<string, string>> = { Approval: APPROVAL, Payslip: PAYSLIP, ProcureToPay: PURCHASE };

function definition(machine: string): unknown {
  const file = join(import.meta.dirname, '../../statemachines', `${machine}.asl.json`);
  const text = readFileSync(file, 'utf8').replaceAll(/\$\{(\w+)Arn\}/g, (_, name: string) =>
    MACHINES[name] === undefined ? `${FUNCTION_PREFIX}${name}` : machineArn(MACHINES[name]),
  );
  return JSON.parse(text.replaceAll(`\${PayrollBucket}`, PAYROLL_BUCKET));
}
