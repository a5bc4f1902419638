/**
 * What the record of a process adds to the metrics. A fact has a key of its own within the process and, once it is there, stays
 * as it is whatever is recorded later: so what a longer record adds is what it has and the shorter one has not, and whoever
 * remembers how far a record was measured counts nothing twice. Pure.
 */
import type { WorkedTime } from '../../calendar/domain/worked-time.ts';
import { courseOf } from '../../insight/domain/course.ts';
import type { Course, CourseNode } from '../../insight/domain/course-parts.ts';
import { phaseReached } from '../../insight/domain/course-phases.ts';
import type { ReadEntry } from '../../insight/domain/facts.ts';
import type { DimensionValues, MeasureName } from './catalogue.ts';
import { bounded, isGoodOutcome, type MeasuredKind, measuredKind } from './kinds.ts';

export interface Fact {
  /** Within the process. */
  readonly key: string;
  readonly measure: MeasureName;
  /** All values; the catalogue says by which of them it is split. */
  readonly of: DimensionValues;
  readonly value: number;
  /** When it came about: ISO 8601 in UTC, as the entry has it. */
  readonly at: string;
  /** Of a node its own name within the process, such as `approval/order/Manager`: for figures that are not metrics. */
  readonly place?: string;
}

const HOUR = 3_600_000;
const CLOSED = 'Closed';

/** Entries that are counted one by one. */
const COUNTED: { readonly [type: string]: MeasureName } = {
  DecisionMade: 'Decisions',
  DecisionRefused: 'RefusedAttempts',
  LevelEscalated: 'Escalations',
  HoldPlaced: 'HoldsPlaced',
};

/**
 * @param entries - of one process, in order from its first
 * @param upTo - how many of them were measured before
 */
export function newFacts(entries: readonly ReadEntry[], upTo: number, worked: WorkedTime): readonly Fact[] {
  const before = new Set(factsOf(entries.slice(0, upTo), worked).map(({ key }) => key));
  return factsOf(entries, worked).filter(({ key }) => !before.has(key));
}

/** All that a record says; none of a record that is of no measured process. */
export function factsOf(entries: readonly ReadEntry[], worked: WorkedTime): readonly Fact[] {
  const course = courseOf(entries, worked);
  const known = course === undefined ? undefined : measuredKind(course.kind);
  if (course === undefined || known === undefined) {
    return [];
  }
  return [
    fact('started', 'ProcessesStarted', { Kind: course.kind }, 1, course.startedAt),
    ...countedEntries(course, entries),
    ...phasesEntered(course, known),
    ...course.nodes.flatMap((node, index) => nodeFacts(course, known, node, index)),
    ...endFacts(course, known),
  ];
}

function countedEntries({ kind }: Course, entries: readonly ReadEntry[]): readonly Fact[] {
  return entries.flatMap(({ sequence, type, occurredAt }) => {
    const measure = COUNTED[type];
    return measure === undefined ? [] : [fact(`entry/${sequence}`, measure, { Kind: kind }, 1, occurredAt)];
  });
}

/** Each once, where the process comes to it first. */
function phasesEntered({ kind, phases }: Course, known: MeasuredKind): readonly Fact[] {
  return firstVisits(phases).map(({ phase, from }) => {
    const of = { Kind: kind, Phase: bounded(known.phases, phase) };
    return fact(`phase/${phase}`, 'PhaseEntered', of, 1, from);
  });
}

function firstVisits(phases: Course['phases']): Course['phases'] {
  return phases.filter(
    ({ phase }, index) => phase !== CLOSED && phases.findIndex((other) => other.phase === phase) === index,
  );
}

/** Of what is over: people and other systems that were waited for. What Meridian does by itself takes no time to speak of. */
function nodeFacts({ kind }: Course, known: MeasuredKind, node: CourseNode, index: number): readonly Fact[] {
  const { to, closedAt = to, elapsedMs, workingMs, isOverdue, key: place } = node;
  if (node.kind === 'step' || closedAt === undefined || elapsedMs === undefined || workingMs === undefined) {
    return [];
  }
  const of = { Kind: kind, Node: bounded(known.nodes, phaseOf(node)) };
  const figures = [
    ['NodeHours', elapsedMs / HOUR],
    ['NodeWorkingHours', workingMs / HOUR],
    ['NodeOverdueRate', percent(isOverdue)],
  ] as const;
  return figures.map(([measure, value]) => ({
    ...fact(`node/${index}/${measure}`, measure, of, value, closedAt),
    place,
  }));
}

/** The phase that a process is in while it stands at the node. */
function phaseOf({ kind, subject, from: occurredAt }: Pick<CourseNode, 'kind' | 'subject' | 'from'>): string {
  const asked = kind === 'operator' ? 'operator' : subject;
  const { type, facts } =
    kind === 'wait'
      ? { type: 'WaitOpened', facts: { kind: subject } }
      : { type: 'ApprovalRouted', facts: { subject: asked } };
  const entry = { processId: '', sequence: 1, type, occurredAt, actor: { kind: 'meridian', id: '' } as const, facts };
  return phaseReached(entry) ?? subject;
}

function endFacts(course: Course, known: MeasuredKind): readonly Fact[] {
  const {
    kind,
    endedAt,
    elapsedMs = 0,
    workingMs = 0,
    outcome = '',
    nodes,
    rework,
    exceptions,
    isFirstPass,
    steps,
  } = course;
  if (endedAt === undefined) {
    return [];
  }
  const Kind = { Kind: kind };
  const rounds = Object.values(rework).reduce((sum, count) => sum + count, 0);
  const ended = (measure: MeasureName, value: number, of: DimensionValues = Kind) =>
    fact(`ended/${measure}`, measure, of, value, endedAt);
  return [
    ended('ProcessesEnded', 1, { ...Kind, Outcome: bounded(known.outcomes, outcome) }),
    ended('CycleHours', elapsedMs / HOUR),
    ended('CycleWorkingHours', workingMs / HOUR),
    ended('FirstPassYield', percent(isFirstPass)),
    ended('ReworkRounds', rounds),
    ended('ExceptionRate', percent(exceptions.some((one) => one.kind === 'failure'))),
    ended('AutomationRate', steps.all === 0 ? 100 : (100 * steps.automatic) / steps.all),
    ended('OverdueRate', percent(nodes.some(({ isOverdue }) => isOverdue))),
    ...conversions(course, known, endedAt),
  ];
}

/** Whether the process went on from each phase that it came to. */
function conversions(course: Course, known: MeasuredKind, endedAt: string): readonly Fact[] {
  const { kind, phases, outcome = '' } = course;
  const last = phases.findLast(({ phase }) => phase !== CLOSED)?.phase;
  return firstVisits(phases).map(({ phase }) => {
    const of = { Kind: kind, Phase: bounded(known.phases, phase) };
    const wentOn = phase !== last || isGoodOutcome(outcome);
    return fact(`conversion/${phase}`, 'PhaseConversion', of, percent(wentOn), endedAt);
  });
}

function percent(is: boolean): number {
  return is ? 100 : 0;
}

function fact(key: string, measure: MeasureName, of: DimensionValues, value: number, at: string): Fact {
  return { key, measure, of, value, at };
}
