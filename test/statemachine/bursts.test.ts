/** Many requests in the same instant, and an ERP that serves few of them at a time. */
import { expect, it } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

/** As many as a test has time for. */
const BURST = 100;
/** Calls that the ERP serves at once; each takes it a fifth of a second, and it refuses what comes meanwhile. */
const SERVED = 5;
const CALL_MS = 200;

it('a burst of requisitions is accepted without loss while the ERP serves five calls at once and refuses all others', async () => {
  const world = new PurchaseWorld();
  const calls = { slot: 0, inSlot: 0, refused: 0 };
  world.erp.fault = () => {
    const slot = Math.floor(world.engine.now().getTime() / CALL_MS);
    calls.inSlot = slot === calls.slot ? calls.inSlot + 1 : 1;
    calls.slot = slot;
    const isRefused = calls.inSlot > SERVED;
    calls.refused += isRefused ? 1 : 0;
    return isRefused ? 'down' : undefined;
  };
  const event = requisitionEvent();
  const events = Array.from({ length: BURST }, (_, index) => ({
    ...event,
    metadata: { ...event.metadata, eventId: `burst-${index}`, correlationId: `PR-${index}` },
    oa: { ...event.oa, requestId: `PR-${index}` },
  }));

  for (const one of events) {
    await world.start(one);
  }
  await world.run();
  await world.advance(1);

  expect(calls.refused).toBeGreaterThan(BURST);
  expect(world.told()).toEqual(events.map(() => 'accepted'));
  const records = await Promise.all(events.map((one) => world.entryTypes(one)));
  expect(records.filter((types) => types.includes('LevelOpened') && types.includes('MailSent'))).toHaveLength(BURST);
  expect(world.mails.filter(({ to }) => to === 'operators@meridian.example')).toEqual([]);
}, 120_000);
