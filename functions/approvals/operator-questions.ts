/**
 * The list of what operators are asked: each such approval has its place there from the transaction that opens it to the one
 * that closes it, so that finding them takes no longer however many processes run.
 */
import { processOf } from '../process/keys.ts';
import type { ProcessStore, TimeList, WorkChange } from '../process/store/port.ts';
import type { ApprovalState } from './domain/approval-state.ts';

const LIST = 'operator-questions' as const satisfies TimeList;

/** Approvals that are read from the list at once. */
const PAGE = 50;

/** An approval on the list, which is a moment old. */
interface ListedQuestion {
  readonly processId: string;
  readonly approvalId: string;
}

/** Where an approval stands on the list; nowhere while nobody asks the operators by it. */
export function questionPlace(processId: string, state: ApprovalState): Pick<WorkChange & { kind: 'put' }, 'list'> {
  const at = placeOf(processId, state);
  return at === undefined ? {} : { list: { name: LIST, at } };
}

/** All of the list in pages, newest first. */
export async function* listedQuestions(store: ProcessStore): AsyncGenerator<readonly ListedQuestion[]> {
  let before: string | undefined;
  do {
    const bound = before === undefined ? {} : { before };
    const page = await store.listByTime<ApprovalState>(LIST, { order: 'newest-first', limit: PAGE, ...bound });
    yield page.map(({ key, value }) => ({ processId: processOf(key), approvalId: value.plan.approvalId }));
    const last = page.length < PAGE ? undefined : page.at(-1);
    before = last === undefined ? undefined : placeOf(processOf(last.key), last.value);
  } while (before !== undefined);
}

/** By since when; no two are at one place, so that a reader can go on behind it. */
function placeOf(processId: string, { plan, open }: ApprovalState): string | undefined {
  return plan.subject === 'operator' && open !== undefined
    ? `${open.openedAt}#${processId}#${plan.approvalId}`
    : undefined;
}
