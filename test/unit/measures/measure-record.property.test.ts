import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import { factsOf, newFacts } from '../../../functions/measures/domain/facts.ts';
import { addCounters, countersOf } from '../../../functions/measures/domain/standing.ts';
import { addFacts, isTallied, weekOf } from '../../../functions/measures/domain/tally.ts';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import { readStanding } from '../../../functions/measures/publish-figures.ts';
import { readTallies } from '../../../functions/measures/read-figures.ts';
import { interleaved } from '../../support/interleaved-store.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import {
  expectedPoints,
  measuring,
  paidPurchase,
  recordPoints,
  renamed,
  storeWith,
  troubledPurchase,
} from './measured-records.ts';

const ZONE = 'Asia/Shanghai';
let records: readonly (readonly RecordEntry[])[] = [];

beforeAll(async () => {
  const [paid, troubled] = [await paidPurchase(), await troubledPurchase()];
  records = [paid, renamed(troubled, 'p2p-troubled'), renamed(paid.slice(0, 9), 'p2p-open')];
});

const anyRecord = () => fc.integer({ min: 0, max: 2 }).map((index) => records[index] ?? []);

/** The same entries, with a clock that may jump at each of them. */
const anyClock = (record: readonly RecordEntry[]) =>
  fc
    .array(fc.integer({ min: -86_400_000, max: 86_400_000 }), { minLength: record.length, maxLength: record.length })
    .map((jumps) =>
      record.map((entry, index) => ({
        ...entry,
        occurredAt: new Date(Date.parse(entry.occurredAt) + (jumps[index] ?? 0)).toISOString(),
      })),
    );

describe('what a record adds to the metrics', () => {
  test('is the same in however many parts it is measured, and nothing of it twice', () => {
    fc.assert(
      fc.property(
        anyRecord().chain((record) => fc.tuple(anyClock(record), fc.array(fc.nat(record.length)))),
        ([record, cuts]) => {
          const stops = [0, ...cuts.toSorted((one, other) => one - other), record.length];
          const parts = stops.flatMap((stop, index) => {
            const next = stops[index + 1];
            return next === undefined ? [] : newFacts(record.slice(0, next), stop, clockTime);
          });

          const byKey = (facts: typeof parts) => facts.toSorted((one, other) => (one.key < other.key ? -1 : 1));
          expect(byKey(parts)).toEqual(byKey([...factsOf(record, clockTime)]));
          expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
        },
      ),
    );
  });

  test('is never less than nothing, whatever the clock does', () => {
    fc.assert(
      fc.property(anyRecord().chain(anyClock), (record) => {
        expect(factsOf(record, clockTime).filter(({ value }) => value < 0)).toEqual([]);
      }),
    );
  });
});

describe('measuring', () => {
  test('counts each entry once, delivered in any order, twice, and to several at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.nat(2), fc.nat(), fc.nat(3)), { maxLength: 12 }),
        async (scheduler, more) => {
          const store = new MemoryStore();
          await storeWith(records.flat(), store);
          const { deps, points } = measuring(interleaved(store, scheduler));
          const entries = records.flat();
          const messages = [
            ...records.map((record, index) => ({ entries: record, id: `whole-${index}` })),
            ...more.map(([record, at, id]) => {
              const of = records[record] ?? [];
              return {
                entries: [of[at % of.length] ?? of[0] ?? entries[0]].flatMap((one) => one ?? []),
                id: `m-${id}`,
              };
            }),
          ];

          const all = Promise.all(messages.map(({ entries: some, id }) => measureRecord(deps, { entries: some }, id)));
          await scheduler.waitFor(all);

          const facts = records.map((record) => factsOf(record, clockTime));
          expect(recordPoints(points)).toEqual(expectedPoints(facts.flat()));
          const measured = points.filter(({ measure }) => measure === 'EntriesMeasured');
          expect(measured.reduce((sum, { value }) => sum + value, 0)).toBe(entries.length);
          await expectFigures(store);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('counts what is measured while the record grows as what is measured at its end', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord(), fc.array(fc.nat(40)), async (record, stops) => {
        const store = new MemoryStore();
        const { deps, points } = measuring(store);
        for (const [index, entry] of record.entries()) {
          await storeWith([entry], store);
          if (stops.includes(index) || index === record.length - 1) {
            await measureRecord(deps, { entries: [entry] }, `m-${index}`);
          }
        }

        expect(recordPoints(points)).toEqual(expectedPoints(factsOf(record, clockTime)));
      }),
    );
  });

  async function expectFigures(store: MemoryStore): Promise<void> {
    const courses = records.flatMap((record) => courseOf(record, clockTime) ?? []);
    const standing = courses.map((course) => countersOf(course, [])).reduce(addCounters, {});
    const shown = Object.entries(await readStanding(store)).filter(([, decimal]) => decimal !== '0');
    expect(Object.fromEntries(shown)).toEqual(standing);
    const facts = records.flatMap((record) => factsOf(record, clockTime)).filter(isTallied);
    const weeks = [...new Set(facts.map(({ at }) => weekOf(at, ZONE)))];
    expect(await readTallies(store, 'procure-to-pay', weeks)).toEqual(addFacts({}, facts));
  }
});
