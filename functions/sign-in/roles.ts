/** Roles from the groups that the identity provider names. */
import type { Role } from './signed-in.ts';

/** Name of the provider's group for each role. */
export type RoleGroups = { readonly [role in Role]: string };

export function rolesOf(groups: readonly string[], names: RoleGroups): readonly Role[] {
  const roles: readonly Role[] = ['administrator', 'operator', 'auditor'];
  return roles.filter((role) => groups.includes(names[role]));
}
