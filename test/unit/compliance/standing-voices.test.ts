import { describe, expect, it } from 'vitest';
import { approved, closed, findingsIn, found, processOf, registered, routed, type Written } from './records.ts';

const LIMITS = { 'E-2001': '5000', 'E-3001': '50000' };
const FIRST = { approvalId: 'order-a', documentVersion: 1 };
const SECOND = { approvalId: 'order-b', documentVersion: 2 };
const BY_HEAD = { ...FIRST, levelName: 'Department head', level: 1 };

/** Version 1: the head, who may commit the company to it, says yes, and the next level sends it back. */
const returned = (...more: Written[]): readonly Written[] => [
  registered(),
  routed('order', '9000', FIRST),
  ...more,
  approved('order', 'E-3001', undefined, BY_HEAD),
  { type: 'ReturnedToRequester', facts: { ...FIRST, level: 2, employeeId: 'E-4001' } },
  closed('order', 'returned', FIRST),
  { ...registered(), type: 'RequisitionResubmitted' },
];
const kept = (version = 1) => ({
  kept: [{ levelName: 'Department head', employeeId: 'E-3001', action: 'approve', version }],
});
/** Version 2, to which somebody says yes who may not commit the company to it. */
const second = (more: object = {}, by = 'E-2001', levelName = 'Manager'): readonly Written[] => [
  routed('order', '9000', { ...SECOND, ...more }),
  approved('order', by, undefined, { ...SECOND, levelName }),
  closed('order', 'approved', SECOND),
];
const foundIn = (...written: readonly Written[]) => found(findingsIn([processOf('P2P-1', written)], LIMITS));

describe('a yes to an earlier version', () => {
  it('vouches for a later one that kept it', () => {
    expect(foundIn(...returned(), ...second(kept()))).toEqual([]);
  });

  it('vouches for nothing where the later version asks everybody again', () => {
    expect(findingsIn([processOf('P2P-1', [...returned(), ...second()])], LIMITS)).toMatchObject([
      { detector: 'over-authority', facts: { approvers: 'E-2001' } },
    ]);
  });

  it.each([
    ['of another version than was kept', kept(3)],
    ['of another level than was kept', { kept: [{ ...kept().kept[0], levelName: 'Finance' }] }],
    ['of somebody who never said it', { kept: [{ ...kept().kept[0], employeeId: 'E-3009' }] }],
  ])('vouches for nothing where it is %s', (_, more) => {
    expect(foundIn(...returned(), ...second(more))).toEqual(['over-authority']);
  });

  it('vouches for a third version too where the second kept it', () => {
    const third = { approvalId: 'order-c', documentVersion: 3, ...kept() };
    const again: readonly Written[] = [
      routed('order', '9000', { ...SECOND, ...kept() }),
      closed('order', 'returned', SECOND),
      { ...registered(), type: 'RequisitionResubmitted' },
      routed('order', '9000', third),
      approved('order', 'E-2001', undefined, { ...third, levelName: 'Manager' }),
      closed('order', 'approved', third),
    ];

    expect(foundIn(...returned(), ...again)).toEqual([]);
  });

  it('does not when a signer who was added said it, though it was kept', () => {
    const added: Written = { type: 'SignerAdded', facts: { ...FIRST, level: 1, employeeId: 'E-2001', to: 'E-3001' } };
    expect(foundIn(...returned(added), ...second(kept()))).toEqual(['over-authority']);
  });
});

describe('a yes to the version that is approved', () => {
  it('counts although whoever says it had been added to an earlier version as a signer', () => {
    const added: Written = { type: 'SignerAdded', facts: { ...FIRST, level: 1, employeeId: 'E-2001', to: 'E-3001' } };
    expect(foundIn(...returned(added), ...second({}, 'E-3001'))).toEqual([]);
  });

  it('counts when whoever was added by somebody else, and taken away again, got the task of another', () => {
    const about = { ...FIRST, level: 0, employeeId: 'E-2001', to: 'E-3001' };
    expect(
      foundIn(
        registered(),
        routed('order', '9000', FIRST),
        { type: 'SignerAdded', facts: about },
        { type: 'SignerRemoved', facts: about },
        approved('order', 'E-3001', undefined, { ...FIRST, onBehalfOf: 'E-2001' }),
        closed('order', 'approved', FIRST),
      ),
    ).toEqual([]);
  });

  it('counts when whoever was added as a signer is named by the rules that came since, and was asked anew', () => {
    const about = { ...FIRST, level: 0, employeeId: 'E-2001', to: 'E-3001' };
    const given = approved('order', 'E-3001', undefined, FIRST);
    const written = (anew: boolean): readonly Written[] => [
      registered(),
      routed('order', '9000', FIRST),
      { type: 'SignerAdded', facts: about },
      { type: 'TaskRerouted', facts: { ...FIRST, level: 0, isAskedAgain: anew } },
      given,
      closed('order', 'approved', FIRST),
    ];

    expect(foundIn(...written(true))).toEqual([]);
    expect(foundIn(...written(false))).toEqual(['over-authority']);
  });

  it.each([
    ['was taken back', { type: 'DecisionTakenBack', facts: { ...FIRST, level: 0, employeeId: 'E-3001' } }],
    ['was sent back to be said again', { type: 'ReturnedToLevel', facts: { ...FIRST, level: 1, target: 0 } }],
    ['was asked anew of others', { type: 'TaskRerouted', facts: { ...FIRST, level: 0, isAskedAgain: true } }],
  ])('counts no more when it %s', (_, undone) => {
    const written: readonly Written[] = [
      registered(),
      routed('order', '9000', FIRST),
      approved('order', 'E-3001', undefined, FIRST),
      undone,
      approved('order', 'E-2001', undefined, FIRST),
      closed('order', 'approved', FIRST),
    ];

    expect(foundIn(...written)).toEqual(['over-authority']);
  });

  it.each([
    [
      'somebody else takes theirs back',
      { type: 'DecisionTakenBack', facts: { ...FIRST, level: 0, employeeId: 'E-2001' } },
    ],
    ['a later level is asked again', { type: 'ReturnedToLevel', facts: { ...FIRST, level: 2, target: 1 } }],
    [
      'what is still to come goes another way',
      { type: 'TaskRerouted', facts: { ...FIRST, level: 0, isAskedAgain: false } },
    ],
  ])('stays when %s', (_, event) => {
    const written: readonly Written[] = [
      registered(),
      routed('order', '9000', FIRST),
      approved('order', 'E-3001', undefined, FIRST),
      event,
      closed('order', 'approved', FIRST),
    ];

    expect(foundIn(...written)).toEqual([]);
  });

  it('is measured by what it is judged with, where that came to light while it was asked', () => {
    const raised: Written = { type: 'AmountRaised', facts: { ...FIRST, before: '4000', splitAmount: '9000' } };
    const asked = (...more: Written[]): readonly Written[] => [
      registered(),
      routed('order', '4000', FIRST),
      ...more,
      approved('order', 'E-2001', undefined, FIRST),
      closed('order', 'approved', FIRST),
    ];

    expect(foundIn(...asked())).toEqual([]);
    expect(foundIn(...asked(raised))).toEqual(['over-authority']);
  });
});
