/** The record of a process as people read it: with names, with what is left of the personal values, and verified. */
import type { Directory } from '../directory/port.ts';
import { type Language, say } from '../pages/language.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Json } from './domain/canonical-json.ts';
import type { PersonalValues, RecordDamage, RecordEntry } from './domain/record.ts';
import { damagesOf, readRecordOf } from './verify-record.ts';

export interface TimelineDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
}

export interface TimelineEntry {
  readonly entry: RecordEntry;
  /** `erased`: there were personal values, and they are gone. */
  readonly personal: PersonalValues['values'] | 'erased' | undefined;
}

export interface Timeline {
  readonly head: ProcessHead;
  readonly entries: readonly TimelineEntry[];
  /** Empty: the chain holds, and ends where the process stands. */
  readonly damages: readonly RecordDamage[];
  /** Names of the employees that occur, by id; those whom the directory does not know are left out. */
  readonly names: ReadonlyMap<string, string>;
}

/** Undefined: there is no such process. */
export async function readTimeline(deps: TimelineDeps, processId: string): Promise<Timeline | undefined> {
  const found = await readRecordOf(deps.store, processId);
  if (found === undefined) {
    return undefined;
  }
  const { head, reading } = found;
  return {
    head,
    entries: reading.record.map((entry) => ({ entry, personal: personalOf(entry, reading.personal) })),
    damages: damagesOf(reading),
    names: await namesOf(deps.directory, head, reading.record),
  };
}

/** What people know the process by. */
export function timelineTitle({ head, entries }: Timeline): string {
  const title = entries.map(({ entry }) => entry.facts.title).find((fact) => typeof fact === 'string');
  return typeof title === 'string' ? title : head.oa.requestId;
}

const OPERATORS = { en: 'the operators', zh: '运维人员' };

/** Names of employees, and of whoever is on duty, by their ids; an id that nobody knows stays as it is. */
export function namer({ names }: Timeline, language: Language): (id: string) => string {
  return (id) => (id === 'operators' ? say(OPERATORS, language) : (names.get(id) ?? id));
}

function personalOf(entry: RecordEntry, personal: readonly PersonalValues[]): TimelineEntry['personal'] {
  if (entry.personalDigest === undefined) {
    return undefined;
  }
  return personal.find(({ sequence }) => sequence === entry.sequence)?.values ?? 'erased';
}

/** Facts that hold employee ids. */
const PERSON_FACTS = new Set([
  'addedIds',
  'administrator',
  'approverIds',
  'employeeId',
  'escalatedTo',
  'from',
  'onBehalfOf',
  'operator',
  'owner',
  'ownerId',
  'placedBy',
  'reminded',
  'requesterId',
  'named',
  'signInIds',
  'substituteId',
  'to',
]);

async function namesOf(directory: Directory, head: ProcessHead, record: readonly RecordEntry[]) {
  const ids = new Set([
    head.requesterId,
    ...Object.values(head.waits).map((wait) => wait.owner),
    ...record.flatMap((entry) => (entry.actor.kind === 'person' ? [entry.actor.id] : [])),
    ...record.flatMap((entry) => personsIn(entry.facts)),
  ]);
  const people = await Promise.all([...ids].map((id) => directory.person(id)));
  return new Map(people.flatMap((person) => (person === undefined ? [] : [[person.employeeId, person.name] as const])));
}

function personsIn(value: Json | undefined, isPerson = false): readonly string[] {
  if (typeof value === 'string') {
    return isPerson ? [value] : [];
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Array.isArray(value)
    ? value.flatMap((item) => personsIn(item, isPerson))
    : Object.entries(value).flatMap(([name, member]) => personsIn(member, PERSON_FACTS.has(name)));
}
