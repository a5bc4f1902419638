/** Somebody of compliance decides about a case, or gives it to another owner. */
import type { Directory } from '../directory/port.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { CANCELLABLE, carryOutCase, participantsOf } from './carry-out-case.ts';
import { commandCase, readCase } from './case-store.ts';
import type { CaseDecision, CasePerson, CaseRefusal, CaseState } from './domain/case-state.ts';
import { peopleNamed } from './domain/named-people.ts';
import { caseMail } from './open-case.ts';

export interface DecideCaseDeps extends ProcessDeps {
  readonly directory: Directory;
}

export interface CaseOrder {
  readonly caseId: string;
  /** Employee id. */
  readonly by: string;
}

/** `unknown`: there is no such case. `unknown-person`: nobody of that id works here. */
export type CaseAnswer = 'done' | 'unknown' | 'unknown-person' | CaseRefusal;

/**
 * Committed before anything happens to the processes; what follows is done at once, and by the daily round where that fails.
 * Refused attempts are recorded.
 */
export async function decideCase(
  deps: DecideCaseDeps,
  { caseId, by, decision, reason }: CaseOrder & { readonly decision: CaseDecision; readonly reason: string },
): Promise<CaseAnswer> {
  const state = await readCase(deps.store, caseId);
  if (state === undefined) {
    return 'unknown';
  }
  const person = await casePerson(deps, state, by);
  const canCancel = await isCancellable(deps, state);
  const result = await commandCase(deps, caseId, { kind: 'decide', decision, by: person, reason, canCancel });
  if (result.kind === 'refused') {
    return result.refusal;
  }
  await carryOutCase(deps, caseId);
  return 'done';
}

/** The new owner is written to. */
export async function assignCase(
  deps: DecideCaseDeps,
  { caseId, by, to }: CaseOrder & { readonly to: string },
): Promise<CaseAnswer> {
  if ((await readCase(deps.store, caseId)) === undefined) {
    return 'unknown';
  }
  const person = await deps.directory.person(to);
  if (person?.active !== true) {
    return 'unknown-person';
  }
  const result = await commandCase(deps, caseId, { kind: 'assign', to: person.employeeId, by }, (state) => [
    caseMail(caseId, state),
  ]);
  return result.kind === 'refused' ? result.refusal : 'done';
}

/** What counts about somebody who decides about the case. */
export async function casePerson(
  { store, directory }: Pick<DecideCaseDeps, 'store' | 'directory'>,
  state: CaseState,
  employeeId: string,
): Promise<CasePerson> {
  const { processIds, ownerPost, ownerId } = state;
  const holders = await directory.holdersOf(ownerPost);
  const isOwner = ownerId === employeeId || holders.some((holder) => holder.employeeId === employeeId);
  const parts = await Promise.all(
    processIds.map(async (processId) => {
      const head = await readHead(store, processId);
      return head !== undefined && participantsOf(head, await store.readRecord(processId)).has(employeeId);
    }),
  );
  return { employeeId, isOwner, hasPart: peopleNamed(state).has(employeeId) || parts.includes(true) };
}

/** Whether everything that it holds can be ended from outside. */
export async function isCancellable({ store }: Pick<DecideCaseDeps, 'store'>, { held }: CaseState): Promise<boolean> {
  const heads = await Promise.all(held.map((processId) => readHead(store, processId)));
  return heads.every((head) => head !== undefined && CANCELLABLE.has(head.kind));
}
