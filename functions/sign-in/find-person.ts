/** The person of the directory whom the identity provider's claims name. */
import type { Directory, Person } from '../directory/port.ts';
import { type ClaimProblem, type NamedPerson, type PersonRule, personNamed } from './domain/person-claim.ts';

/** Why it is nobody, and the claim that shows it. */
export interface ClaimRefusal {
  readonly kind: 'refused';
  /** `unknown-person`: not exactly one active person of the directory has what the claim says. */
  readonly refusal: ClaimProblem | 'unknown-person';
  readonly claim: string;
}

/** @param claims - of an ID token that was checked */
export async function findPerson(
  directory: Directory,
  claims: { readonly [name: string]: unknown },
  rule: PersonRule,
): Promise<{ readonly kind: 'found'; readonly person: Person } | ClaimRefusal> {
  const named = personNamed(claims, rule);
  if (named.kind === 'nobody') {
    return { kind: 'refused', refusal: named.problem, claim: named.claim };
  }
  const person = await personOf(directory, named);
  return person === undefined
    ? { kind: 'refused', refusal: 'unknown-person', claim: rule.claim }
    : { kind: 'found', person };
}

async function personOf(
  directory: Directory,
  named: Exclude<NamedPerson, { readonly kind: 'nobody' }>,
): Promise<Person | undefined> {
  if (named.kind === 'employee-id') {
    const person = await directory.person(named.employeeId);
    return person?.active === true ? person : undefined;
  }
  // Names and ids are found by the directory as well, but only a mail address is what the provider vouches for.
  const wanted = named.mail.toLowerCase();
  const [person, ...others] = (await directory.find(named.mail)).filter(({ email }) => email.toLowerCase() === wanted);
  return others.length > 0 ? undefined : person;
}
