/** Takes back what the claim did, as far as it can be taken back; never silently. */
import type { JournalEntry } from '../connectors/erp/ledger-port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import { updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { commandKey } from '../requests/domain/request.ts';
import { readRequest } from '../requests/read-request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { releaseUses } from './claimed-days.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState, entryKeyOf, isPaying } from './domain/expense.ts';
import { reversedMessage } from './domain/messages.ts';
import { type LedgerStepDeps, postedOf } from './expense-deps.ts';
import { recordEntry } from './post-entry.ts';
import { withPayment } from './refresh-payment.ts';
import { releaseReceipts } from './reserve-receipts.ts';
import { forgetSetOff } from './set-off.ts';

export interface UndoExpenseDeps extends LedgerStepDeps {
  readonly company: CompanyFacts;
}

/** `kept`: something of the entry is paid, so it stands and the operators are told. */
export type UndoExpenseOutcome = 'nothing-to-undo' | 'entry-reversed' | 'kept';

/**
 * Idempotent. A posting that was intended but never answered is looked for in the ERP first; what stands there of it
 * without being posted is deleted before anything is set free.
 * @throws BusinessRuleError `payment-under-way`, and those of the ledger port: `draft-kept`, `period-closed`
 */
export async function undoExpense(deps: UndoExpenseDeps, processId: string): Promise<{ outcome: UndoExpenseOutcome }> {
  const outcome = await undoEntry(deps, await readRequest<ExpenseState>(deps, processId));
  if (outcome !== 'kept') {
    await releaseReceipts(deps, processId);
    await releaseUses(deps, processId);
  }
  if (outcome === 'nothing-to-undo') {
    await releaseSetOff(deps, processId);
  }
  return { outcome };
}

async function undoEntry(deps: UndoExpenseDeps, head: ExpenseHead): Promise<UndoExpenseOutcome> {
  const { processId } = head;
  if (head.state.entry === undefined && !(await findLostEntry(deps, head))) {
    return 'nothing-to-undo';
  }
  const intended = await updateProcess<ExpenseState, ExpenseHead>(deps, processId, async (current) => {
    const { state, entries, effects } = await withPayment(deps.ledger, current);
    demandNothingOnItsWay(state);
    const facts = { entryNumber: postedOf(state).entry.entryNumber };
    const intent = intentChange(EXPENSE, state, reversalKey(processId), { type: 'ReversalIntended', facts });
    return {
      change: { entries: [...entries, ...(intent?.entries ?? [])], state: intent?.state ?? state, effects },
      output: current,
    };
  });
  const outcome = intended.state.undone ?? (await reverse(deps, intended));
  await recordUndo(deps, processId, outcome);
  return outcome;
}

/** What was to be set off and never was is there for the next claim. */
function releaseSetOff(deps: UndoExpenseDeps, processId: string): Promise<void> {
  return updateProcess<ExpenseState, void>(deps, processId, async (head) => {
    const also = await forgetSetOff(deps, head);
    return also.length === 0 ? { output: undefined } : { change: { entries: [] }, also, output: undefined };
  });
}

function reversalKey(processId: string): string {
  return commandKey(processId, 'reverse');
}

/** Money that may be moving is seen to its end first: whoever gave the claim up would pay it by hand as well. */
function demandNothingOnItsWay(state: ExpenseState): void {
  if (isPaying(state)) {
    throw new BusinessRuleError(
      'payment-under-way',
      'the claim cannot end yet: it may be being paid; try again when the bank has paid or refused',
    );
  }
}

async function findLostEntry(deps: UndoExpenseDeps, { processId, state }: ExpenseHead): Promise<boolean> {
  const key = entryKeyOf(processId);
  if (!state.intended.includes(key)) {
    return false;
  }
  const entry = (await deps.ledger.findEntry(key)) ?? (await discardDraft(deps, processId));
  if (entry === undefined) {
    return false;
  }
  await recordEntry(deps, processId, entry);
  return true;
}

/** What the ERP began and did not post is nobody's once the claim has ended. Gives the entry when somebody posted it meanwhile. */
async function discardDraft(deps: UndoExpenseDeps, processId: string): Promise<JournalEntry | undefined> {
  const key = entryKeyOf(processId);
  await updateProcess<ExpenseState, void>(deps, processId, ({ state }) => {
    const intent = intentChange(EXPENSE, state, commandKey(processId, 'discard'), {
      type: 'DraftDiscardIntended',
      facts: { entryKey: key },
    });
    return { ...(intent === undefined ? {} : { change: intent }), output: undefined };
  });
  const discarded = await deps.ledger.discardDraft(key);
  if (discarded === 'discarded') {
    await updateProcess<ExpenseState, void>(deps, processId, ({ state }) => ({
      change: { entries: [{ type: 'DraftDiscarded', actor: { kind: 'erp', id: 'erp' }, facts: { key } }], state },
      output: undefined,
    }));
  }
  return deps.ledger.findEntry(key);
}

async function reverse(
  deps: UndoExpenseDeps,
  { processId, oa, state }: ExpenseHead,
): Promise<'entry-reversed' | 'kept'> {
  try {
    await deps.ledger.reverseEntry({
      key: reversalKey(processId),
      entryNumber: postedOf(state).entry.entryNumber,
      date: companyDate(deps.clock, deps.company.timeZone),
      description: `${oa.system} ${oa.requestId}`,
    });
    return 'entry-reversed';
  } catch (error) {
    if (error instanceof BusinessRuleError && error.rule === 'entry-settled') {
      return 'kept';
    }
    throw error;
  }
}

async function recordUndo(deps: UndoExpenseDeps, processId: string, outcome: 'entry-reversed' | 'kept'): Promise<void> {
  await updateProcess<ExpenseState, void>(deps, processId, ({ state }) => {
    if (state.undone !== undefined) {
      return { output: undefined };
    }
    const { entryNumber } = postedOf(state).entry;
    const notice = operatorNotice({
      en: `Expense claim ${processId} ends, but something of entry ${entryNumber} is paid: the entry stands in the books. Settle it by hand.`,
      zh: `报销流程 ${processId} 结束，但凭证 ${entryNumber} 已有付款：该凭证在账上保留，请人工结清。`,
    });
    return {
      change: {
        entries: [
          {
            type: outcome === 'kept' ? 'EntryKept' : 'EntryReversed',
            actor: { kind: 'erp', id: 'erp' },
            facts: { entryNumber },
          },
        ],
        state: { ...state, undone: outcome },
        effects: [outcome === 'kept' ? notice : { kind: 'tell-oa', message: reversedMessage(postedOf(state).entry) }],
      },
      output: undefined,
    };
  });
}
