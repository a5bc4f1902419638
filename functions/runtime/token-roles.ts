/** What the groups of the company's identity provider mean. */
import type * as z from 'zod';
import type { TokenRoles } from '../sign-in/roles.ts';
import type { rolesEnvironment } from './environment.ts';

/** From a handler's environment. */
export function tokenRoles(environment: z.infer<typeof rolesEnvironment>): TokenRoles {
  return {
    claim: environment.SIGN_IN_GROUPS_CLAIM,
    groups: {
      administrator: environment.SIGN_IN_ADMINISTRATORS,
      operator: environment.SIGN_IN_OPERATORS,
      auditor: environment.SIGN_IN_AUDITORS,
    },
  };
}
