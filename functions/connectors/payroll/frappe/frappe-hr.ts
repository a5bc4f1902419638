/**
 * Frappe HR 15 over its REST API (`docs/payroll.md`): a month's figures are a Payroll Entry of a name of ours, its salary
 * slips are made from it, and payroll's people submit them. Contract-tested only, against a stub that was made for it.
 */
import type { PayrollSystem } from '../port.ts';
import { readAnswer, readPayslip } from './answers.ts';
import { handOver } from './hand-over.ts';
import type { FrappeParts } from './parts.ts';

export function createFrappeHr(parts: FrappeParts): PayrollSystem {
  return {
    handOver: (run, employees, corrections) => handOver(parts, run, employees, corrections),
    readAnswer: (run, digest) => readAnswer(parts, run, digest),
    readPayslip: (run, digest, employeeId) => readPayslip(parts, run, digest, employeeId),
  };
}
