/** A hand-over of more than one request can move: ordered once, worked off by whoever has time, told as done when all is. */
import { describe, expect, it } from 'vitest';
import { createAdministrationApi } from '../../../functions/administration/administration-api.ts';
import { type HandOver, previewHandOver } from '../../../functions/approvals/hand-over.ts';
import {
  orderHandOver,
  readHandOver,
  workHandOver,
  workHandOvers,
} from '../../../functions/approvals/hand-over-run.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { callersOf, TOKEN_RULES } from '../worklist/open-worklist-api.ts';
import { fieldsOf, openAdministration, openWhileAway } from './open-administration.ts';

const [ADMINISTRATOR, MANAGER, OTHER] = ['E-0002', 'E-2001', 'E-3002'];
const ORDER: HandOver = { from: MANAGER, to: OTHER, by: ADMINISTRATOR, isAdministrator: true };
const NUMBERS = ['PR-2', 'PR-3', 'PR-4'];
const EVENTS = [requisitionEvent(), ...NUMBERS.map((requestId) => requisitionEvent({ requestId }))];
const always = () => true;

/** Four purchases wait for the manager. */
async function opened(opening = openAdministration()) {
  const administration = await opening;
  const { world, deps } = administration;
  for (const event of EVENTS.slice(1)) {
    await world.submit(event);
  }
  const places = (await previewHandOver(deps, ORDER)).map(({ processId, approvalId }) => ({ processId, approvalId }));
  const moves = async () =>
    (await Promise.all(EVENTS.map((event) => world.entryTypes(event)))).map(
      (types) => types.filter((type) => type === 'TaskHandedOver').length,
    );
  const told = async () =>
    (await world.store.readRecord('administration')).map(({ type, facts }) => [type, facts] as const);
  return { ...administration, places, moves, told };
}

/** So many more, and then no time is left. */
function time(count: number) {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

describe('a hand-over of many', () => {
  it('moves nothing when it is ordered, goes on where it was cut short, and is done when every one has moved', async () => {
    const { deps, places, moves, told } = await opened();

    const { runId } = await orderHandOver(deps, ORDER, places);
    expect(await moves()).toEqual([0, 0, 0, 0]);
    expect(await workHandOver(deps, runId, time(2))).toMatchObject({ total: 4, next: 2, moved: 2 });
    expect((await moves()).toSorted()).toEqual([0, 0, 1, 1]);
    expect(await workHandOvers(deps, time(2))).toBe(1);
    expect(await workHandOvers(deps, always)).toBe(0);

    expect(await moves()).toEqual([1, 1, 1, 1]);
    expect((await readHandOver(deps.store, runId))?.value).toMatchObject({ moved: 4, doneAt: expect.any(String) });
    expect(await told()).toMatchObject([
      ['HandOverOrdered', { from: MANAGER, to: OTHER, administrator: ADMINISTRATOR, total: 4 }],
      ['HandOverFinished', { total: 4, moved: 4, refused: 0, gone: 0, failures: [] }],
    ]);
    expect(await workHandOver(deps, runId, always)).toMatchObject({ moved: 4 });
    expect(await told()).toHaveLength(2);
  });

  it.each([1, 2, 3, 4, 5])(
    'counts nothing twice when the answer of commit %i is lost and it is worked on again',
    async (lost) => {
      const { deps, places, moves, told } = await opened();
      const { runId } = await orderHandOver(deps, ORDER, places);
      const store = losing(deps.store, lost);

      await expect(workHandOver({ ...deps, store }, runId, always)).rejects.toThrow('lost');

      expect(await workHandOver(deps, runId, always)).toMatchObject({ moved: 4, refused: 0, gone: 0 });
      expect(await moves()).toEqual([1, 1, 1, 1]);
      expect((await told()).map(([type]) => type)).toEqual(['HandOverOrdered', 'HandOverFinished']);
    },
  );

  it('is worked off once where two begin with it in the same instant, and ordered once where it is sent twice', async () => {
    const { deps, places, moves, told } = await opened();
    const { runId } = await orderHandOver(deps, ORDER, places);
    expect((await orderHandOver(deps, ORDER, places)).runId).toBe(runId);

    await Promise.all([1, 2].map(() => workHandOver(deps, runId, always)));
    await workHandOver(deps, runId, always);

    expect(await moves()).toEqual([1, 1, 1, 1]);
    expect((await told()).map(([type]) => type)).toEqual(['HandOverOrdered', 'HandOverFinished']);
  });

  it('asks who stands in for whoever takes over, while they are away', async () => {
    const { deps, world, places } = await opened(openWhileAway(OTHER, 'E-2002'));
    const { runId } = await orderHandOver(deps, ORDER, places);

    expect(await workHandOver(deps, runId, always)).toMatchObject({ total: 4, moved: 4 });

    const records = await Promise.all(EVENTS.map((event) => world.record(event)));
    const asked = records.flat().filter(({ type }) => type === 'SubstituteAsked');
    expect(asked.map(({ facts }) => [facts.from, facts.to])).toEqual(Array(4).fill([OTHER, 'E-2002']));
  });

  it('says what could not move and why, and what was not there any more', async () => {
    const { deps, world, places } = await opened();
    await world.decide(MANAGER, 'reject', 'Too dear');
    const none = { processId: 'P2P-none', approvalId: 'order-none' };
    const { runId } = await orderHandOver(deps, { ...ORDER, to: 'E-1001' }, [...places, none]);

    const run = await workHandOver(deps, runId, always);

    // Whoever is to take over is the requester of all of them.
    expect(run).toMatchObject({ total: 5, moved: 0, refused: 3, gone: 2 });
    expect(run.failures).toHaveLength(3);
    expect(run.failures[0]?.reason).toContain('requester');
  });
});

/** More than one request moves: those that are there, and others that are not. */
const GONE = Array.from({ length: 100 }, (_, index) => ({ processId: `P2P-${index}`, approvalId: 'order-1' }));

it('the page takes them all, moves them, and shows how far it has come', async () => {
  const { signIn, places, moves } = await opened();
  const administrator = await signIn(ADMINISTRATOR);
  const path = `/admin/people/${MANAGER}/hand-over`;
  const shown = await administrator.get(`${path}?to=${OTHER}`);
  const more = GONE.map(({ processId, approvalId }) => ['move', `${processId}/${approvalId}`] as const);

  const done = await administrator.post(path, [...fieldsOf(shown.text), ...more]);

  expect(fieldsOf(shown.text).filter(([name]) => name === 'move')).toHaveLength(places.length);
  expect(done.status).toBe(200);
  expect(done.text).toContain('已将 104 项中的 4 项移交给');
  expect(done.text).toContain('期间已由他人处理或移交: 100');
  expect(await moves()).toEqual([1, 1, 1, 1]);
});

it('the API answers with the order, and tells how far it has come to whoever asks for it', async () => {
  const { deps, places, moves } = await opened();
  const api = createAdministrationApi({ ...deps, ...TOKEN_RULES, log: () => undefined });
  const administrator = callersOf(api).as(ADMINISTRATOR, '[administrators]');
  const path = `/api/v1/people/${MANAGER}/hand-over`;

  const { status, body } = await administrator.post(path, { to: OTHER, places: [...places, ...GONE] });

  expect([status, body]).toMatchObject([202, { total: 104, moved: 4, refused: 0, gone: 100, failures: [] }]);
  expect((await administrator.get(`${path}?run=${body.run}`)).body).toEqual(body);
  expect(await moves()).toEqual([1, 1, 1, 1]);
  expect((await administrator.get(`/api/v1/people/${OTHER}/hand-over?run=${body.run}`)).status).toBe(404);
  expect((await administrator.get(`${path}?run=${body.run}&to=${OTHER}`)).status).toBe(400);
});

/** A store whose commit is done, and whose answer is lost once. */
function losing(store: ProcessStore, lost: number): ProcessStore {
  let commits = 0;
  return {
    read: (key) => store.read(key),
    list: (...input) => store.list(...input),
    page: (...input) => store.page(...input),
    listByTime: (...input) => store.listByTime(...input),
    readRecord: (...input) => store.readRecord(...input),
    readPersonal: (...input) => store.readPersonal(...input),
    commit: async (transaction) => {
      await store.commit(transaction);
      commits += 1;
      if (commits === lost) {
        throw new ConnectorTransientError('the answer was lost');
      }
    },
  };
}
