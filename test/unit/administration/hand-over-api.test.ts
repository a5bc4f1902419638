/** Administrators hand over what a leaver has to decide, by the API: shown first, then moved, and in the record for good. */
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { byPath, createAdministrationApi } from '../../../functions/administration/administration-api.ts';
import type { PageEnvironment } from '../../../functions/pages/http-api.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { callersOf, claimsOf, TOKEN_RULES } from '../worklist/open-worklist-api.ts';
import { openAdministration, openWhileAway } from './open-administration.ts';

const ADMINISTRATOR = 'E-0002';
const MANAGER = 'E-2001';
const OTHER = 'E-3002';
const SUBSTITUTE = 'E-2002';
const PATH = `/api/v1/people/${MANAGER}/hand-over`;

async function opened(administration = openAdministration()) {
  const { world, event, deps, signIn } = await administration;
  const logged: string[] = [];
  const log = (message: string, facts: { readonly [name: string]: string }) =>
    logged.push(`${message} ${facts.employeeId}`);
  const api = createAdministrationApi({ ...deps, ...TOKEN_RULES, log });
  const { as } = callersOf(api);
  const administrator = as(ADMINISTRATOR, '[administrators]');
  const placesTo = async (to = OTHER) => {
    const { moving } = (await administrator.get(`${PATH}?to=${to}`)).body;
    return (Array.isArray(moving) ? moving : []).map(({ processId, approvalId }) => ({ processId, approvalId }));
  };
  const record = async () => (await world.record(event)).filter(({ type }) => type === 'TaskHandedOver');
  return { world, event, as, api, administrator, logged, placesTo, record, signIn };
}

describe('a hand-over by the API', () => {
  it('shows what would move, as the page does, and writes nothing', async () => {
    const { world, administrator, signIn } = await opened();
    const { commits } = world.store;

    const { status, body } = await administrator.get(`${PATH}?to=${OTHER}`);

    expect([status, body]).toEqual([
      200,
      {
        from: { employeeId: MANAGER, name: '王强 Wang Qiang' },
        to: { employeeId: OTHER, name: expect.any(String) },
        moving: [expect.objectContaining({ title: 'Chairs and paper', levels: ['Manager'] })],
      },
    ]);
    expect(world.store.commits).toBe(commits);
    const page = await (await signIn(ADMINISTRATOR)).get(`/admin/people/${MANAGER}/hand-over?to=${OTHER}`);
    expect(page.text).toContain('Chairs and paper');
  });

  it('moves exactly what it names, and is recorded as the administrator’s; sent again it finds nothing', async () => {
    const { world, administrator, placesTo, record } = await opened();
    const places = await placesTo();
    const later = requisitionEvent({ requestId: 'PR-2' });
    await world.submit(later);

    const first = await administrator.post(PATH, { to: OTHER, places });
    const again = await administrator.post(PATH, { to: OTHER, places });
    await world.run();

    expect([first.status, first.body]).toEqual([
      200,
      { moved: [expect.objectContaining(places[0])], refused: [], gone: [] },
    ]);
    expect(again.body).toEqual({ moved: [], refused: [], gone: places });
    expect(await record()).toMatchObject([
      { actor: { kind: 'person', id: ADMINISTRATOR }, facts: { from: MANAGER, to: OTHER } },
    ]);
    expect(await world.entryTypes(later)).not.toContain('TaskHandedOver');
  });

  it('names who is asked in the place of whoever takes over, while they are away', async () => {
    const { world, administrator, placesTo } = await opened(openWhileAway(OTHER, SUBSTITUTE));
    const name = (await world.directory.person(SUBSTITUTE))?.name;
    const standIns = [{ employeeId: SUBSTITUTE, name }];

    expect((await administrator.get(`${PATH}?to=${OTHER}`)).body.moving).toMatchObject([{ standIns }]);
    const { body } = await administrator.post(PATH, { to: OTHER, places: await placesTo() });

    expect(body).toMatchObject({ moved: [{ levels: ['Manager'], standIns }], refused: [], gone: [] });
  });

  it('says why something cannot move, and what is not there', async () => {
    const { administrator, placesTo, record } = await opened();
    const places = await placesTo();
    const none = { processId: 'P2P-none', approvalId: 'order-none' };

    // The requester never decides on their own request.
    const preview = (await administrator.get(`${PATH}?to=E-1001`)).body;
    const { body } = await administrator.post(PATH, { to: 'E-1001', places: [...places, none] });

    expect(preview.moving).toMatchObject([{ refusal: expect.stringMatching(/.+/) }]);
    expect(body).toMatchObject({ moved: [], refused: [{ ...places[0], refusal: expect.any(String) }], gone: [none] });
    expect(await record()).toEqual([]);
  });

  it('is refused to everybody else, and the attempt is logged and recorded', async () => {
    const { world, as, placesTo, record, logged } = await opened();
    const places = await placesTo();
    const others = [as(MANAGER), as(MANAGER, '[operators auditors]'), as(MANAGER, '[not-administrators]')];

    for (const { get, post } of others) {
      expect(await get(`${PATH}?to=${OTHER}`)).toMatchObject({ status: 403, body: { code: 'not-your-role' } });
      expect((await post(PATH, { to: OTHER, places })).status).toBe(403);
    }

    expect(logged).toEqual(Array(6).fill(`refused administration ${MANAGER}`));
    expect(await record()).toEqual([]);
    const refused = await world.store.readRecord('administration');
    expect(refused.map(({ facts }) => facts)).toEqual(
      Array(6).fill({ employeeId: MANAGER, action: 'hand-over', refusal: 'not-your-role', from: MANAGER }),
    );
  });

  it('that is wrong is recorded by name, and what only asks is not', async () => {
    const { world, administrator, placesTo } = await opened();
    const places = await placesTo();

    await administrator.get(`${PATH}?to=${MANAGER}`);
    await administrator.post(PATH, { to: MANAGER, places });
    await administrator.post(PATH, { to: 'E-none', places });
    await administrator.post(PATH, { to: OTHER });

    const refused = await world.store.readRecord('administration');
    expect(refused.map(({ facts }) => facts)).toEqual([
      { employeeId: ADMINISTRATOR, action: 'hand-over', refusal: 'same-person', from: MANAGER, to: MANAGER },
      { employeeId: ADMINISTRATOR, action: 'hand-over', refusal: 'unknown-person', from: MANAGER },
      { employeeId: ADMINISTRATOR, action: 'hand-over', refusal: 'bad-form', from: MANAGER },
    ]);
  });

  it('shares its function with the pages, and takes a session for no token, nor a token for a session', async () => {
    const { api, signIn } = await opened();
    const pages = new Hono<PageEnvironment>();
    pages.get('*', (context) => context.text('a page'));
    const ask = async (path: string, claims = {}) =>
      byPath(api, pages).fetch(new Request(`https://pages.meridian.example${path}`), { sourceIp: '192.0.2.1', claims });
    const token = { ...claimsOf(ADMINISTRATOR), 'cognito:groups': '[administrators]' };

    expect((await ask('/admin')).status).toBe(200);
    expect((await ask(`${PATH}?to=${OTHER}`)).status).toBe(403);
    expect((await ask(`${PATH}?to=${OTHER}`, token)).status).toBe(200);
    expect((await (await signIn(ADMINISTRATOR)).get('/api/v1/people')).status).toBe(404);
  });

  it('names what is wrong with the call', async () => {
    const { administrator } = await opened();
    const codeOf = ({
      status,
      body,
    }: {
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>>;
    }) => [status, body.code];
    const place = { processId: 'P2P-1', approvalId: 'order-1' };

    expect(codeOf(await administrator.get(PATH))).toEqual([400, 'invalid-request']);
    expect(codeOf(await administrator.get(`${PATH}?to=E-9`))).toEqual([400, 'invalid-request']);
    expect(codeOf(await administrator.get(`${PATH}?to=${MANAGER}`))).toEqual([400, 'invalid-request']);
    expect(codeOf(await administrator.get(`/api/v1/people/E-9/hand-over?to=${OTHER}`))).toEqual([404, 'not-found']);
    expect(codeOf(await administrator.post(PATH, { to: OTHER, places: [] }))).toEqual([400, 'invalid-request']);
    const many = Array.from({ length: 20_001 }, () => place);
    expect(codeOf(await administrator.post(PATH, { to: OTHER, places: many }))).toEqual([400, 'invalid-request']);
  });
});
