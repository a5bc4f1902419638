/**
 * The course of one process, read from the entries of its record: its phases, what it stood at and for how long, how often it
 * went back, what failed, and how it ended. Pure: the record says all of it, nothing else is asked.
 */
import type { WorkedTime } from '../../calendar/domain/worked-time.ts';
import { aboutOf } from './course-about.ts';
import { readNodes } from './course-nodes.ts';
import type { Course, CoursePhase, Rework } from './course-parts.ts';
import { kindOf, phaseReached } from './course-phases.ts';
import { timesBetween } from './course-times.ts';
import type { ReadEntry } from './facts.ts';

/**
 * @param entries - of one process, in any order; one that is there twice counts once
 * @returns undefined: the entries do not begin at the beginning, or the record is of no process with a course
 */
export function courseOf(entries: readonly ReadEntry[], worked: WorkedTime): Course | undefined {
  const ordered = inOrder(entries);
  const [first] = ordered;
  const kind = first?.sequence === 1 ? kindOf(first) : undefined;
  if (first === undefined || kind === undefined) {
    return undefined;
  }
  const { nodes, exceptions } = readNodes(ordered, worked);
  const rework = reworkOf(ordered);
  const end = ordered.find((entry) => phaseReached(entry) === 'Closed');
  const outcome = end?.facts.outcome;
  return {
    processId: first.processId,
    kind,
    startedAt: first.occurredAt,
    ...(end === undefined
      ? {}
      : { endedAt: end.occurredAt, ...timesBetween(first.occurredAt, end.occurredAt, worked) }),
    ...(typeof outcome === 'string' ? { outcome } : {}),
    ...aboutOf(ordered),
    entries: ordered.length,
    phases: phasesOf(ordered, worked),
    nodes,
    rework,
    exceptions,
    isFirstPass: Object.values(rework).every((count) => count === 0),
    steps: { all: nodes.length, automatic: nodes.filter(({ kind: of }) => of === 'step').length },
  };
}

function inOrder(entries: readonly ReadEntry[]): readonly ReadEntry[] {
  const isOrdered = entries.every((entry, index) => entry.sequence === index + 1);
  if (isOrdered) {
    return entries;
  }
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  const all = [...bySequence.values()].sort((one, other) => one.sequence - other.sequence);
  // What comes after a gap is not known to follow from what is there.
  const gap = all.findIndex((entry, index) => entry.sequence !== index + 1);
  return gap === -1 ? all : all.slice(0, gap);
}

function phasesOf(ordered: readonly ReadEntry[], worked: WorkedTime): readonly CoursePhase[] {
  const begun: { phase: string; from: string }[] = [];
  for (const entry of ordered) {
    const phase = phaseReached(entry);
    if (phase !== undefined && phase !== begun.at(-1)?.phase) {
      begun.push({ phase, from: entry.occurredAt });
    }
  }
  return begun.map(({ phase, from }, index) => {
    const to = begun[index + 1]?.from;
    return to === undefined ? { phase, from } : { phase, from, to, ...timesBetween(from, to, worked) };
  });
}

function reworkOf(ordered: readonly ReadEntry[]): Rework {
  const count = (...types: readonly string[]) => ordered.filter(({ type }) => types.includes(type)).length;
  return {
    returned: count('ReturnedToRequester'),
    returnedByCheck: count('ReturnedByCheck'),
    backToLevel: count('ReturnedToLevel', 'DecisionTakenBack'),
    corrections: count('CorrectionRequested'),
  };
}
