/** Roles from the groups that the identity provider names. */
import { groupsOfToken } from './domain/groups-claim.ts';
import type { Role } from './signed-in.ts';

/** Name of the provider's group for each role. */
export type RoleGroups = { readonly [role in Role]: string };

export function rolesOf(groups: readonly string[], names: RoleGroups): readonly Role[] {
  const roles: readonly Role[] = ['administrator', 'operator', 'auditor'];
  return roles.filter((role) => groups.includes(names[role]));
}

/** How the roles of whoever has a token stand in it. */
export interface TokenRoles {
  /** Name of the claim that lists the groups. */
  readonly claim: string;
  readonly groups: RoleGroups;
}

/** @param claims - of a token that API Gateway has checked */
export function rolesOfToken(
  claims: { readonly [name: string]: unknown },
  { claim, groups }: TokenRoles,
): readonly Role[] {
  return rolesOf(groupsOfToken(claims, claim), groups);
}
