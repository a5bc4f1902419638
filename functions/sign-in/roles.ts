/** Roles from the groups that the identity provider names, and from the posts that the directory knows. */

import type { Directory, Person } from '../directory/port.ts';
import { groupsOfToken } from './domain/groups-claim.ts';
import { ROLES, type Role } from './signed-in.ts';

/** Name of the provider's group for each role. */
export type RoleGroups = { readonly [role in Role]: string };

export function rolesOf(groups: readonly string[], names: RoleGroups): readonly Role[] {
  return ROLES.filter((role) => groups.includes(names[role]));
}

/**
 * Those of the groups, and those that the person's posts give at this moment: whoever loses a post loses its role with the next
 * request, however long their session or token lives.
 */
export async function withPostRoles(
  directory: Directory,
  ofGroups: readonly Role[],
  { posts, active }: Pick<Person, 'posts' | 'active'>,
): Promise<readonly Role[]> {
  const ofPosts = active && posts.length > 0 ? await directory.rolesOf(posts) : [];
  return ROLES.filter((role) => ofGroups.includes(role) || ofPosts.includes(role));
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
