/** Numbers of documents when many are approved at the same instant, and forms when two administrators publish at once. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFFICE, type OfficeState } from '../../../functions/office/domain/office-process.ts';
import { formVersions, loadStartingForms, publishForm } from '../../../functions/office/form-versions.ts';
import { numberDocument } from '../../../functions/office/number-document.ts';
import { runningProcess } from '../../../functions/process/own-process.ts';
import { createProcess, readHead } from '../../../functions/process/update-process.ts';
import { newRequest } from '../../../functions/requests/domain/request.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { compiledForm, label, sampleForm } from './sample-form.ts';

const COMPANY = { currency: 'CNY', timeZone: 'Asia/Shanghai' };
const NEW_YEAR = new Date('2026-12-31T16:00:00Z');

async function approvedRequests(count: number, now: () => Date) {
  const store = new MemoryStore();
  const deps = { store, clock: { now }, randomness: seededRandomness(1), company: COMPANY };
  await publishForm(deps, compiledForm(), { replaces: 0, by: 'E-1', reason: 'Needed' });
  const ids = Array.from({ length: count }, (_, index) => `OFF-${index}`);
  for (const processId of ids) {
    const state: OfficeState = {
      ...newRequest({}),
      form: { id: 'sample', version: 1 },
      request: { form: 'sample', title: processId, fields: {} },
    };
    const own = { processId, kind: OFFICE.kind, requesterId: 'E-1', phase: 'Checks', state };
    await createProcess(deps, runningProcess(own, 'execution', now()), { entries: [] }, []);
  }
  const numberOf = async (id: string) => (await readHead<OfficeState>(store, id))?.state.number;
  return { deps, store, ids, numbers: () => Promise.all(ids.map(numberOf)) };
}

const numberedUpTo = (count: number) =>
  Array.from({ length: count }, (_, index) => `S-2026-${String(index + 1).padStart(3, '0')}`);

describe('documents that are approved at the same instant', () => {
  it('get every number once, without a gap, however often each asks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 3 }), async (count, times) => {
        const { deps, ids, numbers } = await approvedRequests(count, () => new Date('2026-06-01T00:00:00Z'));

        await Promise.all(ids.flatMap((id) => Array.from({ length: times }, () => numberDocument(deps, id))));

        expect((await numbers()).sort()).toEqual(numberedUpTo(count));
      }),
      { numRuns: 20 },
    );
  });

  it('keep the counting whole when the answer of any one commit is lost', async () => {
    for (const when of ['before', 'after'] as const) {
      const { deps, store, ids, numbers } = await approvedRequests(3, () => new Date('2026-06-01T00:00:00Z'));
      const first = store.commits + 1;
      store.commitFault = (commit) => (commit === first ? when : undefined);
      for (const id of ids) {
        await numberDocument(deps, id).catch(() => numberDocument(deps, id));
      }

      expect(await numbers()).toEqual(numberedUpTo(3));
    }
  });

  it('begin anew with the year of the company, not of UTC', async () => {
    let now = new Date(NEW_YEAR.getTime() - 1);
    const { deps, ids, numbers } = await approvedRequests(3, () => now);

    await numberDocument(deps, ids[0] ?? '');
    now = NEW_YEAR;
    await numberDocument(deps, ids[1] ?? '');
    await numberDocument(deps, ids[2] ?? '');

    expect(await numbers()).toEqual(['S-2026-001', 'S-2027-001', 'S-2027-002']);
  });
});

describe('forms that are published at the same instant', () => {
  const deps = () => ({ store: new MemoryStore(), clock: { now: () => NEW_YEAR }, randomness: seededRandomness(1) });

  it('over one version: one counts, and the other administrator is told', async () => {
    const own = deps();
    const order = { replaces: 0, by: 'E-1', reason: 'Needed' };
    const both = [compiledForm(), compiledForm(sampleForm({ name: label('Other') }))];

    const done = await Promise.allSettled(both.map((form) => publishForm(own, form, order)));

    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await formVersions(own.store, 'sample')).toHaveLength(1);
  });

  it('with the same numbers: one counts', async () => {
    const own = deps();
    const order = { replaces: 0, by: 'E-1', reason: 'Needed' };
    const both = [compiledForm(), compiledForm(sampleForm({ id: 'other' }))];

    const done = await Promise.allSettled(both.map((form) => publishForm(own, form, order)));

    expect(done.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { name: 'BusinessRuleError', rule: 'numbers-taken' } },
    ]);
  });

  it('as those that come with Meridian are there once, and what the company made of them stays', async () => {
    const own = deps();
    const starting = [compiledForm()];
    await Promise.all([1, 2, 3].map(() => loadStartingForms(own, starting)));
    const changed = compiledForm(sampleForm({ name: label('Ours') }));
    await publishForm(own, changed, { replaces: 1, by: 'E-1', reason: 'Needed' });

    await loadStartingForms(own, starting);

    const versions = await formVersions(own.store, 'sample');
    expect(versions.map(({ definition }) => definition.name.en)).toEqual(['Sample', 'Ours']);
  });
});
