import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { COURSE_KINDS, PHASES } from '../../../functions/insight/domain/course-phases.ts';
import { MEASURES, type Measure, type MeasureName, seriesOf } from '../../../functions/measures/domain/catalogue.ts';
import { factsOf } from '../../../functions/measures/domain/facts.ts';
import {
  MEASURED_KIND_NAMES,
  MEASURED_KINDS,
  type MeasuredKind,
  OTHER,
} from '../../../functions/measures/domain/kinds.ts';
import { phaseText } from '../../../functions/pages/words.ts';
import { paidPurchase, troubledPurchase } from './measured-records.ts';

const measures = Object.entries(MEASURES) as readonly (readonly [MeasureName, Measure])[];
const kinds: readonly MeasuredKind[] = Object.values(MEASURED_KINDS);

describe('the catalogue of metrics', () => {
  test('knows every kind of process that has a course; a difference of attendance is a part of its payroll run', () => {
    const left = COURSE_KINDS.filter((kind) => !(MEASURED_KIND_NAMES as readonly string[]).includes(kind));

    expect(left).toEqual(['attendance-difference']);
  });

  test('has the phases that courses have, with words, and nodes that are phases', () => {
    const named = kinds.flatMap(({ phases, nodes }) => [...phases, ...nodes]);

    expect([...new Set(named)].filter((phase) => !PHASES.includes(phase))).toEqual([]);
    expect(named.filter((phase) => phase !== 'Payroll' && phaseText(phase).zh === phase)).toEqual([]);
    for (const { phases, nodes } of kinds) {
      expect(nodes.filter((node) => !phases.includes(node))).toEqual([]);
      expect(new Set(phases).size).toBe(phases.length);
    }
  });

  test('says of each metric in both languages what it means', () => {
    for (const [, { name, meaning }] of measures) {
      expect(meaning.en).toMatch(/\.$/);
      expect(meaning.zh).toMatch(/。$/);
      expect(name.zh).not.toBe(name.en);
    }
  });

  test('bounds what metrics can cost: so many series at most, whatever people write', () => {
    const series = measures.map(([name]) => [name, seriesOf(name).length] as const);
    const all = series.reduce((sum, [, count]) => sum + count, 0);

    console.log(`at most ${all} series:\n  ${series.map(([name, count]) => `${name} ${count}`).join('\n  ')}`);
    const page = readFileSync(join(import.meta.dirname, '../../../docs/numbers.md'), 'utf8');
    expect(page).toContain(`at most **${all} series: ${((all * 30) / 100).toFixed(2)}**`);
    const standing = series.filter(([name]) => MEASURES[name].from === 'standing');
    const some = standing.reduce((sum, [, count]) => sum + count, 0);
    expect(page).toContain(`at most ${some} series, ${((some * 30) / 100).toFixed(2)}`);
  });
});

describe('what is put of a record', () => {
  let facts: ReturnType<typeof factsOf>;

  beforeAll(async () => {
    facts = [...factsOf(await paidPurchase(), clockTime), ...factsOf(await troubledPurchase(), clockTime)];
  });

  test('has the dimensions that the catalogue says, with values that it knows', () => {
    for (const { measure, of } of facts) {
      const known = new Set(seriesOf(measure).map((values) => JSON.stringify(values)));
      for (const split of (MEASURES[measure] as Measure).by) {
        const values = Object.fromEntries(split.map((dimension) => [dimension, of[dimension]]));
        expect(known).toContain(JSON.stringify(values));
      }
      expect(Object.values(of)).not.toContain(OTHER);
    }
  });

  test('is everything of the catalogue that comes from records, but what neither of these two met', () => {
    const met = new Set(facts.map(({ measure }) => measure));
    const missed = measures.filter(([name, { from }]) => from === 'record' && !met.has(name)).map(([name]) => name);

    expect(missed).toEqual([]);
  });
});
