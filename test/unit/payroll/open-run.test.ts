import { describe, expect, it } from 'vitest';
import { payrollRunId, runKeys } from '../../../functions/payroll/domain/payroll-run.ts';
import { earlierRuns } from '../../../functions/payroll/earlier-runs.ts';
import { openRun } from '../../../functions/payroll/open-run.ts';
import { headKey } from '../../../functions/process/keys.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { filesIn } from '../../support/payroll-world.ts';
import { COMPANY, directoryData } from '../../support/purchase-company.ts';

/** A January in which the runs of some months have closed. */
async function january(...closed: readonly string[]) {
  const store = new MemoryStore();
  const files = filesIn(memoryObjects());
  for (const period of closed) {
    const processId = payrollRunId(period);
    const head = {
      processId,
      status: 'ended',
      state: { period, earlier: [], handedOver: { kept: period }, stands: true },
    };
    await store.commit({
      entries: [],
      personal: [],
      changes: [{ kind: 'create', key: headKey(processId), value: head }],
    });
    await files.write(runKeys(processId).paid, JSON.stringify([{ employeeId: `only-in-${period}` }]));
  }
  const clock = { now: () => new Date('2026-02-02T00:00:00Z') };
  const deps = { store, files, clock, randomness: seededRandomness(1), company: COMPANY, deployed: directoryData };
  const open = (period: string, correctedMonths = 3) =>
    openRun({ ...deps, correctedMonths }, { executionId: `of ${period}`, period });
  return { store, files, open };
}

describe('the months that a run looks at again', () => {
  it('are those of the closed runs before it, as many as the company says, also over a month without a run', async () => {
    const { open } = await january('2025-09', '2025-10', '2025-12');

    expect(await open('2026-01')).toMatchObject({ registration: 'new', corrects: ['2025-10', '2025-12'] });
    expect(await (await january('2025-12')).open('2026-01', 0)).toMatchObject({ corrects: [] });
  });

  it('are the same for an execution that asks again', async () => {
    const { open } = await january('2025-12');
    const first = await open('2026-01');

    expect(await open('2026-01')).toEqual(first);
  });

  it('bring whoever was paid in them onto the list of people, also if the directory has them no more', async () => {
    const { open, files } = await january('2025-12');
    const { employees } = await open('2026-01');

    const people: unknown = JSON.parse(await files.read(employees));
    expect(people).toContainEqual({ employeeId: 'only-in-2025-12', active: false });
  });

  it('are looked at by one run alone, of those that begin at the same time', async () => {
    const { open, store } = await january('2025-11');
    const { also } = await earlierRuns(store, '2026-01', 3);
    await open('2025-12');

    await expect(store.commit({ entries: [], personal: [], changes: also })).rejects.toMatchObject({
      name: 'ConcurrencyError',
    });
    expect(await open('2026-01')).toMatchObject({ corrects: [] });
  });
});
