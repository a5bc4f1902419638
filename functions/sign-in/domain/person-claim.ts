/** Which person the identity provider's claims name. Pure. */

/** What of a token says who it is. */
export interface PersonRule {
  /** `mail`: the company's provider gives the addresses out itself, and vouches for all of them. */
  readonly by: 'verified-mail' | 'mail' | 'employee-id';
  /** Name of the claim that has it. */
  readonly claim: string;
}

/** Why the claims name nobody. Stable names: they stand in the log and in the record. */
export type ClaimProblem = 'missing-claim' | 'unverified-mail';

export type NamedPerson =
  | { readonly kind: 'mail'; readonly mail: string }
  | { readonly kind: 'employee-id'; readonly employeeId: string }
  | { readonly kind: 'nobody'; readonly problem: ClaimProblem; readonly claim: string };

const VERIFIED = 'email_verified';

/** @param claims - of an ID token that was checked: as the provider wrote them, or as API Gateway and Cognito turn them into text */
export function personNamed(claims: { readonly [name: string]: unknown }, { by, claim }: PersonRule): NamedPerson {
  const value = textOf(claims[claim]);
  if (value === '') {
    return { kind: 'nobody', problem: 'missing-claim', claim };
  }
  if (by === 'employee-id') {
    return { kind: 'employee-id', employeeId: value };
  }
  return by === 'mail' || claims[VERIFIED] === true || claims[VERIFIED] === 'true'
    ? { kind: 'mail', mail: value }
    : { kind: 'nobody', problem: 'unverified-mail', claim: VERIFIED };
}

/** Some providers send an employee id as a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
