/**
 * Journal entries: Tryton's account moves. What is posted cannot be written any more, so that the key stands at the end
 * of the description from the creation on: `…text [key]`. A reversal is Tryton's own cancellation: it has the date of the
 * entry, its origin is the entry, and it settles the lines of both.
 */
import { compare, sum } from '../../../money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import {
  type DraftDiscard,
  type JournalEntry,
  type JournalLine,
  type PostEntryCommand,
  plainLines,
  type ReverseEntryCommand,
} from '../ledger-port.ts';
import { carryOn, createOnce, furthest } from '../once.ts';
import { RefusedError } from '../outcome.ts';
import type { CommandClaims } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { entryOf, findMoves, isSettled, MOVE, type MoveRow, reversalOf } from './journal-rows.ts';
import { claimJournal, demandParty, demandPeriod, findAccounts, type TrytonAccount } from './ledger-accounts.ts';
import type { TrytonSession } from './session.ts';
import { date, decimal, type Row } from './wire.ts';

/** From the least to the furthest. */
const MOVE_STATES = ['draft', 'posted'];

export async function postEntry(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: PostEntryCommand,
): Promise<JournalEntry> {
  const { key } = command;
  const { id } = await createOnce<MoveRow>({
    claims,
    key,
    find: () => findByKey(tryton, key),
    prepare: () => moveValues(tryton, company, command),
    create: (values) => tryton.create(MOVE, values),
    discard: (twin) => tryton.delete(MOVE, twin),
  });
  const posted = await carryOn(() => demandMove(tryton, id), {
    draft: async (draft) => {
      await refuseOtherLines(tryton, draft, command);
      await tryton.press(MOVE, 'post', [id]);
    },
  });
  await claims.complete(key, posted.number);
  return entryOf(tryton, posted);
}

/** A draft that stood since a reply was lost may have been changed by people meanwhile: only what was approved is posted. */
async function refuseOtherLines(tryton: TrytonSession, draft: MoveRow, command: PostEntryCommand): Promise<void> {
  const { lines } = await entryOf(tryton, draft);
  if (draft.date !== command.date || plainLines(lines) !== plainLines(command.lines)) {
    throw new BusinessRuleError(
      'entry-differs',
      `the draft with [${command.key}] in Tryton is not what was approved: delete it there, or set its date and lines right, and try again`,
    );
  }
}

export async function findEntry(tryton: TrytonSession, key: string): Promise<JournalEntry | undefined> {
  const move = await findByKey(tryton, key);
  return move?.state === 'posted' ? entryOf(tryton, move) : undefined;
}

export async function discardDraft(tryton: TrytonSession, key: string): Promise<DraftDiscard> {
  let discarded: DraftDiscard = 'none';
  for (const move of await movesOfKey(tryton, key)) {
    if (isDraft(move) && (await deleteDraft(tryton, move))) {
      discarded = 'discarded';
    }
  }
  return discarded;
}

/** Whether it was this call: somebody may have posted or deleted it since it was looked at, which Tryton refuses as well. */
async function deleteDraft(tryton: TrytonSession, { id, key }: MoveRow): Promise<boolean> {
  try {
    await tryton.delete(MOVE, id);
    return true;
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    const [now] = await findMoves(tryton, [['id', '=', id]]);
    if (now !== undefined && isDraft(now)) {
      throw new BusinessRuleError(
        'draft-kept',
        `the draft with [${key}] stands in Tryton: delete it there, and try again (${error.message})`,
      );
    }
    return false;
  }
}

function isDraft({ state }: MoveRow): boolean {
  return state === 'draft';
}

export async function readEntry(tryton: TrytonSession, entryNumber: string): Promise<JournalEntry | undefined> {
  const move = await findByNumber(tryton, entryNumber);
  return move === undefined ? undefined : entryOf(tryton, move);
}

export async function reverseEntry(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: ReverseEntryCommand,
): Promise<JournalEntry> {
  const { key, entryNumber, description } = command;
  const entry = await demandEntry(tryton, entryNumber);
  const reversal = () => reversalOf(tryton, entry.id);
  // Of the entry, not of the caller: Tryton takes a second cancellation of an entry whose accounts are not reconciled.
  const claim = `reversal-of-${entryNumber}`;
  const { number } = await createOnce<MoveRow>({
    claims,
    key: claim,
    find: reversal,
    prepare: async () => {
      await refuseSettled(tryton, entry);
      // Tryton would ask a person: the reversal has the date of the entry.
      await demandPeriod(tryton, company, entry.date);
      return { default: { description: withKey(description, key), reversal: true } };
    },
    create: async (forms) => {
      await tryton.wizard('account.move.cancel', { model: MOVE, ids: [entry.id] }, 'cancel', forms);
      return (await reversal())?.id ?? 0;
    },
    discard: async () => {
      throw new ConnectorPermanentError(`${entryNumber} was taken back twice in Tryton: correct it there`);
    },
  }).catch(async (error: unknown) => {
    // Somebody may have paid it since it was looked at.
    if (error instanceof RefusedError) {
      await refuseSettled(tryton, entry);
    }
    throw error;
  });
  await claims.complete(claim, number);
  return entryOf(tryton, entry);
}

/** @throws BusinessRuleError `entry-settled`. */
async function refuseSettled(tryton: TrytonSession, { id, number }: MoveRow): Promise<void> {
  if (await isSettled(tryton, id)) {
    throw new BusinessRuleError(
      'entry-settled',
      `something of ${number} is paid, or on its way to be paid: it is settled in Tryton`,
    );
  }
}

/** @throws RefusedError when no entry, or more than one, has the number. */
export async function demandEntry(tryton: TrytonSession, entryNumber: string): Promise<MoveRow> {
  const move = await findByNumber(tryton, entryNumber);
  if (move === undefined) {
    throw new RefusedError(`Tryton has no entry ${entryNumber}`);
  }
  return move;
}

async function findByKey(tryton: TrytonSession, key: string): Promise<MoveRow | undefined> {
  return furthest(await movesOfKey(tryton, key), MOVE_STATES);
}

async function movesOfKey(tryton: TrytonSession, key: string): Promise<readonly MoveRow[]> {
  const rows = await findMoves(tryton, [['description', 'like', `%${withKey('', key)}`]]);
  // The database may look past upper and lower case.
  return rows.filter((row) => row.key === key);
}

async function findByNumber(tryton: TrytonSession, entryNumber: string): Promise<MoveRow | undefined> {
  const [move, ...others] = await findMoves(tryton, [
    ['number', '=', entryNumber],
    ['state', '=', 'posted'],
  ]);
  if (others.length > 0) {
    throw new RefusedError(
      `Tryton has several entries with number ${entryNumber}: give the sequence of each year a prefix`,
    );
  }
  return move;
}

async function demandMove(tryton: TrytonSession, id: number): Promise<MoveRow> {
  const [move] = await findMoves(tryton, [['id', '=', id]]);
  if (move === undefined) {
    throw new ConnectorPermanentError(`an entry was deleted in Tryton before it was posted (${id})`);
  }
  return move;
}

function withKey(description: string, key: string): string {
  return `${description} [${key}]`;
}

/** Everything that Tryton would refuse only when posting, or in words of its own, is refused by its name before. */
async function moveValues(tryton: TrytonSession, company: TrytonCompany, command: PostEntryCommand): Promise<Row> {
  refuseImbalance(command.lines);
  const codes = [...new Set(command.lines.map(({ accountCode }) => accountCode))];
  const accounts = new Map(
    (await findAccounts(tryton, company, codes)).map((account) => [account.code, account] as const),
  );
  const unknown = codes.filter((code) => !accounts.has(code));
  if (unknown.length > 0) {
    throw new BusinessRuleError(
      'unknown-account',
      `Tryton has no account ${unknown.join(', ')} to post to: it does not exist, is closed, or is a heading`,
    );
  }
  const employees = [...new Set(command.lines.flatMap(({ employeeId }) => employeeId ?? []))];
  const parties = new Map(
    await Promise.all(employees.map(async (id) => [id, await demandParty(tryton, company, id)] as const)),
  );
  const lines = command.lines.flatMap((line) => {
    const account = accounts.get(line.accountCode);
    return account === undefined ? [] : [lineValues(command, line, account, parties)];
  });
  return {
    company: company.companyId,
    journal: await claimJournal(tryton),
    period: await demandPeriod(tryton, company, command.date),
    date: date(command.date),
    description: withKey(command.description, command.key),
    lines: [['create', lines]],
  };
}

function refuseImbalance(lines: readonly JournalLine[]): void {
  const debits = sum(lines.map(({ debit = '0' }) => debit));
  const credits = sum(lines.map(({ credit = '0' }) => credit));
  if (compare(debits, credits) !== 0) {
    throw new BusinessRuleError('unbalanced-entry', `debits of ${debits} and credits of ${credits} differ`);
  }
}

function lineValues(
  command: PostEntryCommand,
  line: JournalLine,
  account: TrytonAccount,
  parties: ReadonlyMap<string, number>,
): Row {
  const { debit = '0', credit = '0', description, employeeId } = line;
  if (account.needsParty !== (employeeId !== undefined)) {
    throw new RefusedError(
      `a line on account ${account.code} of Tryton ${account.needsParty ? 'needs' : 'takes no'} employee`,
    );
  }
  return {
    account: account.id,
    debit: decimal(debit),
    credit: decimal(credit),
    description,
    ...(employeeId === undefined ? {} : { party: parties.get(employeeId) }),
    ...(account.isPayable ? { maturity_date: date(command.date) } : {}),
  };
}
