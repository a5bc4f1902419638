/** Whom an approver rule of the policy names. Pure; whether they may decide is another question. */
import type { Person } from '../../directory/port.ts';
import { compare } from '../../money/money.ts';
import { type Choices, chosenBy } from './chosen.ts';
import { lineAbove, type Organisation } from './organisation.ts';

/** Whom a rule can be about. */
export interface RuleSubject {
  readonly requesterId: string;
  /** Company currency. */
  readonly amount: string;
  readonly organisation: Organisation;
  /** Whom the request itself names. */
  readonly choices?: Choices;
}

/** In the order in which they are asked; nobody when the seat is vacant. */
export function namedBy({ organisation, requesterId, amount, choices }: RuleSubject, rule: string): readonly Person[] {
  const line = lineAbove(organisation, organisation.people.get(requesterId));
  const [kind = '', id = ''] = rule.split(':');
  switch (kind) {
    case 'chain':
      return upToLimit(line, amount);
    case 'department-head':
      return organisation.departmentHead === undefined ? [] : [organisation.departmentHead];
    case 'post':
    // Whoever decides before chooses among them.
    case 'previous@post':
      return holdersOf(organisation, id);
    case 'choice':
    case 'field':
      return [organisation.people.get(chosenBy(choices ?? {}, rule) ?? '')].filter((person) => person !== undefined);
    case 'person':
      return [organisation.people.get(id)].filter((person) => person !== undefined);
    default: {
      const height = managerHeight(kind);
      return line.slice(height - 1, height);
    }
  }
}

/** The post of a rule `post:…`, or to whose holders a choice is bound; undefined for others. */
export function postOf(rule: string): string | undefined {
  return /(?:^|@)post:(?<post>[^@]+)/u.exec(rule)?.groups?.post;
}

/** The person of a rule `person:…`; undefined for others. */
export function personOf(rule: string): string | undefined {
  return /^person:(?<person>.+)$/u.exec(rule)?.groups?.person;
}

/** True for rules about the requester's own line, where nobody beside it stands in for a vacancy. */
export function isOwnLine(rule: string): boolean {
  return rule === 'chain' || rule.startsWith('manager');
}

/** Why a rule names nobody. */
export function vacancyOf(rule: string): string {
  if (rule === 'department-head') {
    return 'the department has no active head';
  }
  return personOf(rule) === undefined ? 'the post is vacant' : 'the directory does not know the person';
}

function managerHeight(rule: string): number {
  return Number(/^manager(?:-(?<height>\d))?$/u.exec(rule)?.groups?.height ?? 1);
}

function holdersOf({ holders, departmentId }: Organisation, id: string): readonly Person[] {
  const [post = '', where] = id.split('@');
  const all = holders.get(post) ?? [];
  return where === 'cost-centre' ? all.filter((person) => person.departmentId === departmentId) : all;
}

/** All managers up to the first one whose limit covers the amount, that one included; all when nobody's does. */
function upToLimit(line: readonly Person[], amount: string): readonly Person[] {
  const covering = line.findIndex(
    ({ approvalLimit, active }) => active && approvalLimit !== undefined && compare(approvalLimit, amount) >= 0,
  );
  return covering === -1 ? line : line.slice(0, covering + 1);
}
