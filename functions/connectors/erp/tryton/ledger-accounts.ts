/** What entries are made of in Tryton: accounts, parties of employees, periods and the journal of claims. */
import * as z from 'zod';
import { add, compare, subtract, sum } from '../../../money/money.ts';
import { BusinessRuleError, ConfigError } from '../../../runtime/errors.ts';
import type { LedgerAccount, LedgerEmployee } from '../ledger-port.ts';
import type { TrytonCompany } from './company.ts';
import type { TrytonSession } from './session.ts';
import { date, flagField, numberField, textField } from './wire.ts';

const accountShape = z.object({
  id: z.int(),
  code: z.string(),
  name: textField,
  party_required: flagField,
  'type.': z.object({ payable: flagField }),
});

/** An account that can be posted to, with what only Tryton needs to know. */
export interface TrytonAccount extends LedgerAccount {
  readonly id: number;
  /** Its lines are paid by the payment run, and need a date of maturity. */
  readonly isPayable: boolean;
}

/** In the order asked for. */
export async function findAccounts(
  tryton: TrytonSession,
  company: TrytonCompany,
  codes: readonly string[],
): Promise<readonly TrytonAccount[]> {
  const rows = await tryton.find(
    'account.account',
    [
      ['code', 'in', codes],
      ['company', '=', company.companyId],
      // A heading has none.
      ['type', '!=', null],
      ['closed', '!=', true],
    ],
    accountShape,
    ['code', 'name', 'party_required', 'type.payable'],
  );
  return codes.flatMap((code) =>
    rows
      .filter((row) => row.code === code)
      .slice(0, 1)
      .map(({ id, name, party_required, 'type.': { payable } }) => ({
        id,
        code,
        name,
        needsParty: party_required,
        isPayable: payable,
      })),
  );
}

const employeeShape = z.object({ party: z.int(), 'party.': z.object({ code: textField, name: textField }) });

/** Who has left is still known: claims of before are posted and paid. The party's code is the employee id. */
export async function findEmployee(
  tryton: TrytonSession,
  company: TrytonCompany,
  employeeId: string,
): Promise<(LedgerEmployee & { readonly partyId: number }) | undefined> {
  const [row] = await tryton.find(
    'company.employee',
    [
      ['party.code', '=', employeeId],
      ['company', '=', company.companyId],
    ],
    employeeShape,
    ['party', 'party.code', 'party.name'],
    { active_test: false },
  );
  return row === undefined ? undefined : { employeeId, name: row['party.'].name, partyId: row.party };
}

/** @throws BusinessRuleError `unknown-employee` */
export async function demandParty(tryton: TrytonSession, company: TrytonCompany, employeeId: string): Promise<number> {
  const employee = await findEmployee(tryton, company, employeeId);
  if (employee === undefined) {
    throw new BusinessRuleError(
      'unknown-employee',
      `Tryton has no employee whose party has the code ${employeeId}: enter them there, and try again`,
    );
  }
  return employee.partyId;
}

const balanceShape = z.object({ debit: numberField, credit: numberField });

export async function openAdvance(
  tryton: TrytonSession,
  company: TrytonCompany,
  employeeId: string,
  accountCode: string,
): Promise<string> {
  const lines = await tryton.find(
    'account.move.line',
    [
      ['account.code', '=', accountCode],
      ['account.company', '=', company.companyId],
      ['party.code', '=', employeeId],
      ['move_state', '=', 'posted'],
    ],
    balanceShape,
    ['debit', 'credit'],
  );
  const left = subtract(sum(lines.map(({ debit }) => debit)), sum(lines.map(({ credit }) => credit)));
  return compare(left, '0') > 0 ? add(left, '0') : '0';
}

const idShape = z.object({ id: z.int() });

/** @throws BusinessRuleError `period-closed` when no open period has the day. */
export async function demandPeriod(tryton: TrytonSession, company: TrytonCompany, day: string): Promise<number> {
  const [period] = await tryton.find(
    'account.period',
    [
      ['company', '=', company.companyId],
      ['start_date', '<=', date(day)],
      ['end_date', '>=', date(day)],
      ['type', '=', 'standard'],
      ['state', '=', 'open'],
    ],
    idShape,
    ['name'],
  );
  if (period === undefined) {
    throw new BusinessRuleError('period-closed', `Tryton has no open period with ${day}: open one, and try again`);
  }
  return period.id;
}

/** Code of the journal that claims are posted in. */
export const CLAIM_JOURNAL = 'CLAIM';

/** @throws ConfigError when there is none. */
export async function claimJournal(tryton: TrytonSession): Promise<number> {
  const [journal] = await tryton.find('account.journal', [['code', '=', CLAIM_JOURNAL]], idShape, ['code']);
  if (journal === undefined) {
    throw new ConfigError(`Tryton has no journal with code ${CLAIM_JOURNAL}: make one for expenses, and try again`);
  }
  return journal.id;
}
