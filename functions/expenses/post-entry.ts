/** Posts what was approved to the general ledger, once, whatever is repeated. */
import { listApprovals } from '../approvals/approval-store.ts';
import { digestOf, type Json } from '../audit/domain/canonical-json.ts';
import { type JournalEntry, type PostEntryCommand, plainLines } from '../connectors/erp/ledger-port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { type InterruptionOutcome, versionOf } from '../process/domain/process.ts';
import { entryKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { barrierOf } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../runtime/errors.ts';
import { claimAccounts } from './claim-accounts.ts';
import { journeysOf, limitsOf } from './claim-journeys.ts';
import { changedJourneys } from './domain/changed-journeys.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState, entryKeyOf, type PostedJournal } from './domain/expense.ts';
import { journalOf } from './domain/journal.ts';
import { postedMessage } from './domain/messages.ts';
import type { LedgerStepDeps } from './expense-deps.ts';
import { yearQuestion } from './judge-year.ts';
import { forgetSetOff, freeAdvance } from './set-off.ts';

export interface PostEntryDeps extends LedgerStepDeps {
  readonly company: CompanyFacts;
  readonly policies: Policies;
  readonly directory: Directory;
}

/** `held` by compliance, or the outcome of an interruption: nothing was posted. */
export type PostEntryOutcome = 'posted' | 'held' | InterruptionOutcome;

/** What the ERP is asked for, how it ended without, or what a person must judge first. */
type Posting = PostEntryCommand | PostEntryOutcome | BusinessRuleError;

/**
 * Idempotent per process: the same entry however often it is called. Errors are those of the ledger port, and
 * `BusinessRuleError` for a claim that cannot be posted as the company's tables stand (nothing was asked of the ERP then).
 */
export async function postEntry(deps: PostEntryDeps, processId: string): Promise<{ outcome: PostEntryOutcome }> {
  const step = await updateProcess<ExpenseState, Posting>(deps, processId, async (head) => {
    const key = entryKeyOf(processId);
    const barred = head.state.entry === undefined ? barrierOf(head, key) : 'posted';
    if (barred !== undefined) {
      return { output: barred };
    }
    await demandApproval(deps, head);
    const fixed = head.state.journal;
    if (fixed === undefined) {
      await demandJourneys(deps, head);
      const asked = await yearQuestion(deps, head);
      if (asked !== undefined) {
        return { ...(asked.change === undefined ? {} : { change: asked.change }), output: asked.refusal };
      }
    }
    const { journal, also } = fixed === undefined ? await composeJournal(deps, head) : { journal: fixed, also: [] };
    const intent = intentChange(EXPENSE, { ...head.state, journal }, key, {
      type: 'PostingIntended',
      facts: {
        date: journal.date,
        owed: journal.owed,
        setOff: journal.setOff,
        journalDigest: linesDigest(journal.lines),
      },
    });
    return { ...(intent === undefined ? {} : { change: intent, also }), output: commandOf(head, journal) };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  if (step instanceof BusinessRuleError) {
    throw step;
  }
  const entry = await deps.ledger.postEntry(step).catch((error: unknown) => recordRefusal(deps, processId, error));
  const difference = differenceOf(step, entry);
  if (difference !== undefined) {
    throw new ConnectorPermanentError(`entry ${entry.entryNumber} is not what was approved: ${difference}`);
  }
  await recordEntry(deps, processId, entry);
  return { outcome: 'posted' };
}

/** The gate before the books: exactly this version was approved. */
async function demandApproval({ store }: PostEntryDeps, head: ExpenseHead): Promise<void> {
  const approvals = await listApprovals(store, head.processId);
  const isApproved = approvals.some(
    ({ plan, outcome }) =>
      plan.subject === 'expense' && plan.documentVersion === versionOf(head) && outcome === 'approved',
  );
  if (!isApproved) {
    throw new BusinessRuleError('not-approved', `version ${versionOf(head)} of the expense claim is not approved`);
  }
}

/** A journey may have been taken back, or ended earlier, while people decided about what it cost. */
async function demandJourneys(deps: PostEntryDeps, head: ExpenseHead): Promise<void> {
  const { claim, check } = head.state;
  if (claim === undefined || check === undefined || claim.lines.every(({ journey }) => journey === undefined)) {
    return;
  }
  const changed = changedJourneys(claim, check.findings, {
    journeys: await journeysOf(deps.store, claim, head),
    limits: await limitsOf(deps, claim, head),
  });
  if (changed.length > 0) {
    const what = changed.map(({ reason }) => reason.en).join(' ');
    throw new BusinessRuleError(
      'journey-changed',
      `a journey is not what it was when the claim was approved: ${what} Give the claim up, and its employee claims what is left; or have the journey approved again, and try again`,
    );
  }
}

function commandOf({ processId, oa, state }: ExpenseHead, { date, lines }: PostedJournal): PostEntryCommand {
  const description = `${state.claim?.title ?? ''} (${oa.system} ${oa.requestId})`;
  return { key: entryKeyOf(processId), date, description, lines };
}

/** Somebody can have changed the entry in the ERP before we heard of it; undefined: it is the one that was approved. */
function differenceOf(command: PostEntryCommand, entry: JournalEntry): string | undefined {
  if (entry.reversedBy !== undefined) {
    return `it was taken back by ${entry.reversedBy}`;
  }
  const lines = plainLines(entry.lines);
  return lines === plainLines(command.lines) ? undefined : `its lines are ${lines}`;
}

/**
 * What the ERP refuses by its rules is certainly not posted: it is composed anew when it is tried again, by the tables and
 * on the day of then, and may be withdrawn until then. Except `entry-differs`: a draft stands in the ERP, which somebody
 * may post, so the intent stands and every try is of the same.
 * @throws always what was caught.
 */
async function recordRefusal(deps: LedgerStepDeps, processId: string, error: unknown): Promise<never> {
  if (error instanceof BusinessRuleError && error.rule !== 'entry-differs') {
    const { rule, message } = error;
    await updateProcess<ExpenseState, void>(deps, processId, async (head) => {
      const { journal: _refused, ...state } = head.state;
      const key = entryKeyOf(processId);
      const intended = state.intended.filter((other) => other !== key);
      const entry = { type: 'PostingRefused', actor: ACTOR, facts: { key, rule, message } } as const;
      return {
        change: { entries: [entry], state: { ...state, intended } },
        also: await forgetSetOff(deps, head),
        output: undefined,
      };
    });
  }
  throw error;
}

const ACTOR = { kind: 'erp', id: 'erp' } as const;

function linesDigest(lines: PostedJournal['lines']): string {
  return digestOf(lines as unknown as Json);
}

/** The entry becomes known, and the key by which facts find the process, in one transaction. */
export async function recordEntry(deps: LedgerStepDeps, processId: string, posted: JournalEntry): Promise<void> {
  const entry = { key: posted.key, entryNumber: posted.entryNumber };
  await updateProcess<ExpenseState, void>(deps, processId, async (head) => {
    const { state } = head;
    if (state.entry !== undefined || state.journal === undefined) {
      return { output: undefined };
    }
    const { owed, setOff } = state.journal;
    return {
      change: {
        entries: [
          {
            type: 'EntryPosted',
            actor: ACTOR,
            facts: { ...entry, date: posted.date, owed, setOff },
          },
        ],
        state: { ...state, entry },
        phase: 'Posting',
        effects: [{ kind: 'tell-oa', message: postedMessage(entry, state.journal) }],
      },
      also: [
        { kind: 'create', key: entryKey(entry.entryNumber), value: { processId } },
        ...(await forgetSetOff(deps, head)),
      ],
      output: undefined,
    };
  });
}

/** @throws BusinessRuleError where the tables or the claim give no balanced entry: nothing is asked of the ERP then. */
async function composeJournal(
  deps: PostEntryDeps,
  head: ExpenseHead,
): Promise<{ readonly journal: PostedJournal; readonly also: readonly WorkChange[] }> {
  const { claim, check } = head.state;
  if (claim === undefined || check === undefined) {
    throw new Error('the expense claim is not checked yet');
  }
  const mapped = await claimAccounts(deps.policies, claim);
  const { credited } = mapped;
  const advance = credited === undefined ? undefined : await freeAdvance(deps, head, credited.advanceAccount);
  const journal = journalOf({
    claim,
    check,
    ...mapped,
    openAdvance: advance?.amount ?? '0',
    employeeId: head.requesterId,
  });
  if ('refusal' in journal) {
    throw new BusinessRuleError(journal.refusal, journal.message);
  }
  const { currency } = deps.company;
  return {
    journal: {
      date: companyDate(deps.clock, deps.company.timeZone),
      lines: journal.lines,
      owed: { amount: journal.owed, currency },
      setOff: { amount: journal.setOff, currency },
    },
    also: advance?.keep(journal.setOff) ?? [],
  };
}
