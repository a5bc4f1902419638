/**
 * Approvers whom the request itself names: `choice:<name>` (whom the requester chose) and `field:<name>` (whom a field of the
 * form holds), both of them only among the holders of a post where the rule ends in `@post:<postId>`. Pure. Whoever cannot
 * be asked is refused by name: nobody comes in their place, because then somebody would decide whom nobody chose.
 */
import type { FieldIssue } from '../../runtime/errors.ts';
import type { Organisation } from './organisation.ts';

/** What the requester says about approvers. Employee ids, by the name that the rules give them. */
export interface Choices {
  readonly approvers?: { readonly [name: string]: string } | undefined;
  readonly fields?: { readonly [name: string]: string } | undefined;
}

/** For a plan: nothing where the form says nothing. */
export function choicesOf({ approvers, fields }: Choices = {}): { readonly choices?: Choices } {
  return approvers === undefined && fields === undefined
    ? {}
    : { choices: { ...(approvers === undefined ? {} : { approvers }), ...(fields === undefined ? {} : { fields }) } };
}

interface ChosenRule {
  readonly kind: 'choice' | 'field';
  readonly name: string;
  /** The chosen person holds this post; undefined: whoever works here. */
  readonly post?: string;
}

const CHOSEN = /^(?<kind>choice|field):(?<name>[^@]+)(?:@post:(?<post>.+))?$/u;

/** Undefined: the rule names its people by itself. */
function chosenRule(rule: string): ChosenRule | undefined {
  const { kind, name = '', post } = CHOSEN.exec(rule)?.groups ?? {};
  return kind === 'choice' || kind === 'field' ? { kind, name, ...(post === undefined ? {} : { post }) } : undefined;
}

/** Whether the request names the approver, and not the rule. */
export function isChosen(rule: string): boolean {
  return chosenRule(rule) !== undefined;
}

/** Employee id of whom the request names for the rule; undefined: nobody, or the rule names its people by itself. */
export function chosenBy({ approvers = {}, fields = {} }: Choices, rule: string): string | undefined {
  const chosen = chosenRule(rule);
  if (chosen === undefined) {
    return undefined;
  }
  const given = chosen.kind === 'choice' ? approvers : fields;
  // A name such as `constructor` is no choice that somebody made.
  return Object.hasOwn(given, chosen.name) ? given[chosen.name] : undefined;
}

/**
 * What is wrong with the choice as such; undefined: nothing, or the rule names its people by itself.
 * @param form - what was filed, as its event names it
 */
export function choiceIssue(
  choices: Choices,
  rule: string,
  { people, holders }: Pick<Organisation, 'people' | 'holders'>,
  form: string,
): FieldIssue | undefined {
  const chosen = chosenRule(rule);
  if (chosen === undefined) {
    return undefined;
  }
  const id = chosenBy(choices, rule);
  if (id === undefined) {
    return issueOf(rule, form, 'nobody is named, and the rules for approvals ask for somebody');
  }
  if (!people.has(id)) {
    return issueOf(rule, form, `${id} is not in the directory`);
  }
  const isHolder = holders.get(chosen.post ?? '')?.some(({ employeeId }) => employeeId === id) === true;
  return chosen.post === undefined || isHolder
    ? undefined
    : issueOf(rule, form, `${id} does not hold the post ${chosen.post}`);
}

/**
 * @param form - what was filed, as its event names it
 * @param problem - why whoever is chosen by the rule cannot be asked
 */
export function issueOf(rule: string, form: string, problem: string): FieldIssue {
  const { kind, name = '', post } = chosenRule(rule) ?? {};
  const among = post === undefined ? 'somebody who may decide' : `a holder of the post ${post} who may decide`;
  return {
    field: `${form}.${kind === 'field' ? 'fields' : 'approvers'}.${name}`,
    problem,
    remedy: `write the employee id of ${among}, other than the requester, and file it again`,
  };
}
