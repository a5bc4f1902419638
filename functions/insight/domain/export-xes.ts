/**
 * The event log as XES (IEEE 1849-2023), which every tool for process mining reads: one trace for each process. Written piece
 * by piece, since a log is larger than memory. Pure.
 */
import type { EventRow } from './event-log.ts';

/** Columns that are attributes of an event under their own names. */
const ATTRIBUTES = ['subject', 'level_name', 'action', 'outcome', 'wait_kind', 'step'] as const;

/** Everything before the first trace: extensions, what each trace and event has, and by what events are told apart. */
export const XES_HEADER = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2023" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
    <string key="meridian:kind" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
    <string key="org:resource" value=""/>
    <string key="lifecycle:transition" value="complete"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="lifecycle:model" value="standard"/>
`;

export const XES_FOOTER = '</log>\n';

/** @param rows - of one process in order, at least one */
export function xesTrace(rows: readonly EventRow[]): string {
  const [first] = rows;
  const about = [
    text('concept:name', first?.process_id ?? ''),
    text('meridian:kind', first?.kind ?? ''),
    ...(['requester_id', 'cost_centre', 'supplier_code', 'amount', 'currency'] as const).flatMap((column) => {
      const value = rows.find((row) => row[column] !== '')?.[column] ?? '';
      return value === '' ? [] : [text(`meridian:${column}`, value)];
    }),
  ];
  return `  <trace>\n    ${about.join('\n    ')}\n${rows.map(eventOf).join('')}  </trace>\n`;
}

function eventOf(row: EventRow): string {
  const lines = [
    text('concept:name', activityOf(row)),
    `<date key="time:timestamp" value="${row.occurred_at}"/>`,
    text('org:resource', row.actor_id),
    text('lifecycle:transition', 'complete'),
    ...ATTRIBUTES.flatMap((column) => (row[column] === '' ? [] : [text(`meridian:${column}`, row[column])])),
  ];
  return `    <event>\n      ${lines.join('\n      ')}\n    </event>\n`;
}

/** What happened, and at which level or wait where that tells it apart: `DecisionMade (order, Manager)`. */
export function activityOf({ type, subject, level_name, wait_kind, step }: EventRow): string {
  const place = [subject, level_name, wait_kind, step].filter((part) => part !== '').join(', ');
  return place === '' ? type : `${type} (${place})`;
}

function text(key: string, value: string): string {
  return `<string key="${key}" value="${escaped(value)}"/>`;
}

/** XML 1.0 has no control characters but tab and line ends, and these an attribute keeps as references only. */
function escaped(value: string): string {
  return value.replace(/[&<>"\p{Cc}]/gu, (character) => ENTITIES[character] ?? reference(character));
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function reference(character: string): string {
  return ['\t', '\n', '\r'].includes(character) ? `&#${character.charCodeAt(0)};` : '\ufffd';
}
