/** Records of real processes, played in memory, and what a test looks at of their measures. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { MEASURES, type Measure } from '../../../functions/measures/domain/catalogue.ts';
import type { Fact } from '../../../functions/measures/domain/facts.ts';
import type { MeasureRecordDeps } from '../../../functions/measures/measure-record.ts';
import type { MetricPoint } from '../../../functions/measures/metric-sink.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

/** One that goes through. */
export async function paidPurchase(): Promise<readonly RecordEntry[]> {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  await world.advance(3);
  await world.approveOrder();
  await world.advance(48);
  await world.deliver();
  await world.advance(2);
  await world.pay();
  return world.record(event);
}

/** One that is escalated, held, sent back, refused an attempt, fails on its way to the ERP, and is helped. */
export async function troubledPurchase(): Promise<readonly RecordEntry[]> {
  const world = new PurchaseWorld({ fault: (_call, name) => (name === 'CreateOrder' ? 'refused' : undefined) });
  const event = requisitionEvent();
  await world.submit(event);
  await world.advance(100);
  await world.returnIt('E-2001');
  await world.run();
  await world.resubmit(event, { changes: { title: 'Fewer chairs' } });
  await world.hold(event);
  await world.release(event);
  await world.approveOrder();
  await world.decide('E-2001', 'approve');
  await world.giveUpRetrying();
  await world.decide('operators', 'cancel');
  return world.record(event);
}

/** One that is held before its order, whose order then fails, and that operators end. */
export async function heldAndFailedPurchase(): Promise<readonly RecordEntry[]> {
  const state = { isDown: true };
  const world = new PurchaseWorld({
    fault: (_call, name) => (state.isDown && name === 'CreateOrder' ? 'dies-before' : undefined),
  });
  const event = requisitionEvent();
  await world.submit(event);
  await world.hold(event);
  state.isDown = false;
  await world.approveOrder();
  state.isDown = true;
  await world.advance(7);
  await world.release(event);
  await world.giveUpRetrying();
  await world.advance(5);
  await world.decide('operators', 'cancel', 'Nobody needs them');
  return world.record(event);
}

/** The record of another process that went the same way. */
export function renamed(entries: readonly RecordEntry[], processId: string): readonly RecordEntry[] {
  return entries.map((entry) => ({ ...entry, processId }));
}

/** A store that has these entries and nothing else. */
export async function storeWith(entries: readonly RecordEntry[], store = new MemoryStore()): Promise<MemoryStore> {
  for (const entry of entries) {
    await store.commit({ entries: [entry], personal: [], changes: [] });
  }
  return store;
}

/** Keeps what is put. */
export function measuring(store: ProcessStore, more: Partial<MeasureRecordDeps> = {}) {
  const points: MetricPoint[] = [];
  const deps: MeasureRecordDeps = {
    store,
    directory: { person: async () => undefined },
    clock: new SettableClock('2026-03-02T08:00:00.000Z'),
    worked: clockTime,
    timeZone: 'Asia/Shanghai',
    metrics: (some) => points.push(...some),
    ...more,
  };
  return { deps, points };
}

/** What was put of entries of the record, as text that can be compared, in a fixed order. */
export function recordPoints(points: readonly MetricPoint[]): readonly string[] {
  return points
    .filter(({ measure }) => MEASURES[measure].from === 'record')
    .map(({ measure, splits, value, at }) => JSON.stringify([measure, splits, value, at]))
    .sort();
}

/** What is to be put of these facts. */
export function expectedPoints(facts: readonly Fact[]): readonly string[] {
  return facts
    .map(({ measure, of, value, at }) => {
      const splits = (MEASURES[measure] as Measure).by.map((split) =>
        Object.fromEntries(split.map((dimension) => [dimension, of[dimension]])),
      );
      return JSON.stringify([measure, splits, value, at]);
    })
    .sort();
}
