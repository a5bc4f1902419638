import { describe, expect, it } from 'vitest';
import { approvedLeave } from '../../../functions/payroll/approved-leave.ts';
import { absenceKey } from '../../../functions/people/domain/leave-process.ts';
import { headKey, ownRequestKey } from '../../../functions/process/keys.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const DECEMBER = { from: '2025-12-01', to: '2025-12-31' };

/** The store of an employee who filed an approved leave of 10 December 2025 at some time. */
async function filedAt(startedAt: string, head: object = { status: 'running' }) {
  const store = new MemoryStore();
  const processId = 'LVR-1';
  const state = {
    leave: { kind: 'annual' },
    checked: { days: [{ date: '2025-12-10', hours: '8' }] },
    intended: [absenceKey(processId)],
  };
  await store.commit({
    entries: [],
    personal: [],
    changes: [
      { kind: 'create', key: ownRequestKey('E-1', startedAt, processId), value: { processId } },
      { kind: 'create', key: headKey(processId), value: { processId, startedAt, state, ...head } },
    ],
  });
  return approvedLeave(store, 'E-1', DECEMBER);
}

describe('the approved leave of a month', () => {
  it.each([
    ['a month before', '2025-11-05T08:00:00.000Z'],
    ['as early as a leave may be filed', '2025-03-20T08:00:00.000Z'],
    ['first of all a year before, and returned and sent again until it was approved', '2024-06-01T08:00:00.000Z'],
  ])('has what was filed %s', async (_, startedAt) => {
    expect(await filedAt(startedAt)).toEqual([{ date: '2025-12-10', hours: '8', kind: 'annual' }]);
  });

  it('has nothing of what was taken back, or ended otherwise', async () => {
    const interruption = { outcome: 'withdrawn' };

    expect(await filedAt('2025-11-05T08:00:00.000Z', { status: 'running', interruption })).toEqual([]);
    expect(await filedAt('2025-11-05T08:00:00.000Z', { status: 'ended', outcome: 'rejected' })).toEqual([]);
  });
});
