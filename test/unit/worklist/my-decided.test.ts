/** What somebody decided, on a page of theirs, and the way back to it. */
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../../functions/approvals/domain/plan.ts';
import { decidedKey } from '../../../functions/process/keys.ts';
import { firstTask, openMyPages, taskPaths } from './open-my-pages.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const EXPERT = 'E-4005';

describe('what I decided', () => {
  it('is found again, leads to its task, and is taken back there as long as nobody acted because of it', async () => {
    const { world, signIn } = await openMyPages();
    const manager = await signIn(MANAGER);
    expect((await manager.get('/me/decided?lang=en')).text).toContain('You have not decided anything yet.');
    await world.decide(MANAGER, 'approve', 'we need them');

    const list = (await manager.get('/me/decided?lang=en')).text;

    for (const shown of ['Decided by me', 'Chairs and paper', 'Approved', 'under way', 'CN¥5,960.00', '李娜 Li Na']) {
      expect(list).toContain(shown);
    }
    expect(taskPaths((await manager.get('/me/tasks')).text)).toEqual([]);
    const task = firstTask(list);
    expect((await manager.get(`${task}?lang=en`)).text).toContain('value="take-back"');

    const taken = await manager.send(`${task}?lang=en`, { task: 'take-back' });
    await world.run();

    expect(taken.status).toBe(200);
    expect(taskPaths((await manager.get('/me/decided')).text)).toEqual([]);
    expect(taskPaths((await manager.get('/me/tasks')).text)).toEqual([`${task}?level=0`]);
  });

  it('is not taken back once the next level has acted, and says how it ended', async () => {
    const { world, signIn } = await openMyPages();
    await world.decide(MANAGER, 'approve');
    await world.decide(HEAD, 'reject', 'too dear');
    const manager = await signIn(MANAGER);

    const list = (await manager.get('/me/decided?lang=en')).text;

    expect(list).toMatch(/Approved[\s\S]*What became of it: Rejected/);
    expect((await manager.get(firstTask(list))).text).not.toContain('value="take-back"');
  });

  it('stands there once, by the last word, and says when that counts no more', async () => {
    const { world, signIn } = await openMyPages();
    await world.decide(MANAGER, 'approve');
    await world.act(HEAD, { kind: 'return-to-level', target: 0, comment: 'Which colour?' });
    const manager = await signIn(MANAGER);

    expect((await manager.get('/me/decided?lang=en')).text).toContain('counts no more');
    expect((await (await signIn(HEAD)).get('/me/decided?lang=en')).text).toContain('Sent back');

    await world.decide(MANAGER, 'approve', 'Blue');
    const list = (await manager.get('/me/decided?lang=en')).text;
    expect(taskPaths(list)).toHaveLength(1);
    expect(list).not.toContain('counts no more');
  });

  it('has opinions and what was returned to the requester, each with the page of its task, which only shows', async () => {
    const { world, signIn } = await openMyPages();
    await world.act(MANAGER, { kind: 'delegate', to: EXPERT, comment: 'Does it fit?' });
    await world.act(EXPERT, { kind: 'give-back', comment: 'It does' });
    await world.returnIt(MANAGER, 'Fewer, please');

    const opinion = (await (await signIn(EXPERT)).get('/me/decided?lang=en')).text;
    const returned = (await (await signIn(MANAGER)).get('/me/decided?lang=en')).text;

    expect(opinion).toContain('Opinion');
    expect(returned).toMatch(/Returned to the requester[\s\S]*Returned for changes/);
    for (const [who, list] of [[EXPERT, opinion] as const, [MANAGER, returned] as const]) {
      const page = await (await signIn(who)).get(`${firstTask(list)}?lang=en`);
      expect([page.status, page.text.includes('Fewer, please'), page.text.includes('name="action"')]).toEqual([
        200,
        true,
        false,
      ]);
    }
    expect((await (await signIn('E-4002')).get(firstTask(returned))).status).toBe(404);
  });

  it('names whose task it was where somebody stood in, and has nothing of the operators', async () => {
    const { world, signIn } = await openMyPages();
    await world.act(MANAGER, { kind: 'transfer', to: EXPERT, comment: '' });
    await world.decide(EXPERT, 'reject', 'No');

    expect((await (await signIn(EXPERT)).get('/me/decided?lang=en')).text).toContain('In place of 王强 Wang Qiang');
    expect(await world.store.list(decidedKey(OPERATORS, '', '', '').partition, '')).toEqual([]);
  });
});
