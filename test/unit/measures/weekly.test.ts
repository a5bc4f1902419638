import { describe, expect, test } from 'vitest';
import type { Mail } from '../../../functions/mail/port.ts';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import { sendWeeklyFigures } from '../../../functions/measures/send-weekly-figures.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { measuring } from './measured-records.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A company in which a purchase was paid and another waits, on the Monday after at an hour of Shanghai's clocks. */
async function mondayAt(hour: number) {
  const world = new PurchaseWorld();
  const events = [requisitionEvent(), requisitionEvent()] as const;
  const [event] = events;
  await world.submit(event);
  await world.advance(3);
  await world.approveOrder();
  await world.deliver();
  await world.pay();
  const { deps } = measuring(world.store, { directory: world.directory });
  const record = await world.record(event);
  await measureRecord(deps, { entries: record }, 'm-1');
  const ended = Date.parse(record.at(-1)?.occurredAt ?? '');
  const monday = ended + DAY * ((8 - new Date(ended + 8 * HOUR).getUTCDay()) % 7 || 7);
  const midnight = Math.floor((monday + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
  return { world, clock: new SettableClock(new Date(midnight + hour * HOUR).toISOString()) };
}

async function sendingAt(hour: number, send: (mail: Mail) => Promise<void> = async () => undefined) {
  const { world, clock } = await mondayAt(hour);
  const mails: Mail[] = [];
  const deps = {
    ...{ store: world.store, directory: world.directory, clock, calendar: undefined, timeZone: 'Asia/Shanghai' },
    mail: {
      send: async (mail: Mail) => {
        await send(mail);
        mails.push(mail);
        return { messageId: 'm' };
      },
    },
    onFailure: () => undefined,
    posts: ['general-manager', 'general-manager', 'nobody-holds-this'],
    url: 'https://example.com/dashboards',
  };
  return { deps, mails, clock };
}

describe('the figures of the week', () => {
  test('are mailed once to each who holds a post that the company named, on the first working morning', async () => {
    const { deps, mails, clock } = await sendingAt(8.5);

    const runs = [await sendWeeklyFigures(deps), await sendWeeklyFigures(deps)];
    clock.forward(86_400);
    runs.push(await sendWeeklyFigures(deps));

    expect(runs).toEqual([
      { sent: 1, failed: 0 },
      { sent: 0, failed: 0 },
      { sent: 0, failed: 0 },
    ]);
    expect(mails).toHaveLength(1);
  });

  test('are of the week before: how many started and ended, how long it took, and how well', async () => {
    const { deps, mails } = await sendingAt(9);

    await sendWeeklyFigures(deps);

    const [{ text, subject } = { text: '', subject: '' }] = mails;
    expect(subject).toMatch(/一周流程概况/);
    expect(text).toMatch(/采购到付款：发起 1（上周 0），办结 1（上周 0）/);
    expect(text).toContain('一次通过率 100 %');
    expect(text).toContain('https://example.com/dashboards');
  });

  test('go to nobody at another time of the day', async () => {
    const { deps, mails } = await sendingAt(15);

    expect(await sendWeeklyFigures(deps)).toEqual({ sent: 0, failed: 0 });
    expect(mails).toEqual([]);
  });

  test('that could not be sent are sent by the next run of the morning', async () => {
    let tries = 0;
    const { deps, mails } = await sendingAt(8, async () => {
      tries += 1;
      if (tries === 1) {
        throw new ConnectorTransientError('SES is busy');
      }
    });

    await expect(sendWeeklyFigures(deps)).rejects.toThrow('SES is busy');
    await sendWeeklyFigures(deps);

    expect(mails).toHaveLength(1);
  });
});
