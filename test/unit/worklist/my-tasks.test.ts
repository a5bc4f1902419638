import { describe, expect, it } from 'vitest';
import type { Role } from '../../../functions/sign-in/signed-in.ts';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { hiddenFields } from '../../support/visitors.ts';
import { keepTasks, manyTasks } from '../approvals/many-tasks.ts';
import { firstTask, openMyPages, taskPaths } from './open-my-pages.ts';

/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requestId: 'PR-2',
  requisition: {
    title: 'Servers',
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};

describe('my tasks', () => {
  it('shows what waits for whoever is signed in, and to others what waits for them', async () => {
    const { signIn } = await openMyPages({}, LARGE);
    const manager = await signIn('E-2001');
    const head = await signIn('E-3001');

    const { status, text } = await manager.get('/me/tasks');

    expect(status).toBe(200);
    expect(text).toContain('<html lang="zh-CN">');
    expect(taskPaths(text)).toHaveLength(2);
    for (const shown of ['Chairs and paper', 'Servers', '¥124,000.00', '李娜 Li Na', '直属经理', '采购审批']) {
      expect(text).toContain(shown);
    }
    expect((await head.get('/me/tasks')).text).toContain('目前没有需要您处理的事项');
  });

  it('sends whoever is not signed in to sign in, and back to the page', async () => {
    const { visit } = await openMyPages();

    const { status, headers } = await visit('/me/tasks?subject=order');

    expect([status, headers.get('location')]).toEqual([302, '/sign-in?to=%2Fme%2Ftasks%3Fsubject%3Dorder']);
  });

  it('shows one kind of question only to who asks for it', async () => {
    const { signIn } = await openMyPages();
    const manager = await signIn('E-2001');

    expect(taskPaths((await manager.get('/me/tasks?subject=order')).text)).toHaveLength(1);
    expect(taskPaths((await manager.get('/me/tasks?subject=payment')).text)).toHaveLength(0);
    expect(taskPaths((await manager.get('/me/tasks?subject=operator')).text)).toHaveLength(1);
  });

  it('goes from page to page without leaving a task out or showing one twice', async () => {
    const { world, signIn } = await openMyPages();
    await keepTasks(world.store, manyTasks(60, 'E-4003'));
    const person = await signIn('E-4003');
    const shown: string[] = [];
    let path: string | undefined = '/me/tasks';
    while (path !== undefined) {
      const { text } = await person.get(path);
      shown.push(...taskPaths(text));
      path = text.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&');
    }

    expect([shown.length, new Set(shown).size]).toEqual([60, 60]);
  });
});

describe('a task in a session', () => {
  it('is decided, above the amount of a link as well, and is on the list no more', async () => {
    const { world, events, signIn } = await openMyPages(LARGE);
    const [event] = events;
    const manager = await signIn('E-2001');
    const task = firstTask((await manager.get('/me/tasks')).text);

    const { status, text } = await manager.send(task, { action: 'approve' });
    await world.run();

    expect([status, text.includes('已同意')]).toEqual([200, true]);
    expect(taskPaths((await manager.get('/me/tasks')).text)).toEqual([]);
    expect(taskPaths((await (await signIn('E-3001')).get('/me/tasks')).text)).toHaveLength(1);
    const made = event === undefined ? [] : await world.record(event);
    expect(made.find(({ type }) => type === 'DecisionMade')).toMatchObject({
      actor: { kind: 'person', id: 'E-2001' },
      facts: { via: 'signed-in', action: 'approve' },
    });
  });

  it('is decided once: the second time it says what was decided', async () => {
    const { signIn } = await openMyPages();
    const manager = await signIn('E-2001');
    const task = firstTask((await manager.get('/me/tasks')).text);
    const form = hiddenFields((await manager.get(task)).text);

    const first = await manager.post(task, { ...form, action: 'approve' });
    const second = await manager.post(task, { ...form, action: 'approve' });

    expect([first.status, second.status]).toEqual([200, 409]);
  });

  it('is given to a colleague, who has it on their list', async () => {
    const { signIn } = await openMyPages();
    const manager = await signIn('E-2001');
    const task = firstTask((await manager.get('/me/tasks')).text);

    const { status } = await manager.send(task, { task: 'transfer', to: 'daniel.brooks@meridian.example' });

    expect(status).toBe(200);
    expect(taskPaths((await manager.get('/me/tasks')).text)).toEqual([]);
    expect((await (await signIn('E-1002')).get('/me/tasks')).text).toContain('Chairs and paper');
  });

  it('does not exist for whoever was never asked', async () => {
    const { world, events, signIn } = await openMyPages();
    const [event] = events;
    const task = firstTask((await (await signIn('E-2001')).get('/me/tasks')).text);
    const stranger = await signIn('E-1002');
    const { csrf = '' } = hiddenFields((await stranger.get('/me/absence')).text);
    const form = { csrf, level: '0', round: '1', documentVersion: '1', action: 'approve' };

    expect((await stranger.get(task)).status).toBe(404);
    expect((await stranger.get('/me/tasks/P2P-none/order-1')).status).toBe(404);
    expect((await stranger.post(task, form)).status).toBe(404);
    expect(world.store.effects()).toEqual([]);
    const made = event === undefined ? [] : await world.record(event);
    expect(made.filter(({ type }) => type.startsWith('Decision'))).toMatchObject([
      { type: 'DecisionRefused', actor: { kind: 'person', id: 'E-1002' } },
    ]);
  });

  it.each([
    ['without the token of the session', { csrf: 'wrong' }],
    ['without what the page asked about', { round: 'x' }],
  ])('is not decided by a form %s', async (_, changes) => {
    const { signIn } = await openMyPages();
    const manager = await signIn('E-2001');
    const task = firstTask((await manager.get('/me/tasks')).text);

    const { status } = await manager.send(task, { action: 'approve', ...changes });

    expect(status).toBe(403);
    expect(taskPaths((await manager.get('/me/tasks')).text)).toHaveLength(1);
  });

  it('shows nothing and changes nothing by GET', async () => {
    const { world, signIn } = await openMyPages();
    const manager = await signIn('E-2001');
    const task = firstTask((await manager.get('/me/tasks')).text);
    const commits = world.store.commits;

    const { status, text } = await manager.get(`${task}&action=approve`);

    expect(status).toBe(200);
    expect(text).not.toContain('已同意');
    expect(hiddenFields(text)).toEqual(hiddenFields((await manager.get(task)).text));
    expect(world.store.commits).toBe(commits);
  });
});

describe('my requests', () => {
  it('shows how far each has come and who has it now', async () => {
    const { world, signIn } = await openMyPages(LARGE, {});
    const requester = await signIn('E-1001');
    const before = (await requester.get('/me/requests')).text;
    await world.decide('E-2001', 'approve');

    const after = (await requester.get('/me/requests')).text;

    expect(before.match(/当前处理人：王强 Wang Qiang/g)).toHaveLength(2);
    expect(after).toContain('当前处理人：王强 Wang Qiang');
    expect(after).toContain('当前处理人：陈静 Chen Jing');
    expect(before).toContain('Servers');
    expect((await (await signIn('E-2001')).get('/me/requests')).text).toContain('您还没有提交过申请');
  });

  it('shows how one ended', async () => {
    const { world, signIn } = await openMyPages();
    await world.decide('E-2001', 'reject', 'Too dear');

    const { text } = await (await signIn('E-1001')).get('/me/requests?lang=en');

    expect(text).toContain('<span class="tag bad">Rejected</span>');
    expect(text).not.toContain('Now with');
  });

  it.each<readonly [string, readonly Role[], number]>([
    ['E-1001', [], 200],
    ['E-2001', [], 200],
    ['E-1002', [], 404],
    ['E-1002', ['administrator'], 404],
    ['E-1002', ['operator'], 200],
    ['E-1002', ['auditor'], 200],
  ])('lets %s with roles %j read the record of one: %i', async (employeeId, roles, wanted) => {
    const { signIn } = await openMyPages();
    const list = (await (await signIn('E-1001')).get('/me/requests')).text;
    const path = list.match(/href="(\/me\/requests\/[^"]+)"/)?.[1] ?? '';

    const { status, text } = await (await signIn(employeeId, roles)).get(path);

    expect(status).toBe(wanted);
    expect(text.includes('Chairs and paper')).toBe(wanted === 200);
  });
});

it('answers no other address', async () => {
  const { world } = await openMyPages();
  const page = createMyPages({ ...world.urgeDeps(), currency: 'CNY', timeZone: 'Asia/Shanghai' });

  expect((await page.request('https://pages.meridian.example/d/x', {}, { sourceIp: '192.0.2.1' })).status).toBe(404);
});
