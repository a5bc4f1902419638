import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { leaveApprovedSchema } from '../../../functions/events/leave-approved.ts';
import { leaveCancelledSchema } from '../../../functions/events/leave-cancelled.ts';
import { leaveIdOf, recordLeave } from '../../../functions/people/record-leave.ts';
import { readHead } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData } from '../../support/purchase-company.ts';

const DURING = new Date('2026-12-03T12:00:00Z');

function setUp(changes: { readonly [employeeId: string]: object } = {}) {
  const store = new MemoryStore();
  const people = directoryData.people.map((one) => ({ ...one, ...changes[one.employeeId] }));
  const directory = createStoreDirectory(store, createFileDirectory({ ...directoryData, people }));
  const clock = new SettableClock('2026-11-25T00:00:00.000Z');
  const deps = { store, clock, randomness: seededRandomness(1), directory };
  const substitutes = async (at = DURING, subject = 'order', of = 'E-2001') =>
    (await directory.substitutesFor(of, at, subject)).map(({ employeeId }) => employeeId);
  return {
    store,
    clock,
    substitutes,
    approve: (more: object = {}) => recordLeave(deps, { kind: 'approved', detail: approved(more) }),
    cancel: (more: object = {}) => recordLeave(deps, { kind: 'cancelled', detail: cancelled(more) }),
    /** Who was told what about standing in, in order. */
    mails: () =>
      store
        .effects()
        .flatMap(({ effect }) =>
          effect.kind === 'mail' && effect.mail.template === 'stand-in'
            ? [[effect.mail.to, effect.mail.facts.news]]
            : [],
        ),
    record: (requestId = 'LV-1') => store.readRecord(leaveIdOf({ system: 'demo-oa', requestId })),
  };
}

function envelope({ requestId = 'LV-1', occurredAt = '2026-11-25T08:00:00+08:00' }) {
  const metadata = { eventId: `event-${requestId}`, correlationId: requestId, occurredAt, schemaVersion: '1.0' };
  return { metadata, oa: { system: 'demo-oa', requestId }, employee: { employeeId: 'E-2001' } };
}

function approved({ requestId, occurredAt, ...more }: { requestId?: string; occurredAt?: string } & object) {
  return leaveApprovedSchema.parse({
    ...envelope({ ...(requestId ? { requestId } : {}), ...(occurredAt ? { occurredAt } : {}) }),
    from: '2026-12-01T00:00:00+08:00',
    until: '2026-12-08T00:00:00+08:00',
    substitute: { employeeId: 'E-2002' },
    ...more,
  });
}

function cancelled({ requestId, occurredAt, ...more }: { requestId?: string; occurredAt?: string } & object) {
  return leaveCancelledSchema.parse({
    ...envelope({ ...(requestId ? { requestId } : {}), ...(occurredAt ? { occurredAt } : {}) }),
    ...more,
  });
}

describe('an approved leave', () => {
  it('makes the substitute for its days and no others, and says so in a record that verifies', async () => {
    const { approve, substitutes, record, store } = setUp();
    await approve();

    expect(await substitutes()).toEqual(['E-2002']);
    expect(await substitutes(new Date('2026-11-30T15:59:59Z'))).toEqual([]);
    expect(await substitutes(new Date('2026-12-07T16:00:00Z'))).toEqual([]);
    const id = leaveIdOf({ system: 'demo-oa', requestId: 'LV-1' });
    const head = await readHead(store, id);
    expect((await record()).map(({ type, facts }) => [type, facts.substituteId, facts.chosenBy])).toEqual([
      ['LeaveApproved', 'E-2002', 'event'],
    ]);
    expect(verifyChain(id, await record(), head === undefined ? {} : { expectedHead: head.chain })).toEqual([]);
  });

  it('tells whoever stands in, again when it changes, and whoever does no more', async () => {
    const { approve, cancel, mails } = setUp();
    await approve();
    await approve();
    expect(mails()).toEqual([['E-2002', 'named']]);

    await approve({ occurredAt: '2026-11-25T09:00:00+08:00', until: '2026-12-09T00:00:00+08:00' });
    await approve({ occurredAt: '2026-11-25T10:00:00+08:00', substitute: { employeeId: 'E-1004' } });
    await cancel({ occurredAt: '2026-11-25T11:00:00+08:00' });
    await cancel({ occurredAt: '2026-11-25T11:00:00+08:00' });

    expect(mails()).toEqual([
      ['E-2002', 'named'],
      ['E-2002', 'named'],
      ['E-2002', 'ended'],
      ['E-1004', 'named'],
      ['E-1004', 'ended'],
    ]);
  });

  it('that is over tells nobody when it is cancelled', async () => {
    const { approve, cancel, clock, mails } = setUp();
    await approve();
    clock.forward(14 * 24 * 3600);
    await cancel({ occurredAt: '2026-12-09T08:00:00+08:00' });

    expect(mails()).toEqual([['E-2002', 'named']]);
  });

  it('gives away only the subjects of its scope', async () => {
    const { approve, substitutes } = setUp();
    await approve({ scope: ['payment'] });

    expect(await substitutes(DURING, 'payment')).toEqual(['E-2002']);
    expect(await substitutes(DURING, 'order')).toEqual([]);
  });

  it.each([
    [
      'whom the directory names for that person',
      undefined,
      { 'E-2001': { substituteId: 'E-4001' } },
      'E-4001',
      'directory',
    ],
    ['the manager', undefined, {}, 'E-3001', 'manager'],
    ['the manager, when the one who is named has left', 'E-1003', {}, 'E-3001', 'manager'],
    ['the manager, when nobody knows the one who is named', 'E-9', {}, 'E-3001', 'manager'],
    ['the manager, when the person names themselves', 'E-2001', {}, 'E-3001', 'manager'],
  ])('lets %s stand in when its event names nobody who can', async (_who, named, changes, expected, chosenBy) => {
    const { approve, substitutes, record } = setUp(changes);
    await approve({ substitute: named === undefined ? undefined : { employeeId: named } });

    expect(await substitutes()).toEqual([expected]);
    expect((await record())[0]?.facts).toMatchObject({ chosenBy, ...(named === undefined ? {} : { named }) });
  });

  it('of the head of the company, for whom nobody can stand in, is told to the operators', async () => {
    const { approve, substitutes, store } = setUp();
    await approve({ employee: { employeeId: 'E-0001' }, substitute: undefined });

    expect(await substitutes(DURING, 'order', 'E-0001')).toEqual([]);
    expect(store.effects().map(({ effect }) => effect)).toMatchObject([
      { kind: 'mail', mail: { to: 'operators', facts: { problem: expect.stringContaining('nobody can stand in') } } },
    ]);
  });

  it('counts once when it is delivered twice, also at the same instant', async () => {
    const { approve, record, substitutes } = setUp();
    await Promise.all([approve(), approve(), approve()]);
    await approve();

    expect(await record()).toHaveLength(1);
    expect(await substitutes()).toEqual(['E-2002']);
  });

  it('is changed by a later approval, and not by one that was overtaken', async () => {
    const { approve, record, substitutes } = setUp();
    await approve({ occurredAt: '2026-11-25T10:00:00+08:00', until: '2026-12-10T00:00:00+08:00' });
    await approve({ occurredAt: '2026-11-25T09:00:00+08:00' });
    expect(await substitutes(new Date('2026-12-09T00:00:00Z'))).toEqual(['E-2002']);

    await approve({ occurredAt: '2026-11-25T11:00:00+08:00', until: '2026-12-02T00:00:00+08:00' });
    expect(await substitutes()).toEqual([]);
    expect((await record()).map(({ type }) => type)).toEqual(['LeaveApproved', 'LeaveChanged']);
  });

  it('counts no more once it is cancelled, for good, and whatever comes later', async () => {
    const { approve, cancel, record, substitutes } = setUp();
    await approve();
    await cancel({ occurredAt: '2026-11-26T08:00:00+08:00' });
    await cancel({ occurredAt: '2026-11-26T08:00:00+08:00' });
    await approve({ occurredAt: '2026-11-27T08:00:00+08:00' });

    expect(await substitutes()).toEqual([]);
    expect((await record()).map(({ type }) => type)).toEqual(['LeaveApproved', 'LeaveCancelled']);
  });

  it('counts for nothing when its cancellation came before it', async () => {
    const { approve, cancel, record, substitutes } = setUp();
    await cancel({ occurredAt: '2026-11-26T08:00:00+08:00' });
    await approve();

    expect(await substitutes()).toEqual([]);
    expect((await record()).map(({ type }) => type)).toEqual(['LeaveCancelled']);
  });

  it('gives way to the one that was approved last on the days that they share', async () => {
    const { approve, cancel, substitutes } = setUp();
    await approve();
    const half = { from: '2026-12-03T00:00:00+08:00', until: '2026-12-04T00:00:00+08:00' };
    await approve({ requestId: 'LV-2', ...half, substitute: { employeeId: 'E-4001' } });

    expect(await substitutes(new Date('2026-12-02T00:00:00Z'))).toEqual(['E-2002']);
    expect(await substitutes(new Date('2026-12-03T00:00:00Z'))).toEqual(['E-4001']);
    expect(await substitutes(new Date('2026-12-05T00:00:00Z'))).toEqual(['E-2002']);
    await cancel({ requestId: 'LV-2' });
    expect(await substitutes(new Date('2026-12-03T00:00:00Z'))).toEqual(['E-2002']);
  });

  it('that is over is recorded, and makes nobody a substitute', async () => {
    const { approve, record, substitutes } = setUp();
    await approve({ from: '2026-11-01T00:00:00Z', until: '2026-11-25T00:00:00Z' });

    expect(await substitutes(new Date('2026-11-20T00:00:00Z'))).toEqual([]);
    expect((await record())[0]?.facts).toMatchObject({ status: 'past' });
  });

  it('goes before an absence of the directory, and is lost with no other version of it', async () => {
    const week = { from: '2026-12-01T00:00:00+08:00', until: '2026-12-08T00:00:00+08:00', substituteId: 'E-4001' };
    const { approve, cancel, substitutes } = setUp({ 'E-2001': { absences: [week] } });
    expect(await substitutes()).toEqual(['E-4001']);
    await approve();
    expect(await substitutes()).toEqual(['E-2002']);
    await cancel();
    expect(await substitutes()).toEqual(['E-4001']);
  });

  it('of somebody whom the directory does not know comes back, and one of somebody else changes nothing', async () => {
    const { approve, cancel, record, substitutes } = setUp();
    await expect(approve({ employee: { employeeId: 'E-9' } })).rejects.toMatchObject({ rule: 'unknown-employee' });
    expect(await record()).toEqual([]);

    await approve();
    await expect(cancel({ employee: { employeeId: 'E-2002' } })).rejects.toMatchObject({ rule: 'another-employee' });
    expect(await substitutes()).toEqual(['E-2002']);
  });

  it('that ends before it begins is no event', () => {
    expect(leaveApprovedSchema.safeParse({ ...approved({}), until: '2026-11-30T00:00:00+08:00' }).success).toBe(false);
  });
});
