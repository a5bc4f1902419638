/** The requester urges those who are to decide. */
import { describe, expect, it } from 'vitest';
import { urgeApproval } from '../../functions/approvals/urge-approval.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const MANAGER_MAIL = 'wang.qiang@meridian.example';

async function submitted(): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  return world;
}

async function urge(world: PurchaseWorld, by = 'E-1001', eventId?: string) {
  const { processId } = await world.head(event);
  const result = await urgeApproval(world.urgeDeps(), { processId, by, ...(eventId === undefined ? {} : { eventId }) });
  await world.run();
  return result;
}

const mailsTo = (world: PurchaseWorld, to: string) => world.mails.filter((mail) => mail.to === to).length;

describe('an urge', () => {
  it("reminds whoever has the task now, and is recorded as the requester's", async () => {
    const world = await submitted();
    const before = mailsTo(world, MANAGER_MAIL);

    expect(await urge(world)).toBe('urged');

    expect(mailsTo(world, MANAGER_MAIL)).toBe(before + 1);
    const entry = (await world.record(event)).find(({ type }) => type === 'LevelUrged');
    expect(entry).toMatchObject({ actor: { kind: 'person', id: 'E-1001' }, facts: { approverIds: ['E-2001'] } });
    expect(await world.decide('E-2001', 'approve')).toMatchObject({ kind: 'decided' });
  });

  it('counts once in four hours, and an event that comes twice counts once', async () => {
    const world = await submitted();
    await urge(world, 'E-1001', 'urge-1');
    const before = mailsTo(world, MANAGER_MAIL);

    expect(await urge(world, 'E-1001', 'urge-1')).toBe('urged');
    expect(world.notices.at(-1)?.status).toBe('accepted');
    await world.advance(3);
    expect(await urge(world, 'E-1001', 'urge-2')).toBe('urged-already');
    expect(world.notices.at(-1)).toMatchObject({ status: 'urge-refused', facts: { refusal: 'urged-already' } });
    expect(mailsTo(world, MANAGER_MAIL)).toBe(before);
    await world.advance(1);
    expect(await urge(world, 'E-1001', 'urge-3')).toBe('urged');
    expect(mailsTo(world, MANAGER_MAIL)).toBe(before + 1);
  });

  it('is refused from others, and while nobody is asked, and recorded', async () => {
    const world = await submitted();

    expect(await urge(world, 'E-1002')).toBe('not-the-requester');
    await world.returnIt('E-2001');
    expect(await urge(world)).toBe('nobody-asked');

    const refused = (await world.record(event)).filter(({ type }) => type === 'UrgeRefused');
    expect(refused.map(({ facts }) => facts.refusal)).toEqual(['not-the-requester', 'nobody-asked']);
    expect(await world.damages(event)).toEqual([]);
  });

  it('of a request that nobody knows is unknown', async () => {
    const world = await submitted();

    expect(await urgeApproval(world.urgeDeps(), { processId: 'none', by: 'E-1001' })).toBe('unknown');
  });
});
