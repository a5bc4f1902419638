/** By the API, whoever stands in takes a task over that was open before the absence began: by its address. */
import { describe, expect, it } from 'vitest';
import { nameSubstitute } from '../../../functions/people/name-substitute.ts';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { claimedByOneOf } from '../../support/chosen-approvers.ts';
import { DOCUMENT } from '../../support/sample-files.ts';
import { firstTaskOf, openWorklistApi } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const SUBSTITUTE = 'E-2002';

/** A requisition waits for somebody, who names the colleague for today. */
async function openWhileAway(away = MANAGER) {
  const rig = await openWorklistApi();
  const { world, event, deps } = rig;
  if (away !== MANAGER) {
    await world.decide(MANAGER, 'approve');
  }
  const today = deps.clock.now().toISOString().slice(0, 10);
  const wish = { from: today, to: today, timeZone: 'UTC', person: SUBSTITUTE, scope: [], subjects: ['order'] };
  expect(await nameSubstitute(deps, away, wish)).toBe('named');
  const absent = rig.as(away);
  const record = async (type: string) => (await world.record(event)).filter((entry) => entry.type === type);
  return { ...rig, ...(await firstTaskOf(absent)), absent, substitute: rig.as(SUBSTITUTE), record };
}

describe('a task of somebody who is away, by the API', () => {
  it('is read and decided by whoever stands in, once for one key, and the record says for whom', async () => {
    const { world, substitute, absent, path, asked, record } = await openWhileAway();
    expect((await substitute.get('/api/v1/tasks')).body).toEqual({
      tasks: [],
      standIns: [
        expect.objectContaining({
          title: 'Chairs and paper',
          away: { employeeId: MANAGER, name: '王强 Wang Qiang' },
          level: asked.level,
        }),
      ],
    });
    expect(await substitute.get(path)).toMatchObject({ status: 200, body: { ...asked } });
    expect((await absent.get('/api/v1/tasks')).body.tasks).toHaveLength(1);

    const decision = { kind: 'decide', action: 'approve', ...asked };
    const answers = [
      await substitute.post(`${path}/actions`, decision, 'key-1'),
      await substitute.post(`${path}/actions`, decision, 'key-1'),
    ];
    await world.run();

    expect(answers.map(({ status, body }) => [status, body.result])).toEqual([
      [200, 'decided'],
      [200, 'decided'],
    ]);
    expect((await record('DecisionMade')).map(({ facts }) => [facts.employeeId, facts.onBehalfOf, facts.via])).toEqual([
      [SUBSTITUTE, MANAGER, 'api'],
    ]);
    expect(await record('SubstituteAsked')).toHaveLength(1);
    expect((await absent.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
    expect((await substitute.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
  });

  it('is listed with the first page, of the kind that is asked for, and by no look taken over', async () => {
    const { substitute, record } = await openWhileAway();
    const standIns = async (query: string) => (await substitute.get(`/api/v1/tasks?${query}`)).body.standIns;

    expect(await standIns('subject=order')).toHaveLength(1);
    expect(await standIns('subject=payment')).toBeUndefined();
    expect(await standIns('after=2026-01-01')).toBeUndefined();
    expect(await record('SubstituteAsked')).toEqual([]);
  });

  it('is not listed to whoever may not take it over', async () => {
    const { substitute } = await openWhileAway(HEAD);

    expect((await substitute.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
  });

  it('is refused by name to whose limit does not cover it, and the refusal is recorded', async () => {
    const { substitute, path, asked, record } = await openWhileAway(HEAD);
    expect(await substitute.get(path)).toMatchObject({
      status: 200,
      body: { refusal: 'substitute-over-authority', decisions: [] },
    });

    for (const wish of [
      { kind: 'decide', action: 'approve', ...asked },
      { kind: 'comment', comment: 'I may not', ...asked },
    ]) {
      expect(await substitute.post(`${path}/actions`, wish, `key-${wish.kind}`)).toMatchObject({
        status: 403,
        body: { code: 'substitute-over-authority' },
      });
    }

    expect((await record('DecisionRefused')).map(({ facts }) => [facts.action, facts.refusal])).toEqual([
      ['approve', 'substitute-over-authority'],
      ['comment', 'substitute-over-authority'],
    ]);
    expect(await record('SubstituteAsked')).toEqual([]);
  });

  it('is taken over by a file, which who is away is told', async () => {
    const { world, substitute, absent, path, files, keepArrived, record } = await openWhileAway();
    const form = contract.uploadForm.parse((await substitute.post(`${path}/files`, {}, null)).body);
    expect(files.send(form, 'offer.pdf', DOCUMENT)).toEqual({ taken: true });

    expect(await keepArrived()).toBe('kept');
    await world.run();

    expect((await record('FileAttached')).map(({ facts }) => facts.employeeId)).toEqual([SUBSTITUTE]);
    expect(await record('SubstituteAsked')).toHaveLength(1);
    expect((await absent.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
    expect((await substitute.get('/api/v1/tasks')).body.tasks).toHaveLength(1);
    const { to, text } = world.mails.findLast(({ subject }) => subject.startsWith('无需处理')) ?? {};
    expect([to, text]).toEqual(['wang.qiang@meridian.example', expect.stringContaining('您的代理人已接手')]);
  });
});

it('a task that one of several may claim is on the list of each until one has claimed it', async () => {
  const { as, world } = await openWorklistApi({}, { policies: claimedByOneOf(['E-2001', 'E-2002']) });
  const [one, other] = [as('E-2001'), as('E-2002')];
  const titles = async ({ get }: typeof one) => (await get('/api/v1/tasks')).body.tasks;
  expect([await titles(one), await titles(other)]).toMatchObject([[{ level: 0 }], [{ level: 0 }]]);
  const { path, asked } = await firstTaskOf(one);
  expect((await one.get(path)).body.actions).toContain('claim');

  await one.post(`${path}/actions`, { kind: 'claim', ...asked }, 'key-1');
  await world.run();

  expect([await titles(one), await titles(other)]).toMatchObject([[{ level: 0 }], []]);
});
