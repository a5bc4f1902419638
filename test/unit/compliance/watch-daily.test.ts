import { describe, expect, it, vi } from 'vitest';
import { createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { commandCase } from '../../../functions/compliance/case-store.ts';
import { watchDaily } from '../../../functions/compliance/watch-daily.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { publishFigures } from '../../../functions/measures/publish-figures.ts';
import type { Policies } from '../../../functions/policy/port.ts';
import { headKey } from '../../../functions/process/keys.ts';
import { Compliance, OFFICER } from '../../support/compliance.ts';
import { companyRules, directoryData, OPERATORS_MAIL, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { measuring } from '../measures/measured-records.ts';
import { openCompliance } from './open-compliance.ts';

const DAY = 24;
/** Posts of the demonstration company that its rules name and nobody holds. */
const FILLED = createFileDirectory({
  ...directoryData,
  people: directoryData.people.map((person) =>
    person.employeeId === 'E-5001' ? { ...person, posts: directoryData.posts.map(({ postId }) => postId) } : person,
  ),
});

/** A round over a world in which nobody is missing, unless a test says so. */
function roundOf(compliance: Compliance, parts: Partial<Parameters<typeof watchDaily>[0]> = {}) {
  return watchDaily({ ...compliance.deps(), directory: FILLED, rules: companyRules, calendar: undefined, ...parts });
}

/** Waits for goods longer than it should, since no alarm rang. */
async function forgotten(): Promise<{ world: PurchaseWorld; compliance: Compliance }> {
  const world = new PurchaseWorld();
  world.alarms.set = async () => undefined;
  await world.submit(requisitionEvent());
  await world.approveOrder();
  return { world, compliance: new Compliance(world) };
}

/** Of all of Meridian. */
function isWhole(splits: readonly object[]): boolean {
  return splits.every((split) => Object.keys(split).length === 0);
}

describe('the daily round', () => {
  it('finds a wait that is open long after its deadline, once', async () => {
    const { world, compliance } = await forgotten();
    await world.advance(90 * DAY);
    expect(await roundOf(compliance)).toEqual({ opened: 0, overdueCases: 0, problems: [] });
    await world.advance(2 * DAY);

    expect(await roundOf(compliance)).toMatchObject({ opened: 1 });
    expect(await roundOf(compliance)).toMatchObject({ opened: 0 });
    expect(await compliance.open()).toMatchObject([
      { detector: 'overdue', facts: { wait: 'goods-receipt', owner: 'E-4001' }, evidence: [{ sequence: 16 }] },
    ]);
  });

  it('looks after every case, however many are late, and all of them are in the metrics', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    await compliance.openMany(130);
    await world.advance(30 * DAY);

    expect(await roundOf(compliance)).toMatchObject({ overdueCases: 130, problems: [] });
    const { deps, points } = measuring(world.store);
    await publishFigures({ ...deps, currency: 'CNY' });
    expect(points.find(({ measure, splits }) => measure === 'OpenCases' && isWhole(splits))).toMatchObject({
      value: 130,
    });
  });

  it('looks after all other cases where one cannot be read, and says which', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    await compliance.openMany(3);
    await world.advance(30 * DAY);
    const [broken] = await compliance.open();
    if (broken === undefined) throw new Error('there is no case');
    const read = world.store.read.bind(world.store);
    vi.spyOn(world.store, 'read').mockImplementation((key) =>
      key.partition === headKey(broken.caseId).partition ? Promise.reject(new Error('not now')) : read(key),
    );

    expect(await roundOf(compliance)).toMatchObject({ overdueCases: 2, problems: [`${broken.caseId}: not now`] });
  });

  it('finds a post that the tables name and nobody holds', async () => {
    const compliance = new Compliance(new PurchaseWorld());
    const directory = createFileDirectory({
      ...directoryData,
      people: directoryData.people.map((person) =>
        person.posts.includes('payment-approver') ? { ...person, active: false } : person,
      ),
    });
    await roundOf(compliance, { directory });

    expect((await compliance.open()).map(({ facts }) => facts)).toContainEqual({
      post: 'payment-approver',
      tables: 'approval-levels',
    });
  });

  it.each([
    ['finds a calendar whose data end soon', '2026', '2026-11-10T00:00:00Z', 1],
    ['finds nothing while months are left', '2026', '2026-06-01T00:00:00Z', 0],
  ])('%s', async (_, year, now, count) => {
    const compliance = new Compliance(new PurchaseWorld());
    const calendar = createCalendar({
      name: 'Test',
      version: '1',
      workingDays: ['monday'],
      workingHours: [{ from: '09:00', to: '17:00' }],
      years: { [year]: { source: 'test', holidays: [], makeUpDays: [] } },
    });
    const clock = { now: () => new Date(now) };

    expect(await roundOf(compliance, { calendar, clock })).toMatchObject({ opened: count, problems: [] });
  });

  it.each([
    [
      'finds a table of rules whose last day comes soon',
      '2026-12-20',
      '2026-12-01T00:00:00Z',
      'policy-ending',
      'medium',
    ],
    [
      'finds one whose last day is over on the clocks of the company',
      '2026-12-20',
      '2026-12-20T16:30:00Z',
      'policy-expired',
      'high',
    ],
  ])('%s', async (_, validUntil, now, detector, severity) => {
    const compliance = new Compliance(new PurchaseWorld());
    const { 'link-limit': table } = companyRules.tables;
    if (table === undefined) throw new Error('the company has no such table');
    const rules = { tables: { ...companyRules.tables, 'link-limit': { ...table, validUntil } } };
    const clock = { now: () => new Date(now) };

    expect(await roundOf(compliance, { rules, clock })).toMatchObject({ opened: 1, problems: [] });
    expect(await roundOf(compliance, { rules, clock })).toMatchObject({ opened: 0, problems: [] });
    expect(await compliance.open()).toMatchObject([{ detector, severity, facts: { table: 'link-limit' } }]);
  });

  it('tells the owner and the operators of a case that nobody decided in time, once', async () => {
    const { world, compliance } = await openCompliance();
    await world.advance(3 * DAY);
    const before = world.mails.length;
    expect(await roundOf(compliance)).toMatchObject({ overdueCases: 1 });
    expect(await roundOf(compliance)).toMatchObject({ overdueCases: 0 });
    await world.run();

    expect(world.mails.slice(before).map(({ to }) => to)).toEqual(
      expect.arrayContaining(['he.jing@meridian.example', OPERATORS_MAIL]),
    );
    expect(world.mails).toHaveLength(before + 2);
  });

  it('carries out what was decided and not done, as after a crash', async () => {
    const { world, event, compliance } = await openCompliance();
    const caseId = await compliance.only();
    const by = { employeeId: OFFICER, isOwner: true, hasPart: false };
    const command = { kind: 'decide', decision: 'release', by, reason: 'Fine', canCancel: true } as const;
    await commandCase(compliance.deps(), caseId, command);
    expect((await world.head(event)).holds).toHaveLength(1);

    await roundOf(compliance);
    expect((await world.head(event)).holds).toEqual([]);
    expect(await compliance.open()).toEqual([]);
  });

  it('goes on with the other findings when one fails, and says so', async () => {
    const { world, compliance } = await forgotten();
    await world.advance(92 * DAY);
    const policies: Policies = {
      ...compliance.deps().policies,
      complianceRule: async (asked) => {
        if (asked.detector === 'vacant-post') {
          throw new Error('no such row');
        }
        return compliance.deps().policies.complianceRule(asked);
      },
    };
    const round = await roundOf(compliance, {
      policies,
      directory: createFileDirectory({ ...directoryData, people: [] }),
    });

    expect(round.problems[0]).toMatch(/^vacant-post .*: no such row$/);
    expect(round.opened).toBe(1);
  });
});
