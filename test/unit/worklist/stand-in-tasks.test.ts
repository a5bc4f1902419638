import { describe, expect, it } from 'vitest';
import { readLeaves } from '../../../functions/directory/leaves.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { endOwnAbsence } from '../../../functions/people/end-own-absence.ts';
import { nameSubstitute } from '../../../functions/people/name-substitute.ts';
import { firstTask, hiddenFields, openMyPages, taskPaths } from './open-my-pages.ts';

const MANAGER = 'E-2001';
const SUBSTITUTE = 'E-2002';
const STRANGER = 'E-1002';

/** A requisition waits for the manager, who names a substitute from today on. */
async function openWhileAway(scope: readonly string[] = []) {
  const opened = await openMyPages();
  const { world, signIn } = opened;
  const deps = { ...world.urgeDeps(), directory: createStoreDirectory(world.store, world.urgeDeps().directory) };
  const today = deps.clock.now().toISOString().slice(0, 10);
  const wish = { from: today, to: today, timeZone: 'UTC', person: SUBSTITUTE, scope, subjects: ['order', 'payment'] };
  expect(await nameSubstitute(deps, MANAGER, wish)).toBe('named');
  const task = firstTask((await (await signIn(MANAGER)).get('/me/tasks')).text);
  const back = async () => {
    const [leave] = (await readLeaves(world.store, MANAGER))?.value.leaves ?? [];
    await endOwnAbsence(deps, MANAGER, leave?.leaveId ?? '');
  };
  return { ...opened, task, back, manager: await signIn(MANAGER), substitute: await signIn(SUBSTITUTE) };
}

describe('a task that was open before its person was away', () => {
  it('is on the list of who stands in, who decides it for them, and the record and mails say so', async () => {
    const { world, events, manager, substitute, task } = await openWhileAway();
    const [event] = events;
    const { text } = await substitute.get('/me/tasks');
    expect(taskPaths(text)).toContain(task);

    const { status } = await substitute.send(task, { action: 'approve' });
    await world.run();

    expect(status).toBe(200);
    const record = event === undefined ? [] : await world.record(event);
    expect(record.find(({ type }) => type === 'SubstituteAsked')?.facts).toMatchObject({
      from: MANAGER,
      to: SUBSTITUTE,
    });
    expect(record.find(({ type }) => type === 'DecisionMade')?.facts).toMatchObject({
      employeeId: SUBSTITUTE,
      onBehalfOf: MANAGER,
      via: 'signed-in',
    });
    expect(taskPaths((await manager.get('/me/tasks')).text)).toEqual([]);
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);
  });

  it('is moved by no look at it: who is away decides all the while', async () => {
    const { world, events, manager, substitute, task } = await openWhileAway();
    const [event] = events;
    await substitute.get('/me/tasks');
    expect((await substitute.get(task)).status).toBe(200);

    expect((await manager.send(task, { action: 'approve' })).status).toBe(200);

    expect(event === undefined ? [] : await world.entryTypes(event)).not.toContain('SubstituteAsked');
  });

  it('is decided once when both decide at the same instant', async () => {
    const { world, events, manager, substitute, task } = await openWhileAway();
    const [event] = events;
    const forms = await Promise.all([manager, substitute].map(async ({ get }) => hiddenFields((await get(task)).text)));

    const answers = await Promise.all([
      manager.post(task, { ...forms[0], action: 'approve' }),
      substitute.post(task, { ...forms[1], action: 'approve' }),
    ]);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const types = event === undefined ? [] : await world.entryTypes(event);
    expect(types.filter((type) => type === 'DecisionMade')).toHaveLength(1);
    expect(types.filter((type) => type === 'DecisionRefused')).toHaveLength(1);
  });

  it('is no business of who stood in once the person is back, of a stranger, or out of the scope', async () => {
    const { substitute, signIn, task, back } = await openWhileAway();
    const form = hiddenFields((await substitute.get(task)).text);
    expect((await (await signIn(STRANGER)).get(task)).status).toBe(404);
    await back();

    expect((await substitute.get(task)).status).toBe(404);
    expect((await substitute.post(task, { ...form, action: 'approve' })).status).toBe(404);
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);

    const others = await openWhileAway(['payment']);
    expect((await others.substitute.get(others.task)).status).toBe(404);
    expect(taskPaths((await others.substitute.get('/me/tasks')).text)).not.toContain(others.task);
  });
});
