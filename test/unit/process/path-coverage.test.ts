import { describe, expect, it } from 'vitest';
import { handIn, type PlayedWorld } from '../../support/path-coverage.ts';

const end = { record: 'approve paid', erp: 'PO-1 done', oa: 'accepted paid' };

/** A world whose ways are asked for only when they count, which none of these may. */
function worldWith(functionCalls: PlayedWorld['functionCalls']): PlayedWorld {
  return {
    functionCalls,
    engine: {
      transitions: () => {
        throw new Error('the ways were counted');
      },
    },
  };
}

describe('a world that is handed in', () => {
  it.each([
    { ...end, record: 'paid' },
    { ...end, erp: 'PO-1 done, PO-2 confirmed' },
    { ...end, oa: 'accepted' },
  ])('counts for nothing when it did not end as expected: %j', async (other) => {
    await expect(handIn(worldWith([]), other, end, [])).rejects.toThrow('to deeply equal');
  });

  it('counts for nothing when a function was called with what it does not take', async () => {
    const call = { functionName: 'CreateOrder', payload: { processId: 'P', urgent: true } };

    await expect(handIn(worldWith([call]), end, end, [])).rejects.toThrow('to deeply equal');
    await expect(
      handIn(worldWith([call]), end, end, ['CreateOrder: urgent is unknown to the handler']),
    ).rejects.toThrow('the ways were counted');
  });
});
