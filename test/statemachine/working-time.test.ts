/** Deadlines in working time, through the real machines on virtual time, which begins on New Year's morning of 2026. */
import { describe, expect, it } from 'vitest';
import { viewDecision } from '../../functions/approvals/act-by-link.ts';
import { createCalendar } from '../../functions/calendar/domain/calendar.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { companyPolicies, directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { china, chinaFile } from '../unit/calendar/calendars.ts';

const event = requisitionEvent();
const MANAGER = 'E-2001';
/** Knows nothing of the year in which the stories play. */
const lastYears = createCalendar({ ...chinaFile, years: { 2025: chinaFile.years['2025'] ?? expect.unreachable() } });

/** What stands in the record of a type: facts, and when. */
async function recorded(world: PurchaseWorld, type: string, of = event) {
  const entries = (await world.record(of)).filter((entry) => entry.type === type);
  return entries.map(({ facts, occurredAt }) => ({ ...facts, occurredAt }));
}

function directoryWithManagerIn(timeZone: string) {
  const people = directoryData.people.map((person) =>
    person.employeeId === MANAGER ? { ...person, timeZone } : person,
  );
  return createFileDirectory({ ...directoryData, people });
}

describe('a level', () => {
  it('reminds, escalates and expires after hours of work, with the calendar in the record', async () => {
    const world = new PurchaseWorld({ calendar: china });
    await world.submit(event);

    // Three days are free, and then a Sunday is worked.
    expect(await recorded(world, 'LevelOpened')).toMatchObject([
      { deadline: '2026-01-22T10:00:00.000Z', calendar: 'China 2025-11-04', timeZone: 'Asia/Shanghai' },
    ]);
    await world.advance(24 * 30);

    expect(await recorded(world, 'LevelReminded')).toMatchObject([
      { step: 1, occurredAt: '2026-01-06T10:00:00.000Z' },
      { step: 2, occurredAt: '2026-01-14T10:00:00.000Z' },
    ]);
    expect(await recorded(world, 'LevelEscalated')).toMatchObject([
      { step: 1, occurredAt: '2026-01-09T10:00:00.000Z' },
      { step: 2, occurredAt: '2026-01-19T10:00:00.000Z' },
    ]);
    expect(await recorded(world, 'ApprovalClosed')).toMatchObject([
      { outcome: 'expired', occurredAt: '2026-01-22T10:00:00.000Z' },
    ]);
    expect((await world.head(event)).outcome).toBe('expired');
  });

  it('counts the working time of whoever is asked, and shows them their own clocks', async () => {
    const world = new PurchaseWorld({ calendar: china, directory: directoryWithManagerIn('Europe/Berlin') });
    await world.submit(event);

    expect(await recorded(world, 'LevelOpened')).toMatchObject([
      { deadline: '2026-01-22T17:00:00.000Z', timeZone: 'Europe/Berlin' },
    ]);
    expect(world.mails.at(-1)?.text).toContain('2026年1月22日 18:00 GMT+1');
    const shown = await viewDecision(world.decisionDeps(), {
      secret: await world.linkOf(MANAGER),
      address: '192.0.2.1',
    });
    expect(shown).toMatchObject({ kind: 'shown', view: { timeZone: 'Europe/Berlin' } });
  });

  it('that the operators are asked about counts by the clock, as the table says', async () => {
    const world = new PurchaseWorld({
      calendar: china,
      fault: (_, name) => (name === 'CreateOrder' ? 'refused' : undefined),
    });
    await world.submit(event);
    await world.approveOrder();

    const asked = (await recorded(world, 'LevelOpened')).find(
      (entry) => 'subject' in entry && entry.subject === 'operator',
    );
    expect(asked).toMatchObject({ deadline: expect.stringMatching(/^2026-04-01T00:00/) });
    expect(asked).not.toHaveProperty('calendar');
  });
});

describe('a wait for the ERP', () => {
  it('counts hours of work where the table says so', async () => {
    const world = new PurchaseWorld({
      calendar: china,
      policies: {
        ...companyPolicies,
        waitingTimes: async () => ({
          countedIn: 'working time',
          remindAfterHours: 8,
          escalateAfterHours: 16,
          expireAfterHours: 24,
        }),
      },
    });
    await world.submit(event);
    await world.approveOrder();

    expect(await recorded(world, 'WaitOpened')).toMatchObject([
      { deadline: '2026-01-06T10:00:00.000Z', calendar: 'China 2025-11-04' },
    ]);
    await world.advance(24 * 4);

    expect(await recorded(world, 'WaitReminded')).toMatchObject([{ occurredAt: '2026-01-04T10:00:00.000Z' }]);
    expect(await recorded(world, 'WaitEscalated')).toEqual([]);
  });

  it('counts by the clock where the table says that', async () => {
    const world = new PurchaseWorld({ calendar: china });
    await world.submit(event);
    await world.approveOrder();

    expect(await recorded(world, 'WaitOpened')).toMatchObject([
      { deadline: expect.stringMatching(/^2026-04-01T00:00/) },
    ]);
  });
});

describe('a year that the calendar does not have', () => {
  it('is not guessed: the wait ends by the clock, each says so, and the operators are told once', async () => {
    const world = new PurchaseWorld({ calendar: lastYears });
    const another = requisitionEvent({ requestId: 'PR-2' });
    await world.submit(event);
    await world.submit(another);

    for (const one of [event, another]) {
      expect(await recorded(world, 'LevelOpened', one)).toMatchObject([{ deadline: '2026-01-06T00:00:00.000Z' }]);
      expect(await recorded(world, 'CalendarYearMissing', one)).toMatchObject([
        { calendar: 'China 2025-11-04', year: 2026 },
      ]);
    }
    const notices = world.mails.filter(({ text }) => text.includes('has no holidays of 2026'));
    expect(notices).toMatchObject([{ to: 'operators@meridian.example' }]);
    await world.advance(24 * 6);
    expect((await world.head(event)).outcome).toBe('expired');
    expect(await world.damages(event)).toEqual([]);
  });

  it('is told once when two purchases meet it at the same instant', async () => {
    const world = new PurchaseWorld({ calendar: lastYears });
    const events = ['PR-1', 'PR-2', 'PR-3'].map((requestId) => requisitionEvent({ requestId }));
    await Promise.all(events.map((one) => world.start(one)));
    await world.run();

    const notices = world.mails.filter(({ text }) => text.includes('has no holidays of 2026'));
    expect(notices).toHaveLength(1);
    expect((await Promise.all(events.map((one) => recorded(world, 'CalendarYearMissing', one)))).flat()).toHaveLength(
      3,
    );
  });
});
