import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerAgain,
  applyChange,
  openWaits,
  type ProcessChange,
  type ProcessHead,
  resumeEffects,
} from '../../../functions/process/domain/process.ts';
import { type Counter, newHead, newWait } from './heads.ts';

const NOW = new Date('2026-01-02T00:00:00.000Z');

describe('a change of a process', () => {
  it('leaves alone what it does not name', () => {
    const head = newHead({ waits: { 'w-1': newWait('w-1') }, answers: { 'w-0': 'done' }, holds: [hold()] });

    expect(applyChange(head, { entries: [] }, NOW)).toEqual(head);
  });

  it('sets state, phase, holds and interruption', () => {
    const interruption = { outcome: 'withdrawn', at: NOW.toISOString() } as const;
    const change = { entries: [], state: { count: 1, by: [] }, phase: 'Payment', holds: [hold()], interruption };

    expect(applyChange(newHead(), change, NOW)).toMatchObject({
      status: 'running',
      state: { count: 1 },
      phase: 'Payment',
      holds: [hold()],
      interruption,
    });
  });

  it('ends the process with its outcome and the time', () => {
    const ended = applyChange(newHead(), { entries: [], end: { outcome: 'paid' } }, NOW);

    expect(ended).toMatchObject({ status: 'ended', outcome: 'paid', endedAt: '2026-01-02T00:00:00.000Z' });
  });

  it('answers a wait: it is no longer open, its answer is kept, and the machine is resumed with its token', () => {
    const head = newHead({ waits: { 'w-1': newWait('w-1'), 'w-2': newWait('w-2') } });
    const change = { entries: [], answers: [{ waitId: 'w-1', output: { outcome: 'approved' } }] };

    const next = applyChange(head, change, NOW);

    expect(Object.keys(next.waits)).toEqual(['w-2']);
    expect(next.answers).toEqual({ 'w-1': { outcome: 'approved' } });
    expect(resumeEffects(head, change)).toEqual([
      { kind: 'resume', waitId: 'w-1', token: 'token of w-1', output: { outcome: 'approved' } },
    ]);
  });

  it('opens a wait and answers it in one, with the token that just came', () => {
    const head = newHead({ waits: { 'w-1': newWait('w-1', 'old token') } });
    const change = { entries: [], open: newWait('w-1', 'new token'), answers: [{ waitId: 'w-1', output: 'closed' }] };

    expect(applyChange(head, change, NOW)).toMatchObject({ waits: {}, answers: { 'w-1': 'closed' } });
    expect(resumeEffects(head, change)).toMatchObject([{ token: 'new token' }]);
  });

  it('leaves out the answer of a wait that is not open, neither keeping it nor resuming anything', () => {
    const change = { entries: [], answers: [{ waitId: 'w-9', output: 'early' }] };
    const head = newHead({ answers: { 'w-1': 'first' } });

    expect(applyChange(head, change, NOW).answers).toEqual({ 'w-1': 'first' });
    expect(resumeEffects(head, change)).toEqual([]);
    const again = { entries: [], answers: [{ waitId: 'w-1', output: 'second' }] };
    expect(applyChange(head, again, NOW).answers).toEqual({ 'w-1': 'first' });
  });

  it('abandons a wait without an answer', () => {
    const head = newHead({ waits: { 'w-1': newWait('w-1') } });

    expect(applyChange(head, { entries: [], abandon: ['w-1'] }, NOW)).toMatchObject({ waits: {}, answers: {} });
  });

  it('gives a wait that comes again its answer with the new token, and nothing while there is none', () => {
    const head = newHead({ answers: { 'w-1': { outcome: 'approved' } } });

    expect(answerAgain(head, 'w-1', 'new token')).toEqual({
      entries: [],
      effects: [{ kind: 'resume', waitId: 'w-1', token: 'new token', output: { outcome: 'approved' } }],
    });
    expect(answerAgain(head, 'w-2', 'new token')).toBeUndefined();
  });

  it('finds the open waits of one kind', () => {
    const payment = { ...newWait('w-2'), kind: 'payment' as const };
    const head = newHead({ waits: { 'w-1': newWait('w-1'), 'w-2': payment } });

    expect(openWaits(head, 'payment')).toEqual([payment]);
  });

  it('never changes the head that it was given', () => {
    fc.assert(
      fc.property(changes, (all) => {
        let head: ProcessHead<Counter> = newHead();
        for (const change of all) {
          const before = JSON.stringify(head);
          const next = applyChange(head, change, NOW);

          expect(JSON.stringify(head)).toBe(before);
          head = next;
        }
      }),
    );
  });

  it('keeps an answer for exactly those waits that it resumed, and resumes none that is not open', () => {
    fc.assert(
      fc.property(changes, (all) => {
        let head: ProcessHead<Counter> = newHead();
        const resumed = new Set<string>();
        for (const change of all) {
          const open = [...Object.keys(head.waits), change.open?.waitId];
          for (const effect of resumeEffects(head, change)) {
            const waitId = effect.kind === 'resume' ? effect.waitId : undefined;
            expect(open).toContain(waitId);
            resumed.add(waitId ?? '');
          }
          head = applyChange(head, change, NOW);
        }
        expect(new Set(Object.keys(head.answers))).toEqual(resumed);
      }),
    );
  });
});

function hold() {
  return { holdId: 'h-1', placedBy: 'E-1005', reason: 'audit', placedAt: '2026-01-01T00:00:00.000Z' };
}

const waitIds = fc.constantFrom('w-1', 'w-2', 'w-3');
/** Changes as use-cases make them: one that abandons a wait does not answer it as well. */
const changes: fc.Arbitrary<readonly ProcessChange<Counter>[]> = fc.array(
  fc.oneof(
    waitIds.map((waitId) => ({ entries: [], open: newWait(waitId) })),
    fc.record({ entries: fc.constant([]), abandon: fc.array(waitIds, { maxLength: 2 }) }),
    waitIds.map((waitId) => ({ entries: [], answers: [{ waitId, output: 'yes' }] })),
    waitIds.map((waitId) => ({ entries: [], open: newWait(waitId), answers: [{ waitId, output: 'at once' }] })),
  ),
  { maxLength: 12 },
);
