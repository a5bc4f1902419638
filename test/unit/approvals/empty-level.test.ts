import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Seat } from '../../../functions/approvals/domain/approval-state.ts';
import { levelResult } from '../../../functions/approvals/domain/seats.ts';
import { levels, levelsFrom } from './any-plan.ts';
import { level, OPENED_AT, openNext, plan } from './approvals.ts';

/** Voices that are no planned seat of the level: those who came in beside it, were added, or sit on another one. */
const voicesBeside: fc.Arbitrary<readonly Seat[]> = fc
  .array(
    fc.record({
      seatId: fc.integer({ min: 10, max: 30 }),
      employeeId: fc.constantFrom('A', 'B'),
      vote: fc.constantFrom('yes', 'no', undefined),
      place: fc.constantFrom('stand-in', 'added', 'elsewhere'),
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all.map(
      ({ seatId, employeeId, vote, place }): Seat => ({
        seatId,
        employeeId,
        level: place === 'elsewhere' ? 9 : 0,
        weight: 1,
        moves: 0,
        ...(vote === undefined ? {} : { vote }),
        ...(place === 'stand-in' ? { isStandIn: true } : {}),
        ...(place === 'added' ? { added: { by: 'A', to: 1, where: 'beside' } } : {}),
      }),
    ),
  );

describe('a level on which nobody sits', () => {
  it('is never approved, in whatever mode and whoever speaks beside it', () => {
    fc.assert(
      fc.property(levels, voicesBeside, (drafts, seats) => {
        const [first] = levelsFrom(drafts);
        const empty = plan({ levels: first === undefined ? [] : [{ ...first, approverIds: [] }] });
        expect(levelResult(empty, seats, 0)).toBe('open');
      }),
    );
  });

  it('does not come into an approval by a new way of the rules', () => {
    const state = openNext(newApproval(plan()));
    const command = {
      kind: 're-route',
      levels: [level('Manager', []), level('Head', ['H'])],
      routing: [],
      linkLimit: '100000',
      directoryVersion: 2,
      operator: 'ops',
    } as const;
    expect(() => decideApproval(state, command, { now: new Date(OPENED_AT) })).toThrow(RangeError);
  });

  it('does not open', () => {
    const { plan: whole, ...rest } = newApproval(
      plan({ levels: [level('Signers', ['A'], { mode: { kind: 'all' } })] }),
    );
    const state = { ...rest, plan: { ...whole, levels: [level('Signers', [], { mode: { kind: 'all' } })] } };
    expect(() => openNext(state)).toThrow(RangeError);
  });
});
