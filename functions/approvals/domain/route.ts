/**
 * From the rules' levels to people: who is asked, who stands in, and who may not be asked at all. Pure. Whoever may not
 * decide is passed over towards the head of the company, never left out: a level that nobody can take is a refusal.
 */
import type { Person } from '../../directory/port.ts';
import { compare } from '../../money/money.ts';
import type { ApprovalLevelRule } from '../../policy/port.ts';
import {
  ACTIONS,
  type ApprovalLevel,
  type ApprovalPlan,
  type ApprovalSubject,
  type DecisionDocument,
  type Exclusion,
  needsAuthority,
  type RoutingNote,
} from './plan.ts';

/** The part of the organisation that the rules can lead to. */
export interface Organisation {
  /** The requester and everybody below, with all who stand above each of them. */
  readonly people: ReadonlyMap<string, Person>;
  /** Active holders of each post that the rules name, in the order in which they are asked. */
  readonly holders: ReadonlyMap<string, readonly Person[]>;
  /** Active head of the department of the cost centre. */
  readonly departmentHead?: Person;
}

export interface RouteInput {
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  readonly documentVersion: number;
  readonly requesterId: string;
  readonly amount: string;
  readonly linkLimit: string;
  readonly excluded: readonly Exclusion[];
  readonly document: DecisionDocument;
  /** In order, at least one. */
  readonly levelRules: readonly ApprovalLevelRule[];
  readonly organisation: Organisation;
}

export type RouteResult =
  | { readonly plan: ApprovalPlan }
  | { readonly refusal: 'no-approver'; readonly message: string };

/** A longer line of managers is taken for an error of the data. */
export const MAX_LINE = 30;

/** A level on its way to becoming part of the plan. */
interface Seat {
  readonly rule: ApprovalLevelRule;
  readonly approvers: readonly Person[];
  /** The approval ends with it: whoever decides commits the company to the amount. */
  readonly isLast: boolean;
}

interface Seating {
  readonly seats: readonly Seat[];
  readonly notes: readonly RoutingNote[];
}

/**
 * One person alone is never asked on two levels in a row when somebody else can take one of them; otherwise the two
 * levels become one. The approvers of the last level of an order or payment have limits that cover the amount.
 */
export function routeApproval(input: RouteInput): RouteResult {
  let seating: Seating = { seats: [], notes: [] };
  for (const [index, rule] of input.levelRules.entries()) {
    const isLast = index === input.levelRules.length - 1;
    const found = fill(input, rule, isLast, seating.seats.at(-1));
    if (found === undefined) {
      return { refusal: 'no-approver', message: `nobody may decide level "${rule.level}" (${rule.approver})` };
    }
    const seat = { rule, approvers: found.approvers, isLast };
    seating = join({ seats: seating.seats, notes: [...seating.notes, ...found.notes] }, seat);
  }
  const [first] = seating.seats;
  if (first === undefined) {
    return { refusal: 'no-approver', message: 'the rules name no level' };
  }
  return { plan: planOf(input, seating) };
}

function planOf(input: RouteInput, { seats, notes }: Seating): ApprovalPlan {
  const { approvalId, subject, documentVersion, requesterId, amount, linkLimit, excluded, document } = input;
  return {
    approvalId,
    subject,
    documentVersion,
    requesterId,
    amount,
    linkLimit,
    excluded,
    levels: seats.map((seat) => levelOf(input, seat)),
    actions: ACTIONS[subject],
    document,
    routing: notes,
  };
}

function levelOf(input: RouteInput, seat: Seat): ApprovalLevel {
  const { level, approver, ...times } = seat.rule;
  const approverIds = seat.approvers.map((person) => person.employeeId);
  const above = lineAbove(input.organisation, seat.approvers[0]).find(
    (person) => obstacle(input, person, seat.isLast) === undefined && !approverIds.includes(person.employeeId),
  );
  return {
    name: level,
    rule: approver,
    approverIds,
    ...times,
    ...(above === undefined ? {} : { escalateTo: above.employeeId }),
  };
}

interface Found {
  readonly approvers: readonly Person[];
  readonly notes: readonly RoutingNote[];
}

function fill(
  input: RouteInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  before: Seat | undefined,
): Found | undefined {
  const named = namedBy(input, rule);
  const approvers = named.filter((person) => obstacle(input, person, isLast) === undefined);
  const [first] = approvers;
  return first === undefined
    ? raise(input, rule, isLast, named, before)
    : { approvers, notes: passedOver(input, rule, isLast, named, first) };
}

/** Notes of those who are named and not asked although others are. */
function passedOver(
  input: RouteInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  named: readonly Person[],
  to: Person,
): readonly RoutingNote[] {
  return named.flatMap((person): RoutingNote[] => {
    const reason = obstacle(input, person, isLast);
    const { employeeId: from } = person;
    return reason === undefined ? [] : [{ kind: 'replaced', level: rule.level, from, to: to.employeeId, reason }];
  });
}

function raise(
  input: RouteInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  named: readonly Person[],
  before: Seat | undefined,
): Found | undefined {
  const line =
    named.length === 0
      ? lineForVacancy(input, rule, before)
      : named.flatMap((person) => lineAbove(input.organisation, person));
  const to = line.find((person) => obstacle(input, person, isLast) === undefined);
  if (to === undefined) {
    return undefined;
  }
  const note = { kind: 'raised', level: rule.level, to: to.employeeId } as const;
  const notes: RoutingNote[] = named.map((person) => ({
    ...note,
    from: person.employeeId,
    reason: obstacle(input, person, isLast) ?? '',
  }));
  return { approvers: [to], notes: named.length === 0 ? [{ ...note, reason: vacancy(rule) }] : notes };
}

/**
 * Nobody holds the seat: it goes to whoever stands above those of the level before (to them when nobody does); at the
 * first level to the head of the cost centre's department, then to the requester's managers. A requester without a
 * manager has nobody above, and no subordinate decides in the manager's place.
 */
function lineForVacancy(input: RouteInput, rule: ApprovalLevelRule, before: Seat | undefined): readonly Person[] {
  const { organisation, requesterId } = input;
  if (rule.approver === 'manager') {
    return [];
  }
  if (before !== undefined) {
    return [...before.approvers.flatMap((person) => lineAbove(organisation, person)), ...before.approvers];
  }
  const { departmentHead } = organisation;
  return [
    ...(departmentHead === undefined ? [] : [departmentHead, ...lineAbove(organisation, departmentHead)]),
    ...lineAbove(organisation, organisation.people.get(requesterId)),
  ];
}

function vacancy(rule: ApprovalLevelRule): string {
  return rule.approver === 'department-head' ? 'the department has no active head' : 'the post is vacant';
}

function namedBy({ organisation, requesterId }: RouteInput, { approver }: ApprovalLevelRule): readonly Person[] {
  switch (approver) {
    case 'manager':
      return lineAbove(organisation, organisation.people.get(requesterId)).slice(0, 1);
    case 'department-head':
      return organisation.departmentHead === undefined ? [] : [organisation.departmentHead];
    default:
      return organisation.holders.get(approver.replace(/^post:/u, '')) ?? [];
  }
}

/** Why the person cannot be asked, or undefined. */
function obstacle(input: RouteInput, person: Person, isLast: boolean): string | undefined {
  if (person.employeeId === input.requesterId) {
    return 'is the requester';
  }
  const exclusion = input.excluded.find((excluded) => excluded.employeeId === person.employeeId);
  if (exclusion !== undefined) {
    return exclusion.reason;
  }
  if (!person.active) {
    return 'is inactive';
  }
  const covers = person.approvalLimit !== undefined && compare(person.approvalLimit, input.amount) >= 0;
  return isLast && needsAuthority(input.subject) && !covers
    ? `has an approval limit of ${person.approvalLimit ?? '0'}`
    : undefined;
}

/** The managers above a person, nearest first; ends at the head of the company and where people report in a circle. */
export function lineAbove({ people }: Pick<Organisation, 'people'>, person: Person | undefined): readonly Person[] {
  const line: Person[] = [];
  let above = people.get(person?.managerId ?? '');
  while (above !== undefined && above !== person && !line.includes(above) && line.length < MAX_LINE) {
    line.push(above);
    above = people.get(above.managerId ?? '');
  }
  return line;
}

/** Adds a level so that nobody is asked on two levels in a row when others can take one of them. */
function join({ seats, notes }: Seating, seat: Seat): Seating {
  const before = seats.at(-1);
  const shared = before === undefined ? [] : seat.approvers.filter((person) => holds(before, person));
  const [twice] = shared;
  if (before === undefined || twice === undefined) {
    return { seats: [...seats, seat], notes };
  }
  const further = seat.approvers.filter((person) => !shared.includes(person));
  const earlier = before.approvers.filter((person) => !holds(seat, person));
  if (further[0] !== undefined) {
    const note = split(seat, twice, further[0], `is asked on level "${before.rule.level}"`);
    return { seats: [...seats, { ...seat, approvers: further }], notes: [...notes, note] };
  }
  if (earlier[0] !== undefined) {
    const note = split(before, twice, earlier[0], `is asked on level "${seat.rule.level}"`);
    return { seats: [...seats.slice(0, -1), { ...before, approvers: earlier }, seat], notes: [...notes, note] };
  }
  const reason = `the same decides level "${seat.rule.level}"`;
  const merged: RoutingNote = { kind: 'merged', level: before.rule.level, to: twice.employeeId, reason };
  return { seats: [...seats.slice(0, -1), seat], notes: [...notes, merged] };
}

function split(seat: Seat, from: Person, to: Person, reason: string): RoutingNote {
  return { kind: 'replaced', level: seat.rule.level, from: from.employeeId, to: to.employeeId, reason };
}

function holds(seat: Seat, person: Person): boolean {
  return seat.approvers.some((approver) => approver.employeeId === person.employeeId);
}
