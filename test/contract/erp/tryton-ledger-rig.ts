import type { LedgerPort } from '../../../functions/connectors/erp/ledger-port.ts';
import type { CommandClaims } from '../../../functions/connectors/erp/port.ts';
import { createTrytonLedger } from '../../../functions/connectors/erp/tryton/tryton-ledger.ts';
import { date, decimal, idOf } from '../../../local/tryton/rpc.ts';
import { type LedgerRig, TODAY } from './ledger-contract.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

export const PEOPLE = ['E-0001', 'E-0002'] as const;

/** The rig on a real Tryton, with what only tests of its adapter need. */
export interface TrytonLedgerRig extends LedgerRig {
  readonly tryton: TrytonRig;
  /** An adapter that reaches Tryton elsewhere, with other claims. */
  through(url: string, claims: CommandClaims): LedgerPort;
}

export async function openTrytonLedger(): Promise<TrytonLedgerRig> {
  const tryton = await openTrytonRig();
  const { server, admin } = tryton;
  const { login: user, password } = server.logins.connector;
  const claims = tryton.newClaims({ now: () => new Date() });
  const through: TrytonLedgerRig['through'] = (url, ownClaims) =>
    createTrytonLedger({
      credentials: async () => ({ url, database: server.database, user, password }),
      claims: ownClaims,
    });
  const open = () => through(server.url, claims);
  const partyOf = async (code: string) => idOf(await admin.one('party.party', [['code', '=', code]], ['id']));
  /** A draft of today, without Meridian. */
  const draftMove = async (lines: readonly object[], description = '') => {
    const period = await admin.one(
      'account.period',
      [
        ['start_date', '<=', date(TODAY)],
        ['end_date', '>=', date(TODAY)],
      ],
      ['id', 'company'],
    );
    return admin.create('account.move', {
      company: period.company,
      journal: idOf(await admin.one('account.journal', [['code', '=', 'CLAIM']], ['id'])),
      period: idOf(period),
      date: date(TODAY),
      description,
      lines: [['create', lines]],
    });
  };
  const account = async (code: string) => idOf(await admin.one('account.account', [['code', '=', code]], ['id']));
  return {
    tryton,
    through,
    ledger: open(),
    another: open,
    people: PEOPLE,
    advance: async (employeeId, amount) => {
      const lines = [
        {
          account: await account('1221'),
          party: await partyOf(employeeId),
          debit: decimal(amount),
          credit: decimal('0'),
        },
        { account: await account('1.1.1'), debit: decimal('0'), credit: decimal(amount) },
      ];
      await admin.press('account.move', 'post', [await draftMove(lines)]);
    },
    begin: async ({ key, description, lines }) => {
      const values = await Promise.all(
        lines.map(async ({ accountCode, debit = '0', credit = '0', employeeId, description: text }) => ({
          account: await account(accountCode),
          debit: decimal(debit),
          credit: decimal(credit),
          description: text,
          ...(employeeId === undefined ? {} : { party: await partyOf(employeeId), maturity_date: date(TODAY) }),
        })),
      );
      await draftMove(values, `${description} [${key}]`);
    },
    confirmPayment: (payment) => tryton.clerks.confirmPayment(payment),
    failPayment: (payment) => tryton.clerks.failPayment(payment),
    entriesWith: async (key) => (await admin.search('account.move', [['description', 'like', `%[${key}]`]])).length,
    paymentsWith: (key) => tryton.paymentsWith(key),
    close: () => tryton.close(),
  };
}
