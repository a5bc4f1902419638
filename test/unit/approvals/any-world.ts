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
}

export const CALM: World = { now: new Date(OPENED_AT), absences: [] };

export function later({ now, absences }: World, hours: number): World {
  return { now: new Date(now.getTime() + hours * 3_600_000), absences };
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
    if (substituteOf(world, id) === undefined && directory(id).active) {
      found.push(directory(id));
    }
  }
  return found;
}

function substituteOf({ now, absences }: World, id: string): string | undefined {
  return absences.find(({ employeeId, until }) => employeeId === id && now.getTime() < until)?.substituteId;
}

/** What the reducer is told of people: everybody has a substitute or none, and everybody above them in a circle. */
export function peopleIn(world: World, { plan }: ApprovalState) {
  return {
    now: world.now,
    gone: new Set(['G']),
    substitutes: new Map(PEOPLE.map((id) => [id, standInsOf(world, id)] as const)),
    lines: new Map(PEOPLE.map((id, index) => [id, [...PEOPLE.slice(index), ...PEOPLE.slice(0, index)].map(directory)])),
    choosable: plan.levels.some(({ rule }) => rule.startsWith('previous@')) ? PEOPLE.map(directory) : [],
  };
}
