/** The record of a process by the API: what its page tells, to those whom the page tells it. */
import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import { timeline as schema } from '../../../functions/worklist/api/schemas.ts';
import { firstTaskOf, openWorklistApi } from './open-worklist-api.ts';

const REQUESTER = 'E-1001';
const MANAGER = 'E-2001';
const COLLEAGUE = 'E-1002';
const STRANGER = 'E-4001';

async function decided() {
  const rig = await openWorklistApi();
  const { world, event, as } = rig;
  const manager = as(MANAGER);
  const { path, asked } = await firstTaskOf(manager);
  await manager.post(`${path}/actions`, { kind: 'copy', to: COLLEAGUE, comment: 'Your budget', ...asked }, 'key-1');
  const decision = { kind: 'decide', action: 'approve', comment: 'Go on', ...asked };
  await manager.post(`${path}/actions`, decision, 'key-2');
  const { processId } = await world.head(event);
  return { ...rig, processId, url: `/api/v1/requests/${processId}/timeline` };
}

describe('a record by the API', () => {
  it('tells what happened in both languages, with what was said, and that it is whole', async () => {
    const { world, event, as, url } = await decided();

    const { status, body } = await as(REQUESTER).get(url);

    expect(status).toBe(200);
    const told = schema.parse(body);
    expect(told).toMatchObject({
      title: 'Chairs and paper',
      requestId: 'PR-1',
      system: 'demo-oa',
      requester: { employeeId: REQUESTER, name: '李娜 Li Na' },
      status: 'running',
      damages: [],
    });
    expect(told.entries.map(({ type }) => type)).toEqual(await world.entryTypes(event));
    const decision = told.entries.find(({ type }) => type === 'DecisionMade');
    expect(decision).toMatchObject({
      actor: { kind: 'person', id: MANAGER, name: '王强 Wang Qiang' },
      facts: { action: 'approve', via: 'api' },
      personal: { comment: 'Go on' },
    });
    expect(decision?.text.en).toContain('王强 Wang Qiang');
    expect(decision?.text.zh).toMatch(/同意/);
    expect(decision?.text.en).not.toBe(decision?.text.zh);
  });

  it('says of what was erased that it was', async () => {
    const { world, as, url } = await decided();
    const read = world.store.readPersonal.bind(world.store);
    world.store.readPersonal = async (id) => (await read(id)).filter(({ values }) => values.comment !== 'Go on');

    const told = schema.parse((await as(REQUESTER).get(url)).body);

    const decision = told.entries.find(({ type }) => type === 'DecisionMade');
    expect([decision?.isErased, decision?.personal]).toEqual([true, undefined]);
  });

  it('is given to whoever was asked, operators and auditors, and to nobody else', async () => {
    const { as, url } = await decided();
    const statusFor = async (employeeId: string, groups?: string) => (await as(employeeId, groups).get(url)).status;

    expect(await statusFor(MANAGER)).toBe(200);
    expect(await statusFor(STRANGER, '[others operators]')).toBe(200);
    expect(await statusFor(STRANGER, '[auditors]')).toBe(200);
    expect(await statusFor(STRANGER)).toBe(404);
    expect(await statusFor(STRANGER, '[administrators]')).toBe(404);
    // Who was copied reads what was asked, and not the record of the whole process.
    expect(await statusFor(COLLEAGUE)).toBe(404);
    expect((await as(STRANGER, '[auditors]').get('/api/v1/requests/P2P-none/timeline')).status).toBe(404);
  });

  it('is read without a trace in itself, and noted beside it once a day', async () => {
    const { world, as, url, processId } = await decided();
    const { commits } = world.store;

    await as(REQUESTER).get(url);
    await as(REQUESTER).get(url);
    await as(STRANGER).get(url);

    expect(world.store.commits).toBe(commits + 1);
    const day = world.decisionDeps().clock.now().toISOString().slice(0, 10);
    expect(await readingsOf(world.store, processId, day)).toMatchObject([
      { actor: { kind: 'person', id: REQUESTER }, facts: { of: processId, what: 'record' } },
    ]);
  });
});
