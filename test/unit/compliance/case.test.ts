import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeCase, openedCase } from '../../../functions/compliance/domain/case.ts';
import {
  type CaseCommand,
  type CasePerson,
  type CaseState,
  holdsProcesses,
  isSettled,
} from '../../../functions/compliance/domain/case-state.ts';
import type { ComplianceRule, Finding } from '../../../functions/compliance/domain/finding.ts';
import { at } from './records.ts';

const FINDING: Finding = {
  detector: 'duplicate-invoice',
  subject: 'SUP-001#INV-1#INV-2',
  processIds: ['P2P-1', 'P2P-2'],
  evidence: [{ processId: 'P2P-1', sequence: 7 }],
  facts: { alike: 'same-number' },
};
const OFFICER: CasePerson = { employeeId: 'E-5001', isOwner: true, hasPart: false };

function opened(action: CaseState['action'] = 'hold'): CaseState {
  const rule: ComplianceRule & { action: CaseState['action'] } = {
    severity: 'high',
    action,
    warnBy: ['mail'],
    ownerPost: 'compliance-officer',
    deadlineDays: 3,
    threshold: '1',
    windowHours: 72,
  };
  return openedCase(FINDING, rule, { ownerId: 'E-5001', deadline: at(600).toISOString() }).state;
}

function stateAfter(state: CaseState, ...commands: readonly CaseCommand[]): CaseState {
  return commands.reduce((current, command) => {
    const result = changeCase(current, command, at(10));
    return result.kind === 'done' ? result.state : current;
  }, state);
}

const hold = (processId: string): CaseCommand => ({ kind: 'hold', processId });
const decide = (
  decision: 'release' | 'cancel' | 'close',
  by: CasePerson = OFFICER,
  reason = 'Looked at both papers',
): CaseCommand => ({ kind: 'decide', decision, by, reason, canCancel: true });

describe('a case', () => {
  it('begins with its evidence, its owner and its deadline in its record', () => {
    const rule = {
      severity: 'high',
      action: 'hold',
      warnBy: ['mail'],
      ownerPost: 'p',
      deadlineDays: 3,
      threshold: '1',
      windowHours: 72,
    } as const;
    expect(openedCase(FINDING, rule, { ownerId: 'E-5001', deadline: at(600).toISOString() }).entries).toMatchObject([
      { type: 'CaseOpened', facts: { evidence: [{ processId: 'P2P-1', sequence: 7 }], ownerId: 'E-5001' } },
    ]);
  });

  it('is over when what was decided has been done to every process that it held', () => {
    const held = stateAfter(opened(), hold('P2P-1'), hold('P2P-2'), decide('release'));
    expect(isSettled(held)).toBe(false);
    const carried = (processId: string): CaseCommand => ({ kind: 'carry-out', processId, result: 'released' });
    expect(isSettled(stateAfter(held, carried('P2P-1')))).toBe(false);
    expect(isSettled(stateAfter(held, carried('P2P-1'), carried('P2P-2')))).toBe(true);
  });

  it('holds nothing once it is decided, whatever is found again', () => {
    const decided = stateAfter(opened(), hold('P2P-1'), decide('release'));
    expect(holdsProcesses(decided)).toBe(false);
    expect(stateAfter(decided, hold('P2P-2'), { kind: 'see', finding: FINDING })).toEqual(decided);
  });

  it('stays mended once it is decided, whatever is found again: the return is another case', () => {
    const mended = stateAfter(opened(), hold('P2P-1'), { kind: 'mended' });
    const again: CaseCommand = { kind: 'see', finding: FINDING };
    expect(stateAfter(mended, again).isMended).toBeUndefined();

    const decided = stateAfter(mended, decide('release'));
    expect(changeCase(decided, again, at(10))).toEqual({ kind: 'done', state: decided, entries: [] });
  });

  it.each([
    ['whoever has a part in what it is about', decide('release', { ...OFFICER, hasPart: true }), 'has-part', 'hold'],
    ['anybody without a reason', decide('release', OFFICER, '  '), 'reason-required', 'hold'],
    ['whoever would close it while processes are held', decide('close'), 'holds-stand', 'hold'],
    [
      'whoever does not hold the post that is to approve',
      decide('release', { ...OFFICER, isOwner: false }),
      'owner-only',
      'approval',
    ],
  ] as const)('refuses %s, and records it', (_, command, refusal, action) => {
    expect(changeCase(stateAfter(opened(action), hold('P2P-1')), command, at(10))).toMatchObject({
      kind: 'refused',
      refusal,
      entries: [{ type: 'CaseDecisionRefused', facts: { refusal } }],
    });
  });

  it('does not cancel what cannot be ended from outside', () => {
    const cancel = { ...decide('cancel'), canCancel: false } as CaseCommand;
    expect(changeCase(stateAfter(opened(), hold('P2P-1')), cancel, at(10))).toMatchObject({
      refusal: 'cannot-be-cancelled',
    });
  });

  it('does not hold again what it let go', () => {
    const ended: CaseCommand = { kind: 'carry-out', processId: 'P2P-1', result: 'ended' };
    const state = stateAfter(opened(), hold('P2P-1'), ended);
    expect(changeCase(state, hold('P2P-1'), at(10)).entries).toEqual([]);
  });

  it('has nothing to release where nothing is held', () => {
    expect(changeCase(opened('warn'), decide('release'), at(10))).toMatchObject({ refusal: 'nothing-held' });
  });

  it('keeps the first decision', () => {
    const decided = stateAfter(opened(), hold('P2P-1'), decide('cancel'));
    expect(changeCase(decided, decide('release'), at(11))).toMatchObject({ refusal: 'already-decided' });
    expect(changeCase(decided, { kind: 'assign', to: 'E-1', by: 'E-2' }, at(11))).toMatchObject({
      refusal: 'already-decided',
    });
  });

  it('keeps the reason where it can be erased', () => {
    expect(changeCase(stateAfter(opened(), hold('P2P-1')), decide('release'), at(10))).toMatchObject({
      entries: [
        { type: 'CaseReleased', personal: { reason: 'Looked at both papers' }, facts: { employeeId: 'E-5001' } },
      ],
    });
  });

  it('tells once that its deadline is over, and not before, also when the clock jumps back', () => {
    const late = changeCase(opened(), { kind: 'deadline' }, at(600));
    expect(late).toMatchObject({ entries: [{ type: 'CaseOverdue' }] });
    expect(changeCase(opened(), { kind: 'deadline' }, at(599)).entries).toEqual([]);
    expect(late.kind === 'done' && changeCase(late.state, { kind: 'deadline' }, at(599)).entries).toEqual([]);
  });

  it('passes to another owner', () => {
    expect(stateAfter(opened(), { kind: 'assign', to: 'E-5002', by: 'E-5001' })).toMatchObject({ ownerId: 'E-5002' });
  });

  it('comes to the same in whatever order, and however often, it is seen', () => {
    const sightings = fc.array(
      fc.record({
        processIds: fc.subarray(['P2P-1', 'P2P-2', 'P2P-3']),
        evidence: fc.array(
          fc.record({ processId: fc.constantFrom('P2P-1', 'P2P-2'), sequence: fc.integer({ min: 1, max: 4 }) }),
        ),
      }),
      { maxLength: 6 },
    );
    const summary = ({ evidence, processIds }: CaseState) => [
      evidence.map(({ processId, sequence }) => `${processId}#${sequence}`).sort(),
      [...processIds].sort(),
    ];
    fc.assert(
      fc.property(
        sightings.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
        ),
        ([once, shuffled]) => {
          const see = (seen: (typeof once)[number]): CaseCommand => ({ kind: 'see', finding: { ...FINDING, ...seen } });
          expect(summary(stateAfter(opened(), ...shuffled.map(see)))).toEqual(
            summary(stateAfter(opened(), ...once.map(see))),
          );
        },
      ),
    );
  });
});
