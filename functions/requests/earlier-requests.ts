/**
 * What was asked for before in the same row: whoever decides sees whether this is the first of its kind or the tenth. One item
 * for each row is the index, so that nothing is searched.
 */
import type {
  EarlierRequest,
  EarlierRequests,
  RememberedRequest,
  RequestHistory,
  Row,
  RowSeen,
} from '../approvals/domain/decision-facts.ts';
import type { ApprovalPlan } from '../approvals/domain/plan.ts';
import { type Money, roundToCurrency, sum } from '../money/money.ts';
import type { WorkChange, WorkKey } from '../process/store/port.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import type { RequestHead, RequestKind, RequestState } from './domain/request.ts';

type HistoryDeps = Pick<ProcessDeps, 'store' | 'clock'>;

/** A row of requests, and what tells them apart for who reads of them. */
export interface RequestRow<State extends RequestState> {
  readonly of: Row;
  readonly key: WorkKey;
  readonly kind: Pick<RequestKind<State>, 'titleOf'>;
  /** Of the document in the ERP; undefined: there is none. */
  readonly numberOf: (state: State) => string | undefined;
  /** Ends in which nothing came of the request. */
  readonly nothing: readonly string[];
}

export interface HistoryCheck {
  /** Undefined: there was none. */
  readonly earlier?: EarlierRequests;
  /** How much of the row the question knows: for what comes later. */
  readonly seen: RowSeen;
  /**
   * Remembers the request. To be committed with the question: of two that are routed at once one fails, and is asked again
   * with the other in sight.
   */
  readonly change: WorkChange;
}

const DAYS = 365;
const DAY = 86_400_000;
/** Each is read when the next one is routed, since only its process knows what became of it. */
const MOST_REMEMBERED = 50;
/** More would hide the question itself on a phone. */
const MOST_SHOWN = 3;

/** @param total - of the request, in the company's currency */
export async function earlierRequests<State extends RequestState>(
  deps: HistoryDeps,
  row: RequestRow<State>,
  head: RequestHead<State>,
  total: Money,
): Promise<HistoryCheck> {
  const { key, of } = row;
  const { processId } = head;
  const known = await deps.store.read<RequestHistory>(key);
  const now = deps.clock.now();
  const { requests = [], forgotten } = known?.value ?? {};
  const others = requests.filter((one) => one.processId !== processId && isWithin(one.at, now));
  const isMore = forgotten !== undefined && isWithin(forgotten, now);
  const earlier = await describe(deps, row, others, { isMore, currency: total.currency });
  const last = Math.max(0, ...requests.map(({ place = 0 }) => place));
  const place = requests.find((one) => one.processId === processId)?.place ?? last + 1;
  const own = { processId, amount: total.amount, at: now.toISOString(), place, title: row.kind.titleOf(head) };
  const value = bounded([...others, own], forgotten);
  const expiresAt = new Date(now.getTime() + (DAYS + 1) * DAY);
  return {
    ...(earlier === undefined ? {} : { earlier }),
    seen: { of, key, place: Math.max(last, place) },
    change:
      known === undefined
        ? { kind: 'create', key, value, expiresAt }
        : { kind: 'replace', key, ifVersion: known.version, value, expiresAt },
  };
}

/** @param history - undefined: the question stands in no row */
export function withEarlier(plan: ApprovalPlan, history: HistoryCheck | undefined): ApprovalPlan {
  if (history === undefined) {
    return plan;
  }
  const { earlier, seen } = history;
  const document = earlier === undefined ? plan.document : { ...plan.document, earlierRequests: earlier };
  return { ...plan, row: seen, document };
}

function isWithin(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= DAYS * DAY;
}

async function describe<State extends RequestState>(
  { store }: HistoryDeps,
  row: RequestRow<State>,
  requests: readonly RememberedRequest[],
  { isMore, currency }: { readonly isMore: boolean; readonly currency: string },
): Promise<EarlierRequests | undefined> {
  const all = await Promise.all(
    requests.map(async (request) => ({ request, head: await readHead<State>(store, request.processId) })),
  );
  const counting = all.filter(({ head }) => head?.outcome === undefined || !row.nothing.includes(head.outcome));
  return all.length === 0
    ? undefined
    : {
        of: row.of,
        days: DAYS,
        count: counting.length,
        total: roundToCurrency(sum(counting.map(({ request }) => request.amount)), currency),
        ...(isMore ? { isMore } : {}),
        latest: all
          .slice(-MOST_SHOWN)
          .reverse()
          .map(({ request, head }) => earlierRequest(row, request, head)),
      };
}

function earlierRequest<State extends RequestState>(
  { kind, numberOf }: RequestRow<State>,
  { processId, amount, at }: RememberedRequest,
  head: RequestHead<State> | undefined,
): EarlierRequest {
  return {
    number: (head === undefined ? undefined : numberOf(head.state)) ?? head?.oa.requestId ?? processId,
    title: head === undefined ? '' : kind.titleOf(head),
    amount,
    at,
    ...(head?.outcome === undefined ? {} : { outcome: head.outcome }),
  };
}

function bounded(requests: readonly RememberedRequest[], forgotten: string | undefined): RequestHistory {
  const newest = requests.slice(-MOST_REMEMBERED);
  const last = requests.at(-MOST_REMEMBERED - 1)?.at ?? forgotten;
  return { requests: newest, ...(last === undefined ? {} : { forgotten: last }) };
}
