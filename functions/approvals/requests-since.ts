/**
 * What came into the row of a question since it was asked. Of two that are filed in the same instant one is routed first, and
 * its question can know nothing of the other: so whoever opens it is shown what has come since.
 */
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import type { EarlierRequest, RememberedRequest, RequestHistory, RequestsSince } from './domain/decision-facts.ts';

/** More would hide the question itself on a phone. */
const MOST_SHOWN = 3;

/** Undefined: nothing, or nobody is asked any more. Reads one item, and the heads of those that are shown. */
export async function requestsSince(
  { store }: { readonly store: ProcessStore },
  processId: string,
  { plan: { row }, open }: Pick<ApprovalState, 'plan' | 'open'>,
): Promise<RequestsSince | undefined> {
  if (row === undefined || open === undefined) {
    return undefined;
  }
  const { requests = [] } = (await store.read<RequestHistory>(row.key))?.value ?? {};
  const since = requests.filter((one) => one.processId !== processId && (one.place ?? 0) > row.place);
  const latest = await Promise.all(
    since
      .slice(-MOST_SHOWN)
      .reverse()
      .map((request) => described(store, request)),
  );
  // Places are given one after the other, and the oldest requests of a full row are forgotten.
  const last = Math.max(...since.map(({ place = 0 }) => place));
  return since.length === 0 ? undefined : { of: row.of, count: last - row.place, latest };
}

async function described(
  store: ProcessStore,
  { processId, amount, at, title = '' }: RememberedRequest,
): Promise<EarlierRequest> {
  const { outcome, oa } = (await readHead(store, processId)) ?? {};
  const number = oa?.requestId ?? processId;
  return { number, title, amount, at, ...(outcome === undefined ? {} : { outcome }) };
}
