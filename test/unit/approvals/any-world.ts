/** What lies outside an approval: the time, who is away, who is above whom. Found by other means than those that are tested. */
import type { Decider } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { directory, PEOPLE } from './any-plan.ts';
import { OPENED_AT } from './approvals.ts';

interface Away {
  readonly employeeId: string;
  readonly substituteId: string;
  /** Milliseconds. */
  readonly until: number;
}

export interface World {
  readonly now: Date;
  /** The first of a person counts. */
  readonly absences: readonly Away[];
  /** Who has left the company since it was asked. */
  readonly left: readonly string[];
  /** False: it is tried what happens without a look at whether a level is out of reach. */
  readonly isJudged?: false;
}

export const CALM: World = { now: new Date(OPENED_AT), absences: [], left: [] };

export function later(world: World, hours: number): World {
  return { ...world, now: new Date(world.now.getTime() + hours * 3_600_000) };
}

/** Somebody works here no more. */
export function withDeparture(world: World, employeeId: string): World {
  return { ...world, left: [...world.left, employeeId] };
}

/** As the directory knows them now. */
export function personIn({ left }: World, employeeId: string): Decider {
  const person = directory(employeeId);
  return left.includes(employeeId) ? { ...person, active: false } : person;
}

/** Somebody is away from now on. */
export function withLeave(world: World, employeeId: string, substituteId: string, hours: number): World {
  const until = world.now.getTime() + hours * 3_600_000;
  return { ...world, absences: [...world.absences, { employeeId, substituteId, until }] };
}

/** Who stands in for somebody now, in the place of a substitute who is away theirs. */
export function standInsOf(world: World, employeeId: string): readonly Decider[] {
  const seen = [employeeId];
  const found: Decider[] = [];
  for (let id = substituteOf(world, employeeId); id !== undefined && !seen.includes(id); id = substituteOf(world, id)) {
    seen.push(id);
    if (substituteOf(world, id) === undefined && personIn(world, id).active) {
      found.push(personIn(world, id));
    }
  }
  return found;
}

function substituteOf({ now, absences }: World, id: string): string | undefined {
  return absences.find(({ employeeId, until }) => employeeId === id && now.getTime() < until)?.substituteId;
}

type Known = ReturnType<typeof knownIn>;
/** A world does not change, and is asked about many times. */
const known = new WeakMap<World, Known>();

function knownIn(world: World) {
  const person = (id: string) => personIn(world, id);
  const everybody = PEOPLE.map(person);
  return {
    now: world.now,
    gone: new Set(['G', ...world.left]),
    people: new Map(everybody.map((one) => [one.employeeId, one] as const)),
    substitutes: new Map(PEOPLE.map((id) => [id, standInsOf(world, id)] as const)),
    lines: new Map(PEOPLE.map((id, index) => [id, [...everybody.slice(index), ...everybody.slice(0, index)]])),
    everybody,
  };
}

/** What the reducer is told of people: everybody has a substitute or none, and everybody above them in a circle. */
export function peopleIn(world: World, { plan }: ApprovalState) {
  const found = known.get(world) ?? knownIn(world);
  known.set(world, found);
  const { everybody, ...people } = found;
  return { ...people, choosable: plan.levels.some(({ rule }) => rule.startsWith('previous@')) ? everybody : [] };
}
