import { describe, expect, test } from 'vitest';
import { type Measured, measureRecord } from '../../../functions/measures/measure-record.ts';
import { publishFigures } from '../../../functions/measures/publish-figures.ts';
import { heaviestLoads, longestWaiting } from '../../../functions/measures/read-figures.ts';
import { measuredKey } from '../../../functions/process/keys.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { openCompliance } from '../compliance/open-compliance.ts';
import { measuring, paidPurchase, renamed, storeWith } from './measured-records.ts';

describe('measuring a purchase', () => {
  test('says what it took when it is over', async () => {
    const record = await paidPurchase();
    const { deps, points } = measuring(await storeWith(record));

    await measureRecord(deps, { entries: record }, 'm-1');

    const valuesOf = (measure: string) => points.filter((one) => one.measure === measure).map(({ value }) => value);
    expect(valuesOf('ProcessesStarted')).toEqual([1]);
    expect(valuesOf('ProcessesEnded')).toEqual([1]);
    expect(Math.round(valuesOf('CycleHours')[0] ?? 0)).toBe(53);
    expect(valuesOf('FirstPassYield')).toEqual([100]);
    expect(valuesOf('ExceptionRate')).toEqual([0]);
    expect(valuesOf('Decisions')).toEqual([1, 1, 1]);
    expect(new Set(valuesOf('PhaseConversion'))).toEqual(new Set([100]));
    expect(points.find(({ measure }) => measure === 'ProcessesEnded')?.splits).toEqual([
      {},
      { Kind: 'procure-to-pay' },
      { Kind: 'procure-to-pay', Outcome: 'paid' },
    ]);
  });

  test('shows where it stands, with whom, and its money, until it is over', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    const { store, directory } = world;
    const { deps, points } = measuring(store, { directory });
    const measure = async (id: string) => measureRecord(deps, { entries: await world.record(event) }, id);
    await world.submit(event);
    await measure('m-1');

    const [waiting] = await longestWaiting(store, 10);
    expect(waiting).toMatchObject({
      kind: 'procure-to-pay',
      requestId: 'PR-1',
      standstill: { phase: 'Order approval', place: 'approval/order/Manager', asked: ['E-2001'] },
    });
    expect(await heaviestLoads(store, 10)).toEqual([{ employeeId: 'E-2001', open: 1 }]);
    await publishFigures({ ...deps, currency: 'CNY' });
    const standing = (name: string) =>
      points.filter(({ measure: of }) => of === name).map(({ splits, value }) => [splits[0], value]);
    const phase = { Kind: 'procure-to-pay', Phase: 'Order approval' };
    expect(standing('OpenProcesses')).toEqual([
      [{}, 1],
      [{ Kind: 'procure-to-pay' }, 1],
      [phase, 1],
    ]);
    expect(standing('MoneyInFlight')).toEqual([
      [{}, 5960],
      [{ Kind: 'procure-to-pay' }, 5960],
      [phase, 5960],
    ]);
    expect(standing('OpenTasks')).toEqual([[{}, 1]]);

    await world.approveOrder();
    await world.deliver();
    await world.pay();
    await measure('m-2');
    points.length = 0;
    await publishFigures({ ...deps, currency: 'CNY' });

    expect([await longestWaiting(store, 10), await heaviestLoads(store, 10)]).toEqual([[], []]);
    expect(new Set(points.map(({ value }) => value))).toEqual(new Set([0]));
  });

  test('tells open cases of compliance by their severity, and which of them hold a process', async () => {
    const { world, compliance } = await openCompliance();
    const { deps, points } = measuring(world.store);
    const told = (name: string) =>
      Object.fromEntries(
        points
          .filter(({ measure }) => measure === name)
          .map(({ splits: [of], value }) => [of?.Severity ?? 'all', value]),
      );
    const { severity, held } = await compliance.read(await compliance.only());

    await publishFigures({ ...deps, currency: 'CNY' });

    expect(held).toHaveLength(1);
    const none = { all: 0, low: 0, medium: 0, high: 0 };
    expect(told('OpenCases')).toEqual({ ...none, all: 1, [severity]: 1 });
    expect(told('HeldCases')).toEqual({ ...none, all: 1, [severity]: 1 });
  });

  test('that was claimed by a delivery which did not end says that its metrics may be missing', async () => {
    const record = await paidPurchase();
    const store = await storeWith(record);
    const { deps } = measuring(store, {
      metrics: () => {
        throw new Error('killed');
      },
    });
    await expect(measureRecord(deps, { entries: record }, 'm-1')).rejects.toThrow('killed');

    const again = measuring(store);
    await measureRecord(again.deps, { entries: record }, 'm-1');
    const later = measuring(store);
    await measureRecord(later.deps, { entries: record }, 'm-2');

    expect(again.points.map(({ measure, value }) => [measure, value])).toEqual([['MeasuresPerhapsLost', 1]]);
    expect(later.points).toEqual([]);
  });

  test('whose answer of the store was lost is delivered again, and counts once', async () => {
    const record = await paidPurchase();
    const store = await storeWith(record);
    const before = store.commits;
    store.commitFault = (commit) => (commit === before + 1 ? 'after' : undefined);
    const { deps, points } = measuring(store);

    await expect(measureRecord(deps, { entries: record }, 'm-1')).rejects.toThrow('lost');
    await measureRecord(deps, { entries: record }, 'm-1');

    expect(points.map(({ measure }) => measure)).toEqual(['MeasuresPerhapsLost']);
  });

  test('is left out where the record is of no measured process', async () => {
    const record = (await paidPurchase()).slice(1);
    const { deps, points } = measuring(await storeWith(record));

    await measureRecord(deps, { entries: record }, 'm-1');

    expect(points).toEqual([]);
  });

  test('changes the loads of more people than one transaction takes, one after the other', async () => {
    const record = (await paidPurchase()).slice(0, 6);
    const [first] = record;
    const processId = first?.processId ?? '';
    const store = await storeWith(record);
    const loads = Object.fromEntries(Array.from({ length: 95 }, (_, index) => [`E-${index}`, 1]));
    const value: Measured = {
      ...{ processId, kind: 'procure-to-pay', upTo: 0, messageId: '', counters: {}, loads, requestId: '' },
    };
    await store.commit({
      entries: [],
      personal: [],
      changes: [{ kind: 'create', key: measuredKey(processId), value }],
    });
    const { deps } = measuring(store);

    await measureRecord(deps, { entries: record }, 'm-1');

    expect((await store.read<Measured>(measuredKey(processId)))?.value.loads).toEqual({});
  });

  test('of many processes puts those that wait longest first', async () => {
    const record = (await paidPurchase()).slice(0, 7);
    const later = renamed(record, 'p2p-later').map((entry) => ({ ...entry, occurredAt: '2026-12-01T00:00:00.000Z' }));
    const store = await storeWith([...later, ...record]);
    const { deps } = measuring(store);

    await measureRecord(deps, { entries: [...later, ...record] }, 'm-1');

    const waiting = await longestWaiting(store, 10);
    expect(waiting.map(({ processId }) => processId)).toEqual([record[0]?.processId, 'p2p-later']);
  });
});
