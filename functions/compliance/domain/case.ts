/**
 * What becomes of a finding: a case with an owner and a deadline, from its first evidence to somebody's decision. A reducer:
 * the command is carried out on the state as it is, or is refused; entries are for the case's own record. Pure. Whatever is
 * repeated changes nothing the second time.
 */
import type { Actor, NewEntry } from '../../audit/domain/record.ts';
import type { CaseCommand, CaseDecision, CasePerson, CaseRefusal, CaseResult, CaseState } from './case-state.ts';
import { asksForApproval, isAsked } from './case-state.ts';
import type { ComplianceRule, Evidence, Finding } from './finding.ts';

const MERIDIAN: Actor = { kind: 'meridian', id: 'compliance' };

/** A case as it begins. */
export function openedCase(
  finding: Finding,
  rule: ComplianceRule & { readonly action: CaseState['action'] },
  { ownerId, deadline }: Pick<CaseState, 'ownerId' | 'deadline'>,
): { readonly state: CaseState; readonly entries: readonly NewEntry[] } {
  const { severity, action, warnBy, ownerPost } = rule;
  const state: CaseState = { ...finding, severity, action, warnBy, ownerPost, ownerId, deadline, held: [], letGo: [] };
  const { detector, subject, processIds, evidence, facts } = finding;
  const about = { detector, subject, processIds: [...processIds], evidence: linksOf(evidence), found: facts };
  return { state, entries: [entryOf('CaseOpened', { ...about, severity, action, ownerPost, ownerId, deadline })] };
}

/** Carries a command out, or says why it does not count. */
export function changeCase(state: CaseState, command: CaseCommand, now: Date): CaseResult {
  switch (command.kind) {
    case 'see':
      return seen(state, command.finding);
    case 'hold':
      return state.decision !== undefined || [...state.held, ...state.letGo].includes(command.processId)
        ? done(state)
        : done(
            { ...state, held: [...state.held, command.processId] },
            entryOf('CaseProcessHeld', { process: command.processId }),
          );
    case 'assign':
      return assigned(state, command);
    case 'decide':
      return decided(state, command, now);
    case 'answer':
      return answered(state, command, now);
    case 'nobody-to-ask':
      return state.decision !== undefined || isAsked(state) ? done(state) : notGiven(state, '', command.reason);
    case 'carry-out':
      return state.held.includes(command.processId)
        ? done(
            {
              ...state,
              held: state.held.filter((processId) => processId !== command.processId),
              letGo: [...state.letGo, command.processId],
            },
            entryOf('CaseCarriedOut', { process: command.processId, result: command.result }),
          )
        : done(state);
    case 'deadline':
      return state.decision !== undefined || state.isOverdue === true || now.getTime() < Date.parse(state.deadline)
        ? done(state)
        : done(
            { ...state, isOverdue: true },
            entryOf('CaseOverdue', { ownerId: state.ownerId, deadline: state.deadline }),
          );
    case 'mended':
      return state.isMended === true ? done(state) : done({ ...state, isMended: true }, entryOf('CaseMended', {}));
  }
}

/** What was decided stands: more evidence of the same opens nothing again. */
function seen(before: CaseState, { evidence, processIds }: Finding): CaseResult {
  const isBack = before.isMended === true && before.decision === undefined;
  const { isMended, ...open } = before;
  const state = isBack ? open : before;
  const known = new Set(state.evidence.map(placeOf));
  const fresh = onceEach(evidence).filter((one) => !known.has(placeOf(one)));
  const more = [...new Set(processIds)].filter((processId) => !state.processIds.includes(processId));
  const back = isBack ? [entryOf('CaseSeenAgain', {})] : [];
  return fresh.length === 0 && more.length === 0
    ? done(state, ...back)
    : done(
        { ...state, evidence: [...state.evidence, ...fresh], processIds: [...state.processIds, ...more] },
        ...back,
        entryOf('CaseEvidenceAdded', { evidence: linksOf(fresh), processIds: more }),
      );
}

function assigned(state: CaseState, { to, by }: { readonly to: string; readonly by: string }): CaseResult {
  if (state.decision !== undefined) {
    return refusedBecause('already-decided', by, 'assign');
  }
  return state.ownerId === to
    ? done(state)
    : done({ ...state, ownerId: to }, { type: 'CaseAssigned', actor: person(by), facts: { from: state.ownerId, to } });
}

function decided(
  state: CaseState,
  { decision, by, reason, canCancel }: Extract<CaseCommand, { kind: 'decide' }>,
  now: Date,
): CaseResult {
  const refusal =
    refusalOf(state, decision, by, reason) ?? (decision === 'cancel' && !canCancel ? 'cannot-be-cancelled' : undefined);
  if (refusal !== undefined) {
    return refusedBecause(refusal, by.employeeId, decision);
  }
  return decidedBy(state, decision, by, now, { personal: { reason } });
}

/** Only a yes of somebody who has no part lets go; a no ends the processes where the company wants that; all else is for compliance. */
function answered(
  state: CaseState,
  { approvalId, outcome, by, canCancel }: Extract<CaseCommand, { kind: 'answer' }>,
  now: Date,
): CaseResult {
  if (!isAsked(state) || state.approval?.approvalId !== approvalId) {
    return done(state);
  }
  if (by === undefined || by.hasPart) {
    return notGiven(state, approvalId, by === undefined ? outcome : 'has-part');
  }
  if (outcome === 'approved') {
    return decidedBy(state, 'release', by, now, { facts: { approvalId } });
  }
  return outcome === 'rejected' && state.action === 'approval-or-cancel' && canCancel
    ? decidedBy(state, 'cancel', by, now, { facts: { approvalId } })
    : notGiven(state, approvalId, outcome);
}

function notGiven(state: CaseState, approvalId: string, outcome: string): CaseResult {
  return done(
    { ...state, approval: { approvalId, processes: state.processIds.length, outcome } },
    entryOf('CaseApprovalNotGiven', { ...(approvalId === '' ? {} : { approvalId }), outcome }),
  );
}

function decidedBy(
  state: CaseState,
  decision: CaseDecision,
  { employeeId }: CasePerson,
  now: Date,
  more: { readonly facts?: NewEntry['facts']; readonly personal?: NonNullable<NewEntry['personal']> },
): CaseResult {
  const entry: NewEntry = {
    type: ENTRY_OF[decision],
    actor: person(employeeId),
    facts: { employeeId, held: [...state.held], ...more.facts },
    ...(more.personal === undefined ? {} : { personal: more.personal }),
  };
  return done({ ...state, decision: { kind: decision, by: employeeId, at: now.toISOString() } }, entry);
}

function refusalOf(state: CaseState, decision: CaseDecision, by: CasePerson, reason: string): CaseRefusal | undefined {
  if (state.decision !== undefined) {
    return 'already-decided';
  }
  if (by.hasPart) {
    return 'has-part';
  }
  if (isAsked(state)) {
    return 'approval-open';
  }
  if (asksForApproval(state) && !by.isOwner) {
    return 'owner-only';
  }
  if (reason.trim() === '') {
    return 'reason-required';
  }
  if (decision === 'close') {
    return state.held.length > 0 ? 'holds-stand' : undefined;
  }
  return state.held.length === 0 ? 'nothing-held' : undefined;
}

const ENTRY_OF: { readonly [decision in CaseDecision]: string } = {
  release: 'CaseReleased',
  cancel: 'CaseCancelled',
  close: 'CaseClosed',
};

/** Attempts that do not count are recorded as carefully as decisions. */
function refusedBecause(refusal: CaseRefusal, employeeId: string, action: string): CaseResult {
  const entry = { type: 'CaseDecisionRefused', actor: person(employeeId), facts: { employeeId, action, refusal } };
  return { kind: 'refused', refusal, entries: [entry] };
}

function done(state: CaseState, ...entries: readonly NewEntry[]): CaseResult {
  return { kind: 'done', state, entries };
}

function entryOf(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: MERIDIAN, facts };
}

function person(id: string): Actor {
  return { kind: 'person', id };
}

function linksOf(evidence: readonly Evidence[]): { readonly processId: string; readonly sequence: number }[] {
  return evidence.map(({ processId, sequence }) => ({ processId, sequence }));
}

function onceEach(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [placeOf(one), one])).values()];
}

function placeOf({ processId, sequence }: Evidence): string {
  return `${processId}#${sequence}`;
}
