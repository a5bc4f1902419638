/** Many requests in the same instant, and an ERP that serves few of them at a time. */
import { expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { PURCHASE } from '../../functions/procurement/domain/purchase.ts';
import { processIdOf } from '../../functions/requests/register-request.ts';
import { directoryData, OPERATORS_MAIL, type RequisitionEvent, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { WorkQueue } from '../support/work-queue.ts';

const BURST = 2_000;
/** Each asks for little, so that one yes is enough for all that they ask for together. */
const REQUESTERS = 400;
/** Calls that the ERP serves at once; each takes it a twentieth of a second, and it refuses what comes meanwhile. */
const SERVED = 5;
const CALL_MS = 50;
/** What happens while the ERP serves one call: messages that the queue gives out, and requests that people approve. */
const STARTED = 5;
const APPROVED = 2;

function requesterOf(index: number): string {
  return `E-${90_000 + (index % REQUESTERS)}`;
}

function company() {
  const employees = directoryData.people.filter(({ employeeId }) => employeeId === 'E-1001');
  const requesters = employees.flatMap((employee) =>
    Array.from({ length: REQUESTERS }, (_, index) => ({
      ...employee,
      employeeId: requesterOf(index),
      email: `requester-${index}@meridian.example`,
    })),
  );
  return createFileDirectory({ ...directoryData, people: [...directoryData.people, ...requesters] });
}

function burst(): RequisitionEvent[] {
  const lines = [{ productCode: 'P-1002', quantity: '3', unitPrice: '128.00', amount: '384.00' }];
  return Array.from({ length: BURST }, (_, index) => ({
    ...requisitionEvent({ requestId: `PR-${index}`, requisition: { lines, total: '384.00' } }),
    requester: { employeeId: requesterOf(index) },
  }));
}

/** The ERP refuses what it cannot serve; told is what it made of its calls. */
function limit({ erp, engine }: PurchaseWorld) {
  const calls = { slot: 0, inSlot: 0, most: 0, refused: 0 };
  erp.fault = () => {
    const slot = Math.floor(engine.now().getTime() / CALL_MS);
    calls.inSlot = slot === calls.slot ? calls.inSlot : 0;
    calls.slot = slot;
    if (calls.inSlot === SERVED) {
      calls.refused += 1;
      return 'down';
    }
    calls.inSlot += 1;
    calls.most = Math.max(calls.most, calls.inSlot);
    return undefined;
  };
  return calls;
}

/** Every manager answers each of their mails. */
async function approveAll(world: PurchaseWorld): Promise<void> {
  const links = world.allLinks();
  for (let first = 0; first < links.length; first += APPROVED) {
    for (const secret of links.slice(first, first + APPROVED)) {
      await world.clickByLink(secret, 'approve');
    }
    await world.run();
    await world.engine.advanceBy(CALL_MS);
  }
}

it('a burst of 2,000 requisitions makes one process and one order of each while the ERP serves five calls at once and refuses all others', async () => {
  const world = new PurchaseWorld({ directory: company() });
  const calls = limit(world);
  const events = burst();
  const queue = new WorkQueue<RequisitionEvent>((event) => world.start(event));

  queue.send(events);
  // Delivery is at least once.
  queue.send(events.filter((_, index) => index % 10 === 0));
  while (queue.waiting.length > 0) {
    await queue.work(STARTED);
    await world.engine.advanceBy(CALL_MS);
  }
  await world.advance(1);
  await approveAll(world);
  await world.advance(1);

  const told = world.told();
  for (const status of ['accepted', 'approved', 'ordered']) {
    expect(told.filter((one) => one === status)).toHaveLength(BURST);
  }
  const processIds = events.map(({ oa }) => processIdOf(PURCHASE, oa));
  expect([...world.store.phases.keys()].toSorted()).toEqual(processIds.toSorted());
  const heads = await Promise.all(events.map((event) => world.head(event)));
  const ordered = heads.map(({ state }) => state.order?.orderNumber);
  expect(ordered.toSorted()).toEqual(
    world.erp
      .allOrders()
      .map(({ orderNumber }) => orderNumber)
      .toSorted(),
  );
  expect(new Set(ordered).size).toBe(BURST);
  expect(calls.most).toBe(SERVED);
  expect(calls.refused).toBeGreaterThan(BURST);
  expect([queue.waiting, queue.deadLetters, world.store.effects()]).toEqual([[], [], []]);
  expect(world.mails.filter(({ to }) => to === OPERATORS_MAIL)).toEqual([]);
}, 300_000);
