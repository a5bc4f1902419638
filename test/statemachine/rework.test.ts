/** A requisition that an approver returns to its requester, and what is sent in its place. */
import { describe, expect, it } from 'vitest';
import { viewDecision } from '../../functions/approvals/act-by-link.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const REQUESTER_MAIL = 'li.na@meridian.example';

/** Less in all, and other quantities. */
const CHEAPER = {
  title: 'Fewer chairs and paper',
  lines: [
    { productCode: 'P-1001', quantity: '3', unitPrice: '680.00', amount: '2040.00' },
    { productCode: 'P-1002', quantity: '25', unitPrice: '128.00', amount: '3200.00' },
  ],
  total: '5240.00',
};

async function returned(by = MANAGER): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  if (by === HEAD) {
    await world.decide(MANAGER, 'approve');
  }
  expect(await world.returnIt(by)).toMatchObject({ kind: 'done' });
  return world;
}

async function expectUntouched(world: PurchaseWorld, deed: () => Promise<unknown>): Promise<void> {
  const { chain: _before, ...before } = await world.head(event);
  await deed();
  const { chain: _grown, ...after } = await world.head(event);
  expect(after).toEqual(before);
}

describe('a requisition that is returned', () => {
  it('is with its requester, who is told by mail and in the OA what to change and until when', async () => {
    const world = await returned();

    expect(await world.head(event)).toMatchObject({ status: 'running', phase: 'Rework' });
    const mail = world.mails.findLast(({ to }) => to === REQUESTER_MAIL);
    expect(mail?.text).toContain('Ten chairs are too many');
    expect(world.notices.at(-1)).toMatchObject({ status: 'returned', facts: { version: 1 } });
    expect(world.notices.at(-1)?.text.en).toContain('Ten chairs are too many');
    expect(world.notices.at(-1)?.facts.deadline).toBe(Object.values((await world.head(event)).waits)[0]?.deadline);
  });

  it('is decided about no more by any of its links', async () => {
    const world = await returned(HEAD);

    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'refused' });
    expect(await world.decide(HEAD, 'approve')).toMatchObject({ kind: 'refused', refusal: 'returned' });

    expect(await world.head(event)).toMatchObject({ phase: 'Rework' });
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('needs a reason to be returned', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);

    expect(await world.returnIt(MANAGER, ' ')).toMatchObject({ kind: 'refused', refusal: 'comment-required' });
    expect((await world.head(event)).phase).toBe('Order approval');
  });

  it('reminds its requester, tells their manager, and expires when nothing comes', async () => {
    const world = await returned();
    await world.advance(24);
    expect(await world.entryTypes(event)).toContain('WaitReminded');
    expect(world.mails.at(-1)?.to).toBe(REQUESTER_MAIL);
    await world.advance(48);
    expect(await world.entryTypes(event)).toContain('WaitEscalated');
    expect(world.mails.at(-1)?.to).toBe('wang.qiang@meridian.example');
    await world.advance(24 * 5);

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'expired', waits: {} });
    expect(await world.resubmit(event)).toBe('refused');
    expect(world.notices.at(-1)).toMatchObject({ status: 'resubmission-refused', facts: { refusal: 'ended' } });
    expect(await world.damages(event)).toEqual([]);
  });

  it('can be withdrawn while it is with its requester', async () => {
    const world = await returned();

    expect(await world.withdraw(event)).toBe('withdrawn');

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'withdrawn', waits: {} });
  });
});

describe('what is sent in the place of a returned requisition', () => {
  it('is the next version, is approved anew, and is what is ordered', async () => {
    const world = await returned();

    expect(await world.resubmit(event, { changes: CHEAPER })).toBe('taken');
    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 2 });
    await world.approveOrder();

    expect(world.erp.allOrders()).toMatchObject([{ total: '5240.00' }]);
    expect(world.told()).toEqual(['accepted', 'returned', 'accepted', 'approved', 'ordered']);
    expect(await world.damages(event)).toEqual([]);
  });

  it('makes earlier links say that there is a newer version', async () => {
    const world = await returned();
    const old = await world.linkOf(MANAGER);
    await world.resubmit(event, { changes: CHEAPER });

    const view = await viewDecision(world.decisionDeps(), { secret: old, address: '192.0.2.1' });

    expect(view).toMatchObject({ kind: 'shown', view: { refusal: 'stale-version', offered: [] } });
    expect(await world.decideByLink(old, 'approve')).toMatchObject({ kind: 'refused', refusal: 'stale-version' });
  });

  it('goes to other levels when it costs more', async () => {
    const world = await returned();
    const lines = [{ productCode: 'P-1001', quantity: '80', unitPrice: '680.00', amount: '54400.00' }];

    await world.resubmit(event, { changes: { lines, total: '54400.00' } });
    await world.approveOrder();

    expect(world.erp.allOrders()).toEqual([]);
    expect(await world.lastAsked()).toBe('E-3003');
  });

  it('is refused field by field when it is wrong, and can be sent again within the same time', async () => {
    const world = await returned();
    const [before] = Object.values((await world.head(event)).waits);
    await world.advance(1);

    expect(await world.resubmit(event, { changes: { total: '1.00' } })).toBe('taken');

    const refused = world.notices.at(-1);
    expect(refused).toMatchObject({ status: 'resubmission-refused', facts: { refusal: 'incomplete', version: 1 } });
    expect(refused?.text.en).toContain('requisition.total');
    expect(world.mails.at(-1)).toMatchObject({ to: REQUESTER_MAIL });
    const head = await world.head(event);
    expect(head).toMatchObject({ status: 'running', phase: 'Rework' });
    expect(Object.values(head.waits)).toMatchObject([{ deadline: before?.deadline }]);
    expect(await world.resubmit(event, { changes: CHEAPER, eventId: 'corrected' })).toBe('taken');
    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 2 });
  });

  it('is refused when the ERP does not know its supplier, and can be sent again', async () => {
    const world = await returned();

    await world.resubmit(event, { changes: { supplierCode: 'SUP-999' } });
    expect(world.notices.at(-1)).toMatchObject({ status: 'resubmission-refused' });
    await world.resubmit(event, { eventId: 'corrected' });

    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 2 });
  });

  it('may be returned again, and is a third version then', async () => {
    const world = await returned();
    await world.resubmit(event, { changes: CHEAPER });
    await world.returnIt(MANAGER, 'And a cheaper paper');

    expect(await world.resubmit(event, { version: 1, eventId: 'late' })).toBe('refused');
    expect(world.notices.at(-1)?.facts).toMatchObject({ refusal: 'other-version', version: 2 });
    expect(await world.resubmit(event, { version: 2, changes: CHEAPER })).toBe('taken');

    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 3 });
  });

  it('changes nothing when nobody asked for it', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);

    await expectUntouched(world, () => world.resubmit(event));

    expect(world.notices.at(-1)).toMatchObject({ status: 'resubmission-refused', facts: { refusal: 'not-asked-for' } });
    expect(await world.entryTypes(event)).toContain('ResubmissionRefused');
  });

  it('changes nothing when it comes from somebody else, or as something else under the same event', async () => {
    const world = await returned();
    await expectUntouched(world, () => world.resubmit(event, { by: 'E-1002' }));
    expect(world.notices.at(-1)?.facts).toMatchObject({ refusal: 'not-the-requester' });
    await world.resubmit(event, { changes: CHEAPER });

    await expectUntouched(world, () => world.resubmit(event, { changes: { ...CHEAPER, title: 'Other chairs' } }));

    expect(world.notices.at(-1)?.facts).toMatchObject({ refusal: 'duplicate' });
  });

  it('is neither refused nor answered again when its event is delivered twice', async () => {
    const world = await returned();
    await world.resubmit(event, { changes: CHEAPER });
    const [told, recorded] = [world.notices.length, await world.entryTypes(event)];

    expect(await world.resubmit(event, { changes: CHEAPER })).toBe('taken');

    expect([world.notices.length, await world.entryTypes(event)]).toEqual([told, recorded]);
  });

  it('is not lost when it comes before the process has come to wait for it', async () => {
    let isDown = false;
    const world = new PurchaseWorld({
      fault: (_, name) => (isDown && name === 'AwaitFacts' ? 'dies-before' : undefined),
    });
    await world.submit(event);
    isDown = true;
    await world.returnIt(MANAGER);
    expect(await world.resubmit(event, { changes: CHEAPER })).toBe('taken');
    isDown = false;

    await world.giveUpRetrying();

    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 2 });
    expect(world.notices.map(({ status }) => status)).not.toContain('returned');
  });
});
