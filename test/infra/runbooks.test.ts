/** Whoever is woken by an alarm finds what to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './project.ts';
import { exampleCompany, ofType, synthesize, wholeCompany } from './synthesize.ts';

const document = readFileSync(join(ROOT, 'docs/runbooks.md'), 'utf8');
/** Sections by their anchors. */
const sections = new Map(
  document
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')).toLowerCase().replaceAll(' ', '-'), text]),
);
const templates = [synthesize(wholeCompany), synthesize({ ...exampleCompany, calendarFile: 'calendar.json' })];
const alarms = templates.flatMap((template) =>
  ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties),
);

function anchorOf(description: unknown): string {
  return /docs\/runbooks\.md#([\w-]+)/.exec(String(description))?.[1] ?? '';
}

describe('every alarm', () => {
  test('names a section of the runbooks in its description', () => {
    const lost = alarms.filter(({ AlarmDescription }) => !sections.has(anchorOf(AlarmDescription)));

    expect(lost).toEqual([]);
    expect(alarms.length).toBeGreaterThan(200);
  });

  test('has a section that says where to look and what to do then', () => {
    for (const anchor of new Set(alarms.map(({ AlarmDescription }) => anchorOf(AlarmDescription)))) {
      expect(sections.get(anchor)).toMatch(/^- Look at: (?:.|\n)*^- Then: /m);
    }
  });
});

test('every section but the one on events is of an alarm', () => {
  const named = new Set(alarms.map(({ AlarmDescription }) => anchorOf(AlarmDescription)));

  expect([...sections.keys()].filter((anchor) => !named.has(anchor))).toEqual(['events']);
});
