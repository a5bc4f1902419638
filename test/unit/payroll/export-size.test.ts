import { describe, expect, it } from 'vitest';
import { createFileExchange } from '../../../functions/connectors/payroll/files/file-exchange.ts';
import { payrollRunId } from '../../../functions/payroll/domain/payroll-run.ts';
import { exportFigures } from '../../../functions/payroll/export-figures.ts';
import { keepHanded } from '../../../functions/payroll/handed-figures.ts';
import { openRun } from '../../../functions/payroll/open-run.ts';
import { headKey } from '../../../functions/process/keys.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { filesIn, manyPeople } from '../../support/payroll-world.ts';
import { COMPANY, directoryData } from '../../support/purchase-company.ts';

const EMPLOYEES = 10_000;
const EARLIER = ['2025-10', '2025-11', '2025-12'];
const PERIOD = '2026-01';
/** Of the 60 s and 512 MB that the function has. */
const MOST_MS = 30_000;
const MOST_BYTES = 400 * 2 ** 20;

const figures = (worked: string) => [
  { kind: 'worked', hours: worked, days: '20' },
  { kind: 'annual', hours: '8', days: '1' },
];

/** A run of which everybody was collected, with three closed runs before it; in the last of them everybody has changed. */
async function collected() {
  const { deployed: people } = manyPeople(EMPLOYEES);
  const store = new MemoryStore();
  const files = filesIn(memoryObjects());
  for (const period of EARLIER) {
    const employees = people.map(({ employeeId }) => ({ employeeId, workingDays: 21, figures: figures('160') }));
    const kept = await keepHanded(files, { period, employees, corrections: [], accepted: [] });
    const processId = payrollRunId(period);
    const state = { period, earlier: [], handedOver: { kept }, stands: true };
    await store.commit({
      entries: [],
      personal: [],
      changes: [{ kind: 'create', key: headKey(processId), value: { processId, status: 'ended', state } }],
    });
    await files.write(`runs/${processId}/paid.json`, '[]');
  }
  const clock = { now: () => new Date('2026-02-02T00:00:00Z') };
  const deps = { store, files, clock, randomness: seededRandomness(1) };
  const { processId } = await openRun(
    { ...deps, company: COMPANY, deployed: { ...directoryData, people }, correctedMonths: EARLIER.length },
    { executionId: 'execution', period: PERIOD },
  );
  const results = people.map(({ employeeId }) => ({
    employeeId,
    months: [...EARLIER, PERIOD].map((period) => ({
      ...{ period, status: 'collected', workingDays: 21, differences: [] },
      figures: figures(period === '2025-12' ? '152' : '160'),
    })),
  }));
  await files.write('results.json', JSON.stringify(results));
  const manifest = { ResultFiles: { SUCCEEDED: [{ Key: 'results.json' }], FAILED: [], PENDING: [] } };
  await files.write('manifest.json', JSON.stringify(manifest));
  const payroll = createFileExchange({ figures: files, answers: files });
  return { deps: { ...deps, payroll }, input: { processId, period: PERIOD, manifest: 'manifest.json', settled: null } };
}

describe('the figures of 10,000 employees', () => {
  it('and corrections of as many are handed over well within the time and memory of the function', async () => {
    const { deps, input } = await collected();
    const before = { at: performance.now(), used: process.memoryUsage().heapUsed };

    expect(await exportFigures(deps, input)).toEqual({ status: 'handed-over' });

    expect(performance.now() - before.at).toBeLessThan(MOST_MS);
    expect(process.memoryUsage().heapUsed - before.used).toBeLessThan(MOST_BYTES);
    const record = await deps.store.readRecord(input.processId);
    expect(record.at(-1)?.facts).toMatchObject({ employees: EMPLOYEES, corrections: EMPLOYEES, missing: [] });
    const rows = (await deps.files.read(`figures/${input.processId}.csv`)).split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(2 * EMPLOYEES + EMPLOYEES);
  }, 60_000);
});
