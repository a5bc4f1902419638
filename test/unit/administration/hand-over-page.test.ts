import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../functions/administration/org-chart.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { fieldsOf, openAdministration, openWhileAway } from './open-administration.ts';

const ADMINISTRATOR = 'E-0002';
const MANAGER = 'E-2001';
const OTHER = 'E-3002';
const SUBSTITUTE = 'E-2002';
const HAND_OVER = `/admin/people/${MANAGER}/hand-over`;

describe('a hand-over on the page', () => {
  it('moves exactly what was shown, by the second button, and is recorded as the administrator’s', async () => {
    const { world, event, signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const commits = world.store.commits;

    const preview = await administrator.get(`${HAND_OVER}?to=${OTHER}&lang=en`);
    expect([preview.text.includes('Chairs and paper'), world.store.commits]).toEqual([true, commits]);
    const later = requisitionEvent({ requestId: 'PR-2' });
    await world.submit(later);
    const done = await administrator.post(HAND_OVER, fieldsOf(preview.text));
    await world.run();

    expect([done.status, done.text.includes('已将 1 项移交给')]).toEqual([200, true]);
    const made = (await world.record(event)).find(({ type }) => type === 'TaskHandedOver');
    expect(made).toMatchObject({
      actor: { kind: 'person', id: ADMINISTRATOR },
      facts: { from: MANAGER, to: OTHER, administrator: ADMINISTRATOR },
    });
    expect((await administrator.get(`/admin/people/${OTHER}?lang=en`)).text).toContain('Open tasks (1)');
    expect((await administrator.get(`/admin/people/${MANAGER}?lang=en`)).text).toContain('Open tasks (1)');
    expect(await world.entryTypes(later)).not.toContain('TaskHandedOver');
    const again = await administrator.post(HAND_OVER, fieldsOf(preview.text));
    expect(again.text).toContain('已将 0 项移交给');
    expect((await world.record(event)).find(({ type }) => type === 'HandOverRefused')).toMatchObject({
      actor: { kind: 'person', id: ADMINISTRATOR },
      facts: { from: MANAGER, to: OTHER, refusal: 'nothing-left' },
    });
  });

  it('names before and after who is asked in the place of whoever takes over, while they are away', async () => {
    const { world, event, signIn } = await openWhileAway(OTHER, SUBSTITUTE);
    const administrator = await signIn(ADMINISTRATOR);

    const preview = await administrator.get(`${HAND_OVER}?to=${OTHER}&lang=en`);
    const done = await administrator.post(HAND_OVER, fieldsOf(preview.text));

    const [other, standIn] = await Promise.all([OTHER, SUBSTITUTE].map((id) => world.directory.person(id)));
    expect(preview.text).toContain(`${other?.name} is away; asked instead: ${standIn?.name}`);
    expect(done.text).toContain(`${other?.name}不在岗，由${standIn?.name}代为审批`);
    const asked = (await world.record(event)).find(({ type }) => type === 'SubstituteAsked');
    expect(asked?.facts).toMatchObject({ from: OTHER, to: SUBSTITUTE });
    expect((await administrator.get(`/admin/people/${SUBSTITUTE}?lang=en`)).text).toContain('Open tasks (1)');
  });

  it('reassigns one task by the link at it', async () => {
    const { signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const { text } = await administrator.get(`/admin/people/${MANAGER}`);
    const [, path = ''] = /href="(\/admin\/people\/E-2001\/tasks\/[^"]+)"/.exec(text) ?? [];

    const preview = await administrator.get(`${path}?to=${OTHER}`);
    const done = await administrator.post(path, fieldsOf(preview.text));

    expect([done.status, done.text.includes('已将 1 项移交给')]).toEqual([200, true]);
    expect((await administrator.get(`/admin/people/${MANAGER}?lang=en`)).text).toContain('There is nothing open.');
  });

  it.each([
    ['the requester', 'E-1001', 'whoever is named is the requester'],
    ['the administrator', ADMINISTRATOR, 'whoever is named is the administrator who hands over'],
  ])('shows why nothing can go to %s, and offers no button', async (_, to, reason) => {
    const { signIn } = await openAdministration();
    const { text } = await (await signIn(ADMINISTRATOR)).get(`${HAND_OVER}?to=${to}&lang=en`);

    expect(text).toContain(reason);
    expect(text).not.toContain('method="post"');
  });

  it('lets no administrator choose who decides on their own request', async () => {
    const { world, event, signIn } = await openAdministration();
    const other = await (await signIn(ADMINISTRATOR)).get(`${HAND_OVER}?to=${OTHER}&lang=en`);
    const requester = await signIn('E-1001');

    const { text } = await requester.get(`${HAND_OVER}?to=${OTHER}&lang=en`);
    const moves = fieldsOf(other.text).map(
      ([name, value]) => [name, name === 'csrf' ? requester.csrf : value] as const,
    );
    const done = await requester.post(HAND_OVER, moves);

    expect(text).toContain('the administrator who hands over has a part in the request');
    expect([done.status, done.text.includes('已将 0 项移交给')]).toEqual([200, true]);
    expect(await world.entryTypes(event)).not.toContain('TaskHandedOver');
    expect((await world.record(event)).find(({ type }) => type === 'HandOverRefused')?.facts).toMatchObject({
      administrator: 'E-1001',
      refusal: 'unfit-person',
      message: 'the administrator who hands over has a part in the request',
    });
  });

  it.each(['nobody', 'E-1003', MANAGER])('asks again when it is said to go to %s', async (to) => {
    const { signIn } = await openAdministration();
    const { text } = await (await signIn(ADMINISTRATOR)).get(`${HAND_OVER}?to=${to}`);

    expect(text).toContain('aria-invalid="true"');
  });

  it('refuses a form without the token of the session, and one that names no approval', async () => {
    const { world, event, signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const fields = fieldsOf((await administrator.get(`${HAND_OVER}?to=${OTHER}`)).text);

    const forged = await administrator.post(
      HAND_OVER,
      fields.filter(([name]) => name !== 'csrf'),
    );
    const empty = await administrator.post(
      HAND_OVER,
      fields.filter(([name]) => name !== 'move'),
    );

    expect([forged.status, empty.status]).toEqual([403, 400]);
    expect(await world.entryTypes(event)).not.toContain('TaskHandedOver');
    expect(await refusalsIn(world)).toEqual(['not-our-form', 'bad-form']);
  });

  it.each([
    ['an unknown person', `/admin/people/${MANAGER}/hand-over`, { to: 'E-9999' }, 400, 'unknown-person'],
    ['the same person', `/admin/people/${MANAGER}/hand-over`, { to: MANAGER }, 400, 'same-person'],
    ['nobody’s tasks', '/admin/people/E-9999/hand-over', {}, 404, 'unknown-person'],
    [
      'an approval that there is not',
      `/admin/people/${MANAGER}/hand-over`,
      { move: 'P-1/A-1' },
      200,
      'no-such-approval',
    ],
  ])('records a form about %s, and nothing of what was typed that the directory does not know', async (...one) => {
    const [, path, changes, status, refusal] = one;
    const { world, signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const fields = fieldsOf((await administrator.get(`${HAND_OVER}?to=${OTHER}`)).text);
    const sent = fields.map(
      ([name, value]) => [name, Object.entries(changes).find(([key]) => key === name)?.[1] ?? value] as const,
    );

    expect((await administrator.post(path, sent)).status).toBe(status);

    expect(await refusalsIn(world)).toEqual([refusal]);
    expect(JSON.stringify(await world.store.readRecord('administration'))).not.toContain('E-9999');
  });

  it('records what is refused only so often in a minute', async () => {
    const { world, signIn } = await openAdministration();
    const { post } = await signIn(MANAGER, ['operator']);

    for (let count = 0; count < 22; count += 1) {
      await post(HAND_OVER, []);
    }

    expect(await refusalsIn(world)).toHaveLength(20);
  });

  it('records nothing of an administrator who only looks, and of others no hand-over', async () => {
    const { world, signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const { get } = await signIn(MANAGER, ['operator']);
    const commits = world.store.commits;

    expect((await administrator.get(HAND_OVER)).status).toBe(200);
    expect(world.store.commits).toBe(commits);
    expect((await get(HAND_OVER)).status).toBe(403);
    expect(await refusalsIn(world)).toEqual([]);
  });
});

async function refusalsIn({ store }: { readonly store: Pick<ProcessStore, 'readRecord'> }) {
  return (await store.readRecord('administration')).map(({ facts }) => facts.refusal);
}

it('what needs mending names managers, substitutes and heads of departments who have left', () => {
  const people = directoryData.people.map((person) =>
    person.employeeId === 'E-3001'
      ? { ...person, active: false }
      : person.employeeId === MANAGER
        ? { ...person, substituteId: 'E-3001' }
        : person,
  );

  expect(findingsIn({ ...directoryData, people })).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'manager-left', employeeId: 'E-3001' }),
      { kind: 'substitute-left', employeeId: MANAGER, substituteId: 'E-3001' },
      expect.objectContaining({ kind: 'no-head' }),
    ]),
  );
});
