/** The figures of all processes, as one process changes them: items of the transaction that claims what was measured of it. */
import { figurePart, loadKey, standingKey, tallyKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkKey } from '../process/store/port.ts';
import type { Fact } from './domain/facts.ts';
import { addCounters, type Counters } from './domain/standing.ts';
import { addFacts, isTallied, type Tallies, weekOf } from './domain/tally.ts';

/** A part of how all processes stand. */
export interface Standing {
  readonly counters: Counters;
}

/** A part of the figures of a week. */
export interface WeekFigures {
  readonly tallies: Tallies;
}

/** How much somebody is asked. */
export interface Load {
  readonly employeeId: string;
  readonly open: number;
}

/** Figures of a week are kept for so long. */
const KEPT_DAYS = 400;
const DAY = 86_400_000;

export async function standingChange(
  store: ProcessStore,
  processId: string,
  changes: Counters,
): Promise<readonly WorkChange[]> {
  if (Object.keys(changes).length === 0) {
    return [];
  }
  const key = standingKey(figurePart(processId));
  return [await changed<Standing>(store, key, (one) => ({ counters: addCounters(one?.counters ?? {}, changes) }))];
}

export function loadChanges(
  store: ProcessStore,
  before: { readonly [employeeId: string]: number },
  now: { readonly [employeeId: string]: number },
): Promise<readonly WorkChange[]> {
  const people = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const more = people
    .map((id) => [id, (now[id] ?? 0) - (before[id] ?? 0)] as const)
    .filter(([, change]) => change !== 0);
  return Promise.all(
    more.map(async ([employeeId, change]) => {
      const load = await changed<Load>(store, loadKey(employeeId), (one) => ({
        employeeId,
        open: (one?.open ?? 0) + change,
      }));
      return { ...load, ...placeOf(load.value) };
    }),
  );
}

/** People with tasks, by how many; the id makes the place unique. */
function placeOf({ employeeId, open }: Load) {
  return open > 0 ? { list: { name: 'loads', at: `${String(open).padStart(6, '0')}#${employeeId}` } as const } : {};
}

export function tallyChanges(
  store: ProcessStore,
  { processId, kind }: { readonly processId: string; readonly kind: string },
  facts: readonly Fact[],
  timeZone: string,
): Promise<readonly WorkChange[]> {
  const weeks = new Map<string, Fact[]>();
  for (const fact of facts.filter(isTallied)) {
    const week = weekOf(fact.at, timeZone);
    weeks.set(week, [...(weeks.get(week) ?? []), fact]);
  }
  return Promise.all(
    [...weeks].map(async ([week, those]) => {
      const key = tallyKey(week, kind, figurePart(processId));
      const tally = await changed<WeekFigures>(store, key, (one) => ({ tallies: addFacts(one?.tallies ?? {}, those) }));
      return { ...tally, expiresAt: new Date(Date.parse(`${week}T00:00:00Z`) + KEPT_DAYS * DAY) };
    }),
  );
}

type Written<T> = Extract<WorkChange, { readonly kind: 'create' | 'replace' }> & { readonly value: T };

async function changed<T extends object>(
  store: ProcessStore,
  key: WorkKey,
  change: (value: T | undefined) => T,
): Promise<Written<T>> {
  const item = await store.read<T>(key);
  const value = change(item?.value);
  return item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value };
}
