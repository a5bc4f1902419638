/** The company's rules where people choose who decides, and what they may choose wrongly. */
import type { ApprovalLevelRule } from '../../functions/approvals/domain/level-rule.ts';
import type { Directory } from '../../functions/directory/port.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { companyPolicies } from './purchase-company.ts';

type Levels = readonly ApprovalLevelRule[];

function withLevels(change: (first: ApprovalLevelRule, others: Levels) => Levels): Policies {
  return {
    ...companyPolicies,
    approvalLevels: async (question) => {
      const [first, ...others] = await companyPolicies.approvalLevels(question);
      return first === undefined ? others : change(first, others);
    },
  };
}

const chosenBy = (rule: string) => [{ rule, weight: 1 }];

/** The first level of anything is whoever the requester chooses as `reviewer`. */
export const chosenByRequester: Policies = withLevels((first, others) => [
  { ...first, approvers: chosenBy('choice:reviewer') },
  ...others,
]);

/** As {@link chosenByRequester}; whom the requester chose leaves between the check and the routing, once that is asked for. */
export function leavesBeforeRouting(directory: Directory, chosenId: string) {
  let asked: number | undefined;
  const policies: Policies = {
    ...chosenByRequester,
    approvalLevels: (question) => {
      asked = asked === undefined ? undefined : asked + 1;
      return chosenByRequester.approvalLevels(question);
    },
  };
  // The check asks the rules first, the routing next.
  const hasLeft = (id: string) => id === chosenId && (asked ?? 0) > 1;
  return {
    policies,
    directory: {
      ...directory,
      person: async (id: string) => {
        const person = await directory.person(id);
        return person !== undefined && hasLeft(id) ? { ...person, active: false } : person;
      },
    },
    leaveSoon: () => {
      asked = 0;
    },
  };
}

/** After the first level comes, of the managing directors E-3101 and E-3102, whom it chooses; nobody else. */
export const chosenByFirst: Policies = withLevels((first) => [
  first,
  { ...first, level: 'Director', approvers: chosenBy('previous@post:managing-director') },
]);

/** The first level of anything is for one of these, who claims it. */
export function claimedByOneOf(ids: readonly string[]): Policies {
  return withLevels((first, others) => [
    { ...first, mode: { kind: 'claim' }, approvers: ids.flatMap((id) => chosenBy(`person:${id}`)) },
    ...others,
  ]);
}

/** A choice of `reviewer` that counts. */
export const CHOSEN = { approvers: { reviewer: 'E-2002' } };

/** Choices of E-1001 that do not: whom, as their request says it, and what is wrong. */
export const WRONG_CHOICES = [
  ['nobody', {}, 'nobody is named'],
  ['themself', { approvers: { reviewer: 'E-1001' } }, 'E-1001 is the requester'],
  ['somebody who has left', { approvers: { reviewer: 'E-1003' } }, 'E-1003 is inactive'],
] as const;
