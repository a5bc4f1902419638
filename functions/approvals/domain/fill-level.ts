/**
 * The people of one level: whom its rules name, and who comes in the place of those who may not decide. Pure. Nobody is
 * left out without somebody in their place: a voice that nobody can take is a refusal.
 */
import type { Person } from '../../directory/port.ts';
import { compare } from '../../money/money.ts';
import { isOwnLine, namedBy, type RuleSubject, vacancyOf } from './approver-rules.ts';
import type { ApprovalLevelRule } from './level-rule.ts';
import { lineAbove } from './organisation.ts';
import { type ApprovalSubject, type Exclusion, isForOne, needsAuthority, type RoutingNote } from './plan.ts';

export interface FillInput extends RuleSubject {
  readonly subject: ApprovalSubject;
  readonly excluded: readonly Exclusion[];
}

/** One who is asked, and how much their voice weighs. */
export interface Voice {
  readonly person: Person;
  readonly weight: number;
}

export interface Filled {
  readonly voices: readonly Voice[];
  readonly notes: readonly RoutingNote[];
}

/**
 * @param isLast - the approval ends with the level: whoever decides commits the company to the amount
 * @param before - who is asked on the level before
 * @returns undefined when a voice can be taken by nobody
 */
export function fillLevel(
  input: FillInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  before: readonly Person[] | undefined,
): Filled | undefined {
  return isForOne(rule) ? fillForOne(input, rule, isLast, before) : fillForAll(input, rule, isLast, before);
}

function fillForOne(
  input: FillInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  before: readonly Person[] | undefined,
): Filled | undefined {
  const named = [...new Set(rule.approvers.flatMap((approver) => namedBy(input, approver.rule)))];
  const able = named.filter((person) => obstacle(input, person, isLast) === undefined);
  const [first] = able;
  if (first !== undefined) {
    return { voices: able.map(voiceOf), notes: passedOver(input, rule, isLast, named, first) };
  }
  const line =
    named.length === 0
      ? lineForVacancy(input, rule.approvers[0]?.rule ?? '', before)
      : named.flatMap((person) => lineAbove(input.organisation, person));
  const to = line.find((person) => obstacle(input, person, isLast) === undefined);
  if (to === undefined) {
    return undefined;
  }
  const reasons: RoutingNote[] = named.map((person) => raised(rule, to, obstacle(input, person, isLast) ?? '', person));
  const vacant = raised(rule, to, vacancyOf(rule.approvers[0]?.rule ?? ''));
  return { voices: [voiceOf(to)], notes: named.length === 0 ? [vacant] : reasons };
}

function voiceOf(person: Person): Voice {
  return { person, weight: 1 };
}

function raised(rule: ApprovalLevelRule, to: Person, reason: string, from?: Person): RoutingNote {
  const known = from === undefined ? {} : { from: from.employeeId };
  return { kind: 'raised', level: rule.level, ...known, to: to.employeeId, reason };
}

/** Notes of those who are named and not asked although others are. */
function passedOver(
  input: FillInput,
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

/** Every voice counts: each that cannot be taken by who is named goes to somebody above, who is not asked twice. */
function fillForAll(
  input: FillInput,
  rule: ApprovalLevelRule,
  isLast: boolean,
  before: readonly Person[] | undefined,
): Filled | undefined {
  const voices: Voice[] = [];
  const notes: RoutingNote[] = [];
  const isFree = (person: Person) =>
    obstacle(input, person, false) === undefined && voices.every((voice) => voice.person !== person);
  for (const approver of rule.approvers) {
    const named = namedBy(input, approver.rule);
    const seats = named.length === 0 ? [undefined] : named;
    for (const person of seats) {
      const line =
        person === undefined
          ? lineForVacancy(input, approver.rule, before)
          : [person, ...lineAbove(input.organisation, person)];
      const to = line.find(isFree);
      if (to === undefined) {
        return undefined;
      }
      voices.push({ person: to, weight: approver.weight });
      if (to !== person) {
        const reason =
          person === undefined ? vacancyOf(approver.rule) : (obstacle(input, person, false) ?? 'is asked already');
        notes.push(raised(rule, to, reason, person));
      }
    }
  }
  return canReach(rule, voices) ? withAuthority(input, rule, isLast, { voices, notes }) : undefined;
}

function canReach({ mode }: ApprovalLevelRule, voices: readonly Voice[]): boolean {
  switch (mode.kind) {
    case 'weighted':
      return voices.reduce((sum, { weight }) => sum + weight, 0) >= mode.needed;
    case 'quorum':
      return voices.length >= mode.needed;
    default:
      return voices.length > 0;
  }
}

/** Somebody on the last level has a limit that covers the amount; if need be who stands above the last of them. */
function withAuthority(input: FillInput, rule: ApprovalLevelRule, isLast: boolean, filled: Filled): Filled | undefined {
  const { voices, notes } = filled;
  const last = voices.at(-1);
  if (last === undefined || voices.some(({ person }) => obstacle(input, person, isLast) === undefined)) {
    return last === undefined ? undefined : filled;
  }
  const to = lineAbove(input.organisation, last.person).find(
    (person) => obstacle(input, person, isLast) === undefined && voices.every((voice) => voice.person !== person),
  );
  const reason = obstacle(input, last.person, isLast) ?? '';
  return to === undefined
    ? undefined
    : {
        voices: [...voices.slice(0, -1), { ...last, person: to }],
        notes: [...notes, raised(rule, to, reason, last.person)],
      };
}

/**
 * Nobody holds the seat: it goes to whoever stands above those of the level before (to them when nobody does); at the
 * first level to the head of the department that bears it, then to the requester's managers. A requester without a
 * manager has nobody above, and no subordinate decides in the manager's place.
 */
function lineForVacancy(input: FillInput, approver: string, before: readonly Person[] | undefined): readonly Person[] {
  const { organisation, requesterId } = input;
  if (isOwnLine(approver)) {
    return [];
  }
  if (before !== undefined) {
    return [...before.flatMap((person) => lineAbove(organisation, person)), ...before];
  }
  const { departmentHead } = organisation;
  return [
    ...(departmentHead === undefined ? [] : [departmentHead, ...lineAbove(organisation, departmentHead)]),
    ...lineAbove(organisation, organisation.people.get(requesterId)),
  ];
}

/** Why the person cannot be asked, or undefined. */
export function obstacle(input: FillInput, person: Person, isLast: boolean): string | undefined {
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
