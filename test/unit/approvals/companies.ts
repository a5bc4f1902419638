/** A small company, and requests whose approvers are looked for in it. */

import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import type { Organisation } from '../../../functions/approvals/domain/organisation.ts';
import type { DecisionDocument } from '../../../functions/approvals/domain/plan.ts';
import { type RouteInput, routeApproval } from '../../../functions/approvals/domain/route.ts';
import type { Person } from '../../../functions/directory/port.ts';

export const DOCUMENT: DecisionDocument = {
  title: 'Paper',
  currency: 'CNY',
  total: '100',
  baseTotal: '100',
  baseCurrency: 'CNY',
  lines: [],
  notes: [],
};

export function person(employeeId: string, managerId: string | undefined, more: Partial<Person> = {}): Person {
  return {
    employeeId,
    name: employeeId,
    email: `${employeeId}@meridian.example`,
    locale: 'en',
    ...(managerId === undefined ? {} : { managerId }),
    departmentId: 'D',
    posts: [],
    active: true,
    ...more,
  };
}

/** asker -> lead -> head -> chief; clerk and cashier report to head, accountant to chief. */
export const COMPANY = [
  person('chief', undefined, { approvalLimit: '100000' }),
  person('head', 'chief', { approvalLimit: '10000' }),
  person('lead', 'head', { approvalLimit: '1000' }),
  person('asker', 'lead'),
  person('clerk', 'head', { approvalLimit: '500' }),
  person('cashier', 'head', { approvalLimit: '5000' }),
  person('accountant', 'chief', { approvalLimit: '20000' }),
];

export function rule(level: string, approver: string, more: Partial<ApprovalLevelRule> = {}): ApprovalLevelRule {
  const approvers = approver.split(', ').map((one) => {
    const [name = '', weight = '1'] = one.split('*');
    return { rule: name, weight: Number(weight) };
  });
  const times = { remindAfterHours: 1, escalateAfterHours: 2, expireAfterHours: 3 };
  return { level, approvers, mode: { kind: 'any' }, isParallel: false, ...times, ...more };
}

export const MANAGER = rule('Manager', 'manager');
export const HEAD = rule('Department head', 'department-head');
export const POST = rule('Cashier', 'post:cashier');

export interface Situation {
  readonly people?: readonly Person[];
  readonly head?: string;
  readonly cashiers?: readonly string[];
}

export function organisation({
  people = COMPANY,
  head = 'head',
  cashiers = ['cashier'],
}: Situation = {}): Organisation {
  const byId = new Map(people.map((one) => [one.employeeId, one]));
  const active = (id: string) => {
    const found = byId.get(id);
    return found?.active === true ? [found] : [];
  };
  const [departmentHead] = active(head);
  return {
    people: byId,
    holders: new Map([['cashier', cashiers.flatMap(active)]]),
    ...(departmentHead === undefined ? {} : { departmentHead }),
  };
}

export function input(
  levelRules: readonly ApprovalLevelRule[],
  more: Partial<RouteInput> & Situation = {},
): RouteInput {
  const { people, head, cashiers, ...rest } = more;
  return {
    approvalId: 'A',
    subject: 'order',
    documentVersion: 1,
    requesterId: 'asker',
    amount: '100',
    linkLimit: '1000',
    excluded: [],
    document: DOCUMENT,
    levelRules,
    organisation: organisation({
      ...(people === undefined ? {} : { people }),
      ...(head === undefined ? {} : { head }),
      ...(cashiers === undefined ? {} : { cashiers }),
    }),
    ...rest,
  };
}

export function planned(routed: RouteInput) {
  const result = routeApproval(routed);
  if ('refusal' in result) {
    throw new Error(JSON.stringify(result));
  }
  return result.plan;
}

export function asked(routed: RouteInput) {
  return planned(routed).levels.map((level) => [level.name, ...level.approverIds]);
}

export function changed(employeeId: string, change: Partial<Person>): readonly Person[] {
  return COMPANY.map((one) => (one.employeeId === employeeId ? { ...one, ...change } : one));
}
