import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { leaveApprovedSchema } from '../../../functions/events/leave-approved.ts';
import { leaveCancelledSchema } from '../../../functions/events/leave-cancelled.ts';
import { recordLeave } from '../../../functions/people/record-leave.ts';
import { readHead } from '../../../functions/process/update-process.ts';
import { openPeople } from './own-absences.ts';

const DURING = '2026-12-03T12:00:00Z';
const WEEK = { from: '2026-12-01T00:00:00+08:00', until: '2026-12-08T00:00:00+08:00' };

/** The OA's leave of `E-2001`, with `E-4001` in their place. */
function leave(more: object = {}) {
  const metadata = {
    eventId: 'event-1',
    correlationId: 'LV-1',
    occurredAt: '2026-11-25T08:00:00+08:00',
    schemaVersion: '1.0',
  };
  const oa = { system: 'demo-oa', requestId: 'LV-1' };
  return { metadata, oa, employee: { employeeId: 'E-2001' }, ...more };
}
const approved = (more: object = {}) =>
  ({
    kind: 'approved',
    detail: leaveApprovedSchema.parse(leave({ ...WEEK, substitute: { employeeId: 'E-4001' }, ...more })),
  }) as const;
const CANCELLED = { kind: 'cancelled', detail: leaveCancelledSchema.parse(leave()) } as const;

describe('somebody who names a substitute', () => {
  it('is stood in for from the first to the last day on their own clocks', async () => {
    const { name, substitutes } = openPeople();

    expect(await name()).toBe('named');

    expect(await substitutes('2026-11-30T15:59:59Z')).toEqual([]);
    expect(await substitutes('2026-11-30T16:00:00Z')).toEqual(['E-2002']);
    expect(await substitutes('2026-12-07T15:59:59Z')).toEqual(['E-2002']);
    expect(await substitutes('2026-12-07T16:00:00Z')).toEqual([]);
  });

  it('is the actor of a record that verifies, and the substitute is told by mail', async () => {
    const { name, ownId, store } = openPeople();
    await name({ scope: ['payment'] });

    const id = await ownId();
    const [record, head] = [await store.readRecord(id), await readHead(store, id)];
    expect(record).toMatchObject([
      {
        type: 'SubstituteNamed',
        actor: { kind: 'person', id: 'E-2001' },
        facts: { substituteId: 'E-2002', begins: '2026-11-30T16:00:00.000Z', scope: ['payment'] },
      },
    ]);
    expect(verifyChain(id, record, head === undefined ? {} : { expectedHead: head.chain })).toEqual([]);
    expect(store.effects().map(({ effect }) => effect)).toMatchObject([
      { kind: 'mail', mail: { to: 'E-2002', template: 'stand-in', facts: { news: 'named', scope: 'payment' } } },
    ]);
  });

  it('gives away only the subjects of the scope', async () => {
    const { name, substitutes } = openPeople();
    await name({ scope: ['payment'] });

    expect([await substitutes(DURING, 'payment'), await substitutes(DURING, 'order')]).toEqual([['E-2002'], []]);
  });

  it('may name one for payments and another for orders', async () => {
    const { name, substitutes } = openPeople();
    await name({ scope: ['payment'] });
    await name({ scope: ['order'], person: 'E-4001' });

    expect([await substitutes(DURING, 'payment'), await substitutes(DURING, 'order')]).toEqual([
      ['E-2002'],
      ['E-4001'],
    ]);
  });

  it.each([
    [{ from: '' }, [['from', 'no-day']]],
    [{ from: '2026-02-30' }, [['from', 'no-day']]],
    [{ from: '2026-11-24' }, [['from', 'before-today']]],
    [{ to: 'soon' }, [['to', 'no-day']]],
    [{ to: '2026-11-30' }, [['to', 'ends-before']]],
    [{ to: '2027-11-27' }, [['to', 'too-far']]],
    [{ person: '' }, [['person', 'no-person']]],
    [{ person: 'Nobody' }, [['person', 'unknown']]],
    [{ person: 'E-2001' }, [['person', 'oneself']]],
    [{ person: 'E-1003' }, [['person', 'has-left']]],
    [
      { from: 'x', to: 'y', person: 'z' },
      [
        ['from', 'no-day'],
        ['to', 'no-day'],
        ['person', 'unknown'],
      ],
    ],
  ])('is told what is wrong with %j, nothing changes, and the record has fields and reasons', async (wish, wanted) => {
    const { name, store, list } = openPeople();

    const result = await name(wish);

    expect(result === 'named' ? [] : result.map(({ field, reason }) => [field, reason])).toEqual(wanted);
    expect((await list()).own).toEqual([]);
    const record = await store.readRecord('substitutes');
    expect(record.map(({ type, actor, facts }) => ({ type, actor, facts }))).toEqual([
      {
        type: 'SubstituteRefused',
        actor: { kind: 'person', id: 'E-2001' },
        facts: { employeeId: 'E-2001', action: 'name', issues: wanted.map(([field, reason]) => ({ field, reason })) },
      },
    ]);
    expect(verifyChain('substitutes', record, {})).toEqual([]);
  });

  it('is told when several people are called so', async () => {
    const { name } = openPeople({ 'E-1001': { name: 'Li' }, 'E-1002': { name: 'Li' } });

    expect(await name({ person: 'li' })).toEqual([{ field: 'person', reason: 'several' }]);
  });

  it('may take today and a last day a year from now, by the clocks of their zone', async () => {
    const { name, clock } = openPeople();
    clock.forward(17 * 3600);

    expect(await name({ from: '2026-11-25', to: '2026-11-25' })).toEqual([{ field: 'from', reason: 'before-today' }]);
    expect(await name({ from: '2026-11-26', to: '2027-11-27' })).toBe('named');
  });

  it('has one substitute at a time for one subject, also when they send twice at the same instant', async () => {
    const { name, list } = openPeople();

    const results = await Promise.all([name(), name({ person: 'E-4001', to: '2026-12-01' })]);

    expect(results).toEqual(['named', [{ field: 'from', reason: 'overlaps' }]]);
    expect((await list()).own).toHaveLength(1);
    expect(await name({ from: '2026-12-08', to: '2026-12-08' })).toBe('named');
  });

  it('cannot name somebody whose line of substitutes leads back to them', async () => {
    const { name } = openPeople();
    await name({ person: 'E-2001', from: '2026-12-05', to: '2026-12-20' }, 'E-2002');

    expect(await name()).toEqual([{ field: 'person', reason: 'circle' }]);
    expect(await name({ to: '2026-12-04' })).toBe('named');
  });

  it('cannot name somebody who is away while nobody is there for them', async () => {
    const absences = [{ ...WEEK, substituteId: 'E-1003' }];
    const { name } = openPeople({ 'E-2002': { absences } });

    expect(await name()).toEqual([{ field: 'person', reason: 'nobody-there' }]);
  });

  it('may name somebody who is away when another is there for them', async () => {
    const { name, substitutes } = openPeople({ 'E-2002': { absences: [{ ...WEEK, substituteId: 'E-4001' }] } });

    expect(await name()).toBe('named');
    expect(await substitutes(DURING)).toEqual(['E-4001']);
  });
});

describe('an absence of one’s own beside a leave of the OA', () => {
  it('cannot be made on its days', async () => {
    const { deps, name, substitutes } = openPeople();
    await recordLeave(deps, approved());

    expect(await name()).toEqual([{ field: 'from', reason: 'overlaps' }]);
    expect(await substitutes(DURING)).toEqual(['E-4001']);
  });

  it('gives way to one that comes later, and counts again once that is cancelled', async () => {
    const { deps, name, substitutes } = openPeople();
    await name();
    await recordLeave(deps, approved());
    expect(await substitutes(DURING)).toEqual(['E-4001']);

    await recordLeave(deps, CANCELLED);

    expect(await substitutes(DURING)).toEqual(['E-2002']);
  });

  it('stays behind it when another is named for other days', async () => {
    const { deps, name, substitutes } = openPeople();
    await name();
    await recordLeave(deps, approved());
    await name({ from: '2026-12-09', to: '2026-12-09' });

    expect(await substitutes(DURING)).toEqual(['E-4001']);
  });

  it('ends without it', async () => {
    const { deps, name, end, ownId, substitutes } = openPeople();
    await name();
    await recordLeave(deps, approved());

    expect(await end(await ownId())).toBe('ended');

    expect(await substitutes(DURING)).toEqual(['E-4001']);
  });
});

describe('an absence that is ended', () => {
  it('counts no more, is recorded once, and the substitute is told once', async () => {
    const { name, end, ownId, substitutes, store, list } = openPeople();
    await name();
    const id = await ownId();

    expect(await Promise.all([end(id), end(id)])).toEqual(['ended', 'ended']);

    expect(await substitutes(DURING)).toEqual([]);
    expect((await store.readRecord(id)).map(({ type }) => type)).toEqual(['SubstituteNamed', 'SubstitutionEnded']);
    expect((await list('E-2002')).standIns).toEqual([]);
    expect(await end(id)).toBe('ended');
    expect(store.effects()).toHaveLength(2);
    expect(await name()).toBe('named');
  });

  it('is none of anybody else, nor a leave of the OA', async () => {
    const { deps, name, end, ownId, store } = openPeople();
    await name({ from: '2026-12-20', to: '2026-12-20' });
    await recordLeave(deps, approved());
    const before = await store.list('LEAVES#E-2001', '');
    const [leaveId = ''] = (await store.list<{ leaves: { leaveId: string }[] }>('LEAVES#E-2001', '')).flatMap(
      ({ value }) => value.leaves.map((one) => one.leaveId),
    );

    expect(leaveId).toMatch(/^LEAVE-/);
    expect([await end(await ownId(), 'E-2002'), await end(leaveId), await end('ABSENCE-none')]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
    expect(await store.list('LEAVES#E-2001', '')).toEqual(before);
    expect((await store.readRecord('substitutes')).map(({ actor, facts }) => [actor.id, facts.action])).toEqual([
      ['E-2002', 'end'],
      ['E-2001', 'end'],
      ['E-2001', 'end'],
    ]);
  });
});

describe('the list of absences', () => {
  it('has one’s own of every kind, the earliest first, and no past ones', async () => {
    const past = { from: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z', substituteId: 'E-4001' };
    const later = { from: '2026-12-20T00:00:00Z', until: '2026-12-21T00:00:00Z', substituteId: 'E-4001' };
    const { deps, name, list } = openPeople({ 'E-2001': { absences: [later, past] } });
    await name({ from: '2026-12-10', to: '2026-12-10' });
    await recordLeave(deps, approved());

    const { own } = await list();

    expect(own.map(({ source, leaveId }) => [source, leaveId !== undefined])).toEqual([
      ['leave', false],
      ['own', true],
      ['directory', false],
    ]);
  });

  it('says for whom one stands in, by whatever makes it, for 90 days', async () => {
    const { deps, name, list, clock } = openPeople({ 'E-1001': { absences: [{ ...WEEK, substituteId: 'E-4001' }] } });
    await name({ person: 'E-4001', scope: ['payment'], from: '2027-02-24', to: '2027-02-25' });
    await recordLeave(deps, approved());
    const names = async () => (await list('E-4001')).standIns.map(({ name: of, from }) => [of, from]);

    expect(await names()).toHaveLength(2);
    clock.forward(2 * 86_400);
    expect(await names()).toHaveLength(3);
    await recordLeave(deps, CANCELLED);
    expect(await names()).toEqual([
      ['李娜 Li Na', WEEK.from],
      ['王强 Wang Qiang', '2027-02-23T16:00:00.000Z'],
    ]);
  });

  it('follows a leave whose substitute changes', async () => {
    const { deps, list } = openPeople();
    await recordLeave(deps, approved());
    const metadata = { ...leave().metadata, occurredAt: '2026-11-25T09:00:00+08:00' };
    await recordLeave(deps, approved({ substitute: { employeeId: 'E-2002' }, metadata }));

    expect([(await list('E-4001')).standIns, (await list('E-2002')).standIns.length]).toEqual([[], 1]);
  });
});
