/** Payments of what entries owe employees. */
import { compare, sum } from '../../../money/money.ts';
import { BusinessRuleError } from '../../../runtime/errors.ts';
import type { EmployeePayment, PayEmployeeCommand } from '../ledger-port.ts';
import { RefusedError } from '../outcome.ts';
import type { CommandClaims } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { demandEntry } from './journal-entries.ts';
import { linesOf } from './journal-rows.ts';
import { demandParty } from './ledger-accounts.ts';
import { findPayments, paymentFacts, paymentJournal, payOnce } from './payment-run.ts';
import type { TrytonSession } from './session.ts';
import { date, decimal, type Row } from './wire.ts';

export async function payEmployee(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: PayEmployeeCommand,
): Promise<EmployeePayment> {
  const { key, amount, entryNumber } = command;
  const row = await payOnce(tryton, claims, {
    key,
    amount,
    rule: 'payment-changed',
    prepare: () => paymentValues(tryton, company, command),
  });
  return { ...paymentFacts(row), entryNumber };
}

export async function readEmployeePayment(
  tryton: TrytonSession,
  paymentNumber: string,
): Promise<EmployeePayment | undefined> {
  const [row] = await findPayments(tryton, ['number', '=', paymentNumber]);
  return row === undefined ? undefined : { ...paymentFacts(row), entryNumber: row['line.']?.['move.'].number ?? '' };
}

async function paymentValues(tryton: TrytonSession, company: TrytonCompany, command: PayEmployeeCommand): Promise<Row> {
  return {
    company: company.companyId,
    journal: await paymentJournal(tryton, company, command.amount.currency),
    kind: 'payable',
    party: await demandParty(tryton, company, command.employeeId),
    line: await owedLine(tryton, company, command),
    amount: decimal(command.amount.amount),
    date: date(command.date),
    reference: command.key,
  };
}

/** What is left to be paid when all payments are counted, those of people included, must be what was approved. */
async function owedLine(
  tryton: TrytonSession,
  company: TrytonCompany,
  { entryNumber, employeeId, amount }: PayEmployeeCommand,
): Promise<number> {
  const entry = await demandEntry(tryton, entryNumber);
  const open = (await linesOf(tryton, entry.id)).filter(
    (line) =>
      line['party.']?.code === employeeId &&
      line.reconciliation === null &&
      compare(line.credit, '0') > 0 &&
      compare(line.payment_amount ?? '0', '0') !== 0,
  );
  const due = sum(open.map(({ payment_amount }) => payment_amount ?? '0'));
  if (compare(due, amount.amount) !== 0 || company.currency !== amount.currency) {
    throw new BusinessRuleError(
      'payment-differs-from-entry',
      `${due} ${company.currency} is owed to ${employeeId} by ${entryNumber}, not ${amount.amount} ${amount.currency}`,
    );
  }
  const [line, ...others] = open;
  if (line === undefined || others.length > 0) {
    throw new RefusedError(`${entryNumber} owes ${employeeId} in ${open.length} parts: pay it in Tryton`);
  }
  return line.id;
}
