/** Where cases are: each is a record of its own, so that what became of it can be audited as a process can. */
import type { ProcessHead } from '../process/domain/process.ts';
import { openCaseKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { changeCase } from './domain/case.ts';
import { CASE_KIND, type CaseCommand, type CaseResult, type CaseState, isSettled } from './domain/case-state.ts';

/** Cases read at once. */
const PAGE = 100;

/** What stands on the list of open cases. */
interface OpenCase {
  readonly caseId: string;
  /** Its place on the list, from where the next page goes on. */
  readonly place: string;
}

/** Undefined: there is no such case; the id of another process is none. */
export async function readCase(store: ProcessStore, caseId: string): Promise<CaseState | undefined> {
  const head = await readHead<CaseState>(store, caseId);
  return head?.kind === CASE_KIND ? head.state : undefined;
}

/** The item by which an open case stands on the list, by its deadline. */
export function listed(caseId: string, { deadline }: Pick<CaseState, 'deadline'>): WorkChange {
  // No two cases are at one place.
  const value: OpenCase = { caseId, place: `${deadline}#${caseId}` };
  return { kind: 'create', key: openCaseKey(caseId), value, list: { name: 'cases', at: value.place } };
}

/**
 * Carries a command out and says what became of it; the case leaves the list of open ones when it is settled.
 * @param effects - what follows from a command that changed something
 */
export function commandCase(
  deps: ProcessDeps,
  caseId: string,
  command: CaseCommand,
  effects: (state: CaseState) => Required<CaseEffects>['effects'] = () => [],
): Promise<CaseResult> {
  return updateProcess<CaseState, CaseResult>(deps, caseId, (head: ProcessHead<CaseState>) =>
    decisionOf(head, changeCase(head.state, command, deps.clock.now()), effects),
  );
}

type CaseEffects = Pick<NonNullable<Decision<CaseState, unknown>['change']>, 'effects'>;

function decisionOf(
  { processId: caseId, status, state: before }: ProcessHead<CaseState>,
  result: CaseResult,
  effects: (state: CaseState) => Required<CaseEffects>['effects'],
): Decision<CaseState, CaseResult> {
  if (result.entries.length === 0) {
    return { output: result };
  }
  if (result.kind === 'refused') {
    return { change: { entries: result.entries }, output: result };
  }
  const { state, entries } = result;
  const leaves = isSettled(state) && !isSettled(before);
  return {
    change: {
      entries,
      state,
      effects: effects(state),
      ...(leaves && status === 'running' ? { end: { outcome: 'settled' } } : {}),
    },
    also: leaves ? [{ kind: 'remove', key: openCaseKey(caseId) }] : [],
    output: result,
  };
}

/** A case that is not settled, as it stands now. */
export interface ListedCase {
  readonly caseId: string;
  readonly state: CaseState;
}

/**
 * Cases that are not settled, those first whose deadline is.
 * @param after - `next` of the page before
 * @returns `next`: where the next page begins; undefined: there is none
 */
export async function openCasesPage(
  store: ProcessStore,
  after?: string,
): Promise<{ readonly cases: readonly ListedCase[]; readonly next: string | undefined }> {
  const { caseIds, next } = await listPage(store, after);
  const states = await Promise.all(caseIds.map((caseId) => readCase(store, caseId)));
  const cases = caseIds.flatMap((caseId, index) => {
    const state = states[index];
    return state === undefined ? [] : [{ caseId, state }];
  });
  return { cases, next };
}

/** All of them, page by page: what is settled meanwhile may still come. */
export async function* openCaseIds(store: ProcessStore): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const { caseIds, next } = await listPage(store, after);
    yield* caseIds;
    after = next;
  } while (after !== undefined);
}

async function listPage(store: ProcessStore, after: string | undefined) {
  const items = await store.listByTime<OpenCase>('cases', { order: 'oldest-first', limit: PAGE + 1, after });
  const page = items.slice(0, PAGE).map(({ value }) => value);
  return { caseIds: page.map(({ caseId }) => caseId), next: items.length > PAGE ? page.at(-1)?.place : undefined };
}
