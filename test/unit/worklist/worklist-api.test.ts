import { describe, expect, it, vi } from 'vitest';
import { decidedKey } from '../../../functions/process/keys.ts';
import { chosenByFirst } from '../../support/chosen-approvers.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { claimsOf, firstTaskOf, openWorklistApi } from './open-worklist-api.ts';

/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};

describe('copies by the API', () => {
  const COLLEAGUE = 'E-1002';

  it('are made by an action, and listed to whoever was copied, who reads the task and can do nothing', async () => {
    const { world, event, as } = await openWorklistApi(LARGE);
    const manager = as('E-2001');
    const colleague = as(COLLEAGUE);
    const { path, asked } = await firstTaskOf(manager);
    expect((await colleague.get('/api/v1/copies')).body).toEqual({ copies: [] });
    expect((await colleague.get(path)).status).toBe(404);

    const copy = { kind: 'copy', to: 'daniel.brooks@meridian.example', comment: 'your budget', ...asked };
    const made = await manager.post(`${path}/actions`, copy, 'key-1');
    await world.run();

    const shown = { name: 'Daniel Brooks', by: '王强 Wang Qiang', note: 'your budget' };
    expect(made.body).toMatchObject({ result: 'done', kind: 'copy', task: { copies: [shown] } });
    const { body } = await colleague.get('/api/v1/copies');
    expect(body).toEqual({
      copies: [expect.objectContaining({ subject: 'order', total: '124000.00', by: '王强 Wang Qiang' })],
    });
    expect(await colleague.get(path)).toMatchObject({
      status: 200,
      body: { refusal: 'copied-only', decisions: [], actions: [], copies: [shown], document: { total: '124000.00' } },
    });
    expect((await colleague.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
    const decision = { kind: 'decide', action: 'approve', ...asked };
    expect(await colleague.post(`${path}/actions`, decision, 'key-1')).toMatchObject({
      status: 403,
      body: { code: 'copied-only' },
    });
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  it('are listed newest first, page by page, with how each ended', async () => {
    const { world, as } = await openWorklistApi();
    const other = requisitionEvent({ requestId: 'PR-2', requisition: { title: 'Desks' } });
    await world.act('E-2001', { kind: 'copy', to: COLLEAGUE, comment: '' });
    await world.decide('E-2001', 'reject', 'too dear');
    await world.advance(1);
    await world.submit(other);
    await world.act('E-2001', { kind: 'copy', to: COLLEAGUE, comment: '' });

    const first = (await as(COLLEAGUE).get('/api/v1/copies?limit=1')).body;
    const second = (await as(COLLEAGUE).get(`/api/v1/copies?limit=1&after=${encodeURIComponent(String(first.next))}`))
      .body;

    expect(first).toMatchObject({ copies: [{ title: 'Desks' }], next: expect.any(String) });
    expect(second).toEqual({ copies: [expect.objectContaining({ title: 'Chairs and paper', outcome: 'rejected' })] });
  });
});

describe('what the caller decided, by the API', () => {
  it('is listed from the decision on, with what became of it, until it is taken back', async () => {
    const { world, as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);
    expect((await manager.get('/api/v1/decided')).body).toEqual({ decided: [] });

    await manager.post(`${path}/actions`, { kind: 'decide', action: 'approve', comment: '', ...asked }, 'key-1');
    await world.run();

    const entry = { subject: 'order', title: 'Chairs and paper', total: '5960.00', action: 'approve', isVoid: false };
    const { decided } = (await manager.get('/api/v1/decided')).body;
    expect(decided).toEqual([expect.objectContaining(entry)]);
    expect(JSON.stringify(decided)).not.toContain('outcome');
    expect((await as('E-3001').get('/api/v1/decided')).body).toEqual({ decided: [] });
    expect((await manager.get(path)).body.actions).toContain('take-back');

    const back = await manager.post(`${path}/actions`, { kind: 'take-back', comment: '', ...asked }, 'key-2');
    await world.run();
    expect(back.body).toMatchObject({ result: 'done', kind: 'take-back' });
    expect((await manager.get('/api/v1/decided')).body).toEqual({ decided: [] });
  });

  it('is listed latest first, page by page, with how each ended', async () => {
    const { world, as } = await openWorklistApi();
    const manager = as('E-2001');
    await world.decide('E-2001', 'approve');
    await world.advance(1);
    await world.submit(requisitionEvent({ requestId: 'PR-2', requisition: { title: 'Desks' } }));
    await world.returnIt('E-2001', 'How wide?');
    await world.decide('E-3001', 'reject', 'too dear');

    const first = (await manager.get('/api/v1/decided?limit=1')).body;
    const next = encodeURIComponent(String(first.next));
    const second = (await manager.get(`/api/v1/decided?limit=1&after=${next}`)).body;

    expect(first).toMatchObject({ decided: [{ title: 'Desks', action: 'returned', outcome: 'returned' }] });
    expect(second).toEqual({
      decided: [expect.objectContaining({ title: 'Chairs and paper', action: 'approve', outcome: 'rejected' })],
    });
    expect((await manager.get('/api/v1/decided?limit=0')).status).toBe(400);
  });

  it('reads no more than a page, however much there was', async () => {
    const { world, as } = await openWorklistApi();
    for (let index = 0; index < 300; index += 1) {
      const at = new Date(index * 1000).toISOString();
      const key = decidedKey('E-2001', at, `P2P-${index}`, 'order-1');
      const value = { processId: `P2P-${index}`, approvalId: 'order-1' };
      await world.store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value }] });
    }
    const page = vi.spyOn(world.store, 'page');

    await as('E-2001').get('/api/v1/decided?limit=10');

    expect(page).toHaveBeenCalledTimes(1);
    expect(page.mock.calls[0]?.[2]).toMatchObject({ limit: 11 });
  });
});

describe('the API', () => {
  it('lists what the caller is asked', async () => {
    const { as } = await openWorklistApi();

    const { status, body, headers } = await as('E-2001').get('/api/v1/tasks?subject=order');

    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      tasks: [
        expect.objectContaining({
          subject: 'order',
          level: 0,
          title: 'Chairs and paper',
          total: '5960.00',
          currency: 'CNY',
        }),
      ],
    });
    expect((await as('E-3001').get('/api/v1/tasks')).body).toEqual({ tasks: [] });
  });

  it('tells all that a decision needs, and what would count', async () => {
    const { as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path } = await firstTaskOf(manager);

    const { body } = await manager.get(path);

    expect(body).toMatchObject({
      document: { title: 'Chairs and paper', total: '5960.00', lines: [{ amount: '3400.00' }, { amount: '2560.00' }] },
      decisions: [
        { action: 'approve', commentRequired: false },
        { action: 'reject', commentRequired: true },
      ],
      actions: expect.arrayContaining(['transfer', 'delegate', 'add-signer', 'comment']),
    });
    expect(body).not.toHaveProperty('link');
  });

  it('tells the budget that is charged', async () => {
    const { as } = await openWorklistApi();
    const manager = as('E-2001');

    const { body } = await manager.get((await firstTaskOf(manager)).path);

    expect(body).toHaveProperty('document.budget', {
      from: '2026-01-01',
      to: '2026-12-31',
      currency: 'CNY',
      budgeted: '600000.00',
      used: '0.00',
      committed: '0.00',
      leftAfter: '594040.00',
    });
  });

  it('tells what the requester asked for from the supplier before', async () => {
    const { world, as } = await openWorklistApi();
    const manager = as('E-2001');
    expect((await manager.get((await firstTaskOf(manager)).path)).body).not.toHaveProperty('document.earlierRequests');
    await manager.post(
      `${(await firstTaskOf(manager)).path}/actions`,
      {
        kind: 'decide',
        action: 'approve',
        ...(await firstTaskOf(manager)).asked,
      },
      'key-1',
    );

    await world.submit(requisitionEvent({ requestId: 'PR-2' }));

    const { body } = await manager.get((await firstTaskOf(manager)).path);
    expect(body).toMatchObject({
      document: {
        earlierRequests: {
          of: 'purchases',
          days: 365,
          count: 1,
          total: '5960.00',
          latest: [{ title: 'Chairs and paper', amount: '5960.00' }],
        },
      },
    });
  });

  it('decides whatever the amount, and the record says that it was the API', async () => {
    const { world, event, as } = await openWorklistApi(LARGE);
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);

    const { status, body } = await manager.post(
      `${path}/actions`,
      { kind: 'decide', action: 'approve', ...asked },
      'key-1',
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      result: 'decided',
      action: 'approve',
      outcome: 'next-level',
      task: { decisions: [] },
    });
    const made = (await world.record(event)).find(({ type }) => type === 'DecisionMade');
    expect(made).toMatchObject({ actor: { id: 'E-2001' }, facts: { via: 'api', action: 'approve' } });
    expect((await manager.get('/api/v1/tasks')).body).toEqual({ tasks: [] });
  });

  it('names those among whom the next approver is chosen, and takes the choice', async () => {
    const { world, as } = await openWorklistApi(LARGE, { policies: chosenByFirst });
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);
    const decide = (next: object, key: string) =>
      manager.post(`${path}/actions`, { kind: 'decide', action: 'approve', ...next, ...asked }, key);

    expect((await manager.get(path)).body.next).toEqual({
      levelName: 'Director',
      candidates: [
        { employeeId: 'E-3101', name: 'Claudia Brandt' },
        { employeeId: 'E-3102', name: 'Stefan Roth' },
      ],
    });
    expect(await decide({}, 'key-1')).toMatchObject({ status: 422, body: { code: 'choose-next' } });
    expect(await decide({ next: 'E-3101' }, 'key-2')).toMatchObject({ status: 200, body: { outcome: 'next-level' } });
    await world.run();
    expect((await as('E-3101').get('/api/v1/tasks')).body.tasks).toHaveLength(1);
    expect((await as('E-3102').get('/api/v1/tasks')).body.tasks).toEqual([]);
  });

  it('does what it was sent twice once, and answers the same', async () => {
    const { world, event, as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);
    const note = { kind: 'comment', comment: 'Is there a cheaper one?', ...asked };
    const decision = { kind: 'decide', action: 'approve', ...asked };
    const send = (action: object, key: string) => manager.post(`${path}/actions`, action, key);

    const notes = [await send(note, 'key-1'), await send(note, 'key-1')];
    const decisions = [await send(decision, 'key-2'), await send(decision, 'key-2')];
    await world.run();
    const late = await send(decision, 'key-2');

    expect([...notes, ...decisions, late].map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(late.body).toMatchObject({ result: 'decided', action: 'approve', outcome: 'next-level' });
    const types = await world.entryTypes(event);
    const count = (type: string) => types.filter((one) => one === type).length;
    expect([count('CommentMade'), count('DecisionMade'), count('DecisionRefused')]).toEqual([1, 1, 0]);
  });

  it('does once what arrives several times at the same moment', async () => {
    const { world, event, as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);
    const decision = { kind: 'decide', action: 'approve', ...asked };

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => manager.post(`${path}/actions`, decision, 'key-1')),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await world.entryTypes(event)).filter((type) => type.startsWith('Decision'))).toEqual(['DecisionMade']);
  });

  it('refuses another action under a key that was used', async () => {
    const { as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);
    await manager.post(`${path}/actions`, { kind: 'comment', comment: 'One', ...asked }, 'key-1');

    const { status, body } = await manager.post(
      `${path}/actions`,
      { kind: 'comment', comment: 'Two', ...asked },
      'key-1',
    );

    expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('says why an action does not count, and records it', async () => {
    const { world, event, as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);

    const { status, body, headers } = await manager.post(
      `${path}/actions`,
      { kind: 'decide', action: 'reject', ...asked },
      'key-1',
    );

    expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(body).toMatchObject({
      type: '/api/v1/problems/comment-required',
      code: 'comment-required',
      status: 422,
      title: 'A reason is needed',
    });
    const refused = (await world.record(event)).find(({ type }) => type === 'DecisionRefused');
    expect(refused).toMatchObject({ actor: { id: 'E-2001' }, facts: { via: 'api', refusal: 'comment-required' } });
  });

  it('knows nothing of what is none of the caller’s business, but records the attempt', async () => {
    const { world, event, as } = await openWorklistApi();
    const { path, asked } = await firstTaskOf(as('E-2001'));
    const stranger = as('E-1002');

    const answers = [
      await stranger.get(path),
      await stranger.post(`${path}/actions`, { kind: 'decide', action: 'approve', ...asked }, 'key-1'),
      await stranger.get('/api/v1/tasks/P2P-none/order-1'),
      await stranger.get('/api/v1/nothing'),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([404, 'not-found']));
    const refused = (await world.record(event)).find(({ type }) => type === 'DecisionRefused');
    expect(refused).toMatchObject({ actor: { id: 'E-1002' }, facts: { refusal: 'not-your-task' } });
  });

  it('limits attempts that do not count', async () => {
    const { as, guesses } = await openWorklistApi();
    const { path, asked } = await firstTaskOf(as('E-2001'));
    const stranger = as('E-1002');
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) {
      const decision = { kind: 'decide', action: 'approve', ...asked };
      statuses.push((await stranger.post(`${path}/actions`, decision, `key-${attempt}`)).status);
    }

    expect(statuses).toEqual([...Array(20).fill(404), 429, 429]);
    expect(guesses).toEqual(['too-many-guesses', 'too-many-guesses']);
  });

  it.each<readonly [string, object | undefined, RegExp]>([
    ['without a token', undefined, /^Send the ID token of the sign-in as "Authorization: Bearer/],
    [
      'whose token vouches for no mail address',
      { ...claimsOf('E-2001'), email_verified: 'false' },
      /"email_verified" does not say "true".*signIn\.provider\.person/,
    ],
    ['whose token has no mail address', { sub: 'account of E-2001' }, /no claim "email".*Send the ID token/],
    [
      'whose token is an access token, whatever it has',
      { ...claimsOf('E-2001'), client_id: 'oa', token_use: 'access' },
      /"token_use" says that this is no ID token.*Send the ID token/,
    ],
    [
      'whom the directory does not know',
      { ...claimsOf('E-2001'), email: 'nobody@meridian.example' },
      /^Not exactly one active person.*"email"/,
    ],
    ['whose address is only the name of somebody', { ...claimsOf('E-2001'), email: 'E-2001' }, /^Not exactly one/],
  ])('refuses a caller %s, and says what to send', async (_, claims, remedy) => {
    const { request, failures, refusedCallers } = await openWorklistApi();

    const { status, body } = await request('/api/v1/tasks', {}, claims as Readonly<Record<string, string>> | undefined);

    expect([status, body.code]).toEqual([403, 'unknown-caller']);
    expect(body.detail).toMatch(remedy);
    expect(body.detail).not.toContain('@');
    expect(failures).toEqual([]);
    expect(refusedCallers).toEqual([
      expect.objectContaining({ refusal: expect.any(String), claim: expect.any(String) }),
    ]);
  });

  it('takes the ID token of Cognito, which says that it is one', async () => {
    const { request } = await openWorklistApi();

    const { status } = await request('/api/v1/tasks', {}, { ...claimsOf('E-2001'), token_use: 'id' });

    expect(status).toBe(200);
  });

  it('names all that is wrong with a request', async () => {
    const { as } = await openWorklistApi();
    const manager = as('E-2001');
    const { path, asked } = await firstTaskOf(manager);

    const query = await manager.get('/api/v1/tasks?limit=1000&subject=nothing');
    const action = await manager.post(`${path}/actions`, { kind: 'transfer', ...asked, round: -1 }, 'key-1');
    const noKey = await manager.post(`${path}/actions`, { kind: 'comment', ...asked }, null);
    const badKey = await manager.post(`${path}/actions`, { kind: 'comment', ...asked }, 'x'.repeat(101));

    const fields = ({ body }: typeof query) =>
      Array.isArray(body.errors) ? body.errors.map(({ field }: { readonly field: string }) => field).toSorted() : [];
    expect([query.status, fields(query)]).toEqual([400, ['limit', 'subject']]);
    expect([action.status, fields(action)]).toEqual([400, ['round', 'to']]);
    expect([noKey.status, noKey.body.code]).toEqual([400, 'idempotency-key-missing']);
    expect([badKey.status, badKey.body.code]).toEqual([400, 'invalid-request']);
  });

  it('tells the requester who has each request now', async () => {
    const { as } = await openWorklistApi();

    const { body } = await as('E-1001').get('/api/v1/requests');

    expect(body).toMatchObject({
      requests: [
        {
          title: 'Chairs and paper',
          requestId: 'PR-1',
          status: 'running',
          phase: 'Order approval',
          waitsFor: [{ kind: 'approval', people: [{ employeeId: 'E-2001', name: '王强 Wang Qiang' }] }],
        },
      ],
    });
  });

  it('tells nobody what failed inside, but its own log', async () => {
    const { world, as, failures } = await openWorklistApi();
    world.store.page = () => Promise.reject(new Error('table Work: not authorized'));

    const { status, body } = await as('E-2001').get('/api/v1/tasks');

    expect([status, body.code, failures]).toEqual([500, 'failed', ['API failed']]);
    expect(JSON.stringify(body)).not.toContain('Work');
  });
});
