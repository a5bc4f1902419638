/**
 * One paper counts once, whoever files it: each receipt that has an identity is reserved for one claim, under all its
 * identities, for ever, unless that claim ends without being posted. Two claims of the same paper at once cannot both have it.
 */
import { createHash } from 'node:crypto';
import { receiptKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import type { Issue } from '../requests/return-request.ts';
import type { ExpenseHead, ExpenseState } from './domain/expense.ts';

/** Items of one transaction, beside the head: DynamoDB takes 100. */
const BATCH = 60;

/** A paper has three marks at most, which are reserved together: nobody else can come between them. */
const PAPERS = BATCH / 3;

interface Paper {
  readonly index: number;
  readonly marks: readonly string[];
}

interface Reservation {
  readonly processId: string;
}

/**
 * Reserves what the claim shows and sets free what it no longer shows. Returns an issue for each paper that others have.
 * @param identities - keys of the paper (`receiptIdentities`) of each receipt, in their order
 */
export async function reserveReceipts(
  deps: ProcessDeps,
  processId: string,
  identities: readonly (readonly string[])[],
): Promise<readonly Issue[]> {
  const papers = identities.map((own, index): Paper => ({ index, marks: own.map(receiptMark) }));
  const wanted = new Set(papers.flatMap(({ marks }) => marks));
  const taken = await inBatches(deps, processId, (head) => reserve(deps, head, papers));
  await releaseReceipts(deps, processId, (mark) => !wanted.has(mark));
  return papers.filter(isMarked(taken)).map(({ index }) => takenIssue(index));
}

function isMarked(marked: ReadonlySet<string>): (paper: Paper) => boolean {
  return ({ marks }) => marks.some((mark) => marked.has(mark));
}

/** Sets papers free. `isMeant`: which; all without it. */
export async function releaseReceipts(
  deps: ProcessDeps,
  processId: string,
  isMeant: (mark: string) => boolean = () => true,
): Promise<void> {
  await inBatches(deps, processId, (head) => release(deps, head, isMeant));
}

interface Batch {
  readonly hasMore: boolean;
  readonly taken: readonly string[];
}

async function inBatches(
  deps: ProcessDeps,
  processId: string,
  decide: (head: ExpenseHead) => Promise<Decision<ExpenseState, Batch>>,
): Promise<ReadonlySet<string>> {
  let batch: Batch;
  do {
    batch = await updateProcess<ExpenseState, Batch>(deps, processId, decide);
  } while (batch.hasMore);
  return new Set(batch.taken);
}

/** A paper of which others have one mark is left to them whole: its other mark may be that of a third paper. */
async function reserve(
  { store }: Pick<ProcessDeps, 'store'>,
  { processId, state }: ExpenseHead,
  papers: readonly Paper[],
): Promise<Decision<ExpenseState, Batch>> {
  const own = new Set(state.receipts);
  const missing = [...new Set(papers.flatMap(({ marks }) => marks))].filter((mark) => !own.has(mark));
  const found = await Promise.all(
    missing.map(async (mark) => ({ mark, item: await store.read<Reservation>(receiptKey(mark)) })),
  );
  const taken = new Set(found.flatMap(({ mark, item }) => (item === undefined ? [] : [mark])));
  const free = papers.filter((paper) => !isMarked(taken)(paper) && paper.marks.some((mark) => !own.has(mark)));
  const now = new Set(free.slice(0, PAPERS).flatMap(({ marks }) => marks.filter((mark) => !own.has(mark))));
  const output = { hasMore: free.length > PAPERS, taken: [...taken] };
  return now.size === 0
    ? { output }
    : {
        change: { entries: [], state: { ...state, receipts: [...state.receipts, ...now] } },
        // Another claim that takes one at the same time fails this commit: it is decided again, with that in sight.
        also: [...now].map((mark): WorkChange => ({ kind: 'create', key: receiptKey(mark), value: { processId } })),
        output,
      };
}

async function release(
  { store }: Pick<ProcessDeps, 'store'>,
  { state }: ExpenseHead,
  isMeant: (mark: string) => boolean,
): Promise<Decision<ExpenseState, Batch>> {
  const meant = state.receipts.filter(isMeant);
  const now = meant.slice(0, BATCH);
  const items = await Promise.all(now.map((mark) => store.read<Reservation>(receiptKey(mark))));
  const output = { hasMore: meant.length > now.length, taken: [] };
  return now.length === 0
    ? { output }
    : {
        change: { entries: [], state: { ...state, receipts: state.receipts.filter((mark) => !now.includes(mark)) } },
        also: items.flatMap((item) =>
          item === undefined ? [] : [{ kind: 'delete', key: item.key, ifVersion: item.version } as const],
        ),
        output,
      };
}

/** Keeps keys of one size whatever stands on a paper. */
function receiptMark(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** Names nobody: whose claim it is on is no business of whoever files it again. */
function takenIssue(index: number): Issue {
  const field = `claim.receipts[${index}]`;
  return {
    field,
    reason: {
      en: `${field}: this receipt stands on another claim already; take it off, or ask accounting.`,
      zh: `${field}：该票据已用于其他报销单，请删除该票据或联系财务。`,
    },
  };
}
