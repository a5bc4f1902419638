/** An OA hands in the new version of what was returned, by the API: as its event would, and answered at once. */
import { describe, expect, it } from 'vitest';
import { claimEvent } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { apiOver, claimsOf, openWorklistApi } from './open-worklist-api.ts';

const REQUESTER = 'E-1001';
const COLLEAGUE = 'E-1002';
const MANAGER = 'E-2001';
const CLAIMS = claimsOf(REQUESTER);

async function returned() {
  const rig = await openWorklistApi();
  const { world, event, as } = rig;
  await world.returnIt(MANAGER);
  const path = `/api/v1/requests/${(await world.head(event)).processId}/resubmission`;
  const changed = { ...event.requisition, title: 'Chairs, no paper' };
  const send = async (body: object = {}, key: string | null = 'key-1', employeeId = REQUESTER) => {
    const answer = await as(employeeId).post(path, { replacesVersion: 1, document: changed, ...body }, key);
    await world.run();
    return [answer.status, answer.body.result ?? answer.body.code];
  };
  const entries = async () => (await world.record(event)).filter(({ type }) => /Resub/.test(type));
  return { ...rig, path, changed, send, entries };
}

describe('a new version by the API', () => {
  it('is taken once for its key, checked, and asked about anew', async () => {
    const { world, event, as, send, entries } = await returned();
    expect((await as(REQUESTER).get('/api/v1/requests')).body.requests).toMatchObject([
      { version: 1, waitsFor: [{ kind: 'rework' }] },
    ]);

    expect([await send(), await send()]).toEqual([
      [200, 'taken'],
      [200, 'taken'],
    ]);

    expect(await entries()).toMatchObject([
      { type: 'RequisitionResubmitted', actor: { id: REQUESTER }, facts: { via: 'api', replacesVersion: 1 } },
    ]);
    expect((await world.head(event)).documentVersion).toBe(2);
    expect((await as(MANAGER).get('/api/v1/tasks')).body.tasks).toMatchObject([{ title: 'Chairs, no paper' }]);
    expect((await as(REQUESTER).get('/api/v1/requests')).body.requests).toMatchObject([{ version: 2 }]);
  });

  it('that is not complete is told to the requester and the OA, field by field, and the version before stands', async () => {
    const { world, event, send, changed } = await returned();

    expect(await send({ document: { ...changed, lines: [] } })).toEqual([200, 'taken']);

    expect((await world.head(event)).documentVersion).toBeUndefined();
    expect(world.told().at(-1)).toBe('resubmission-refused');
    expect(await send({}, 'key-2')).toEqual([200, 'taken']);
    expect((await world.head(event)).documentVersion).toBe(2);
  });

  it('is refused by name where it was not asked for, to its sender alone', async () => {
    const { world, send, entries } = await returned();
    const told = world.told();

    expect(await send({ replacesVersion: 2 })).toEqual([409, 'other-version']);
    expect(await send({}, 'key-2', COLLEAGUE)).toEqual([404, 'not-found']);
    expect(world.told()).toEqual(told);
    expect(await send({}, 'key-3')).toEqual([200, 'taken']);
    expect(await send({ replacesVersion: 2 }, 'key-4')).toEqual([409, 'not-asked-for']);

    expect((await entries()).map(({ type, facts }) => [type, facts.refusal, facts.via])).toEqual([
      ['ResubmissionRefused', 'other-version', 'api'],
      ['ResubmissionRefused', 'not-the-requester', 'api'],
      ['RequisitionResubmitted', undefined, 'api'],
      ['ResubmissionRefused', 'not-asked-for', 'api'],
    ]);
  });

  it('names what is wrong with the call itself, and records nothing of it', async () => {
    const { request, path, send, entries, changed } = await returned();
    const deep = `{"replacesVersion":1,"document":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`;
    const raw = (body: string) => request(path, { method: 'POST', body, headers: { 'idempotency-key': 'k' } }, CLAIMS);

    expect(await send({ document: 'text' })).toEqual([400, 'invalid-request']);
    expect(await send({ replacesVersion: 0 })).toEqual([400, 'invalid-request']);
    expect(await send({}, null)).toEqual([400, 'idempotency-key-missing']);
    expect(await raw(deep)).toMatchObject({ status: 400, body: { detail: 'the body is nested more than 32 times' } });
    expect(await raw('no json')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await raw(`"${'x'.repeat(200_001)}"`)).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await entries()).toEqual([]);
    expect(await send()).toEqual([200, 'taken']);
    expect(await send({ document: { ...changed, title: 'Another' } })).toEqual([422, 'idempotency-key-reused']);
  });

  it('of an expense claim that its checks returned is taken as well', async () => {
    const world = new ExpenseWorld();
    const wrong = claimEvent({ claim: { total: '181.00' } });
    await world.submit(wrong);
    const { processId } = await world.head(wrong);

    const { body } = await apiOver(world)
      .as(REQUESTER)
      .post(
        `/api/v1/requests/${processId}/resubmission`,
        { replacesVersion: 1, document: { ...wrong.claim, total: '180.00' } },
        'key-1',
      );
    await world.run();

    expect(body).toEqual({ result: 'taken' });
    expect((await world.head(wrong)).phase).toBe('Expense approval');
  });
});
