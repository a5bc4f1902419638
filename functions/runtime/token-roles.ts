/** How tokens of the company's identity provider are read. */
import type * as z from 'zod';
import type { PersonRule } from '../sign-in/domain/person-claim.ts';
import type { TokenRoles } from '../sign-in/roles.ts';
import type { tokenEnvironment } from './environment.ts';

type TokenEnvironment = z.infer<typeof tokenEnvironment>;

/** From a handler's environment: what says who it is. */
export function personRule({ SIGN_IN_PERSON_BY: by, SIGN_IN_PERSON_CLAIM: claim }: TokenEnvironment): PersonRule {
  return { by, claim };
}

/** From a handler's environment: what groups mean. */
export function tokenRoles(environment: TokenEnvironment): TokenRoles {
  return {
    claim: environment.SIGN_IN_GROUPS_CLAIM,
    groups: {
      administrator: environment.SIGN_IN_ADMINISTRATORS,
      operator: environment.SIGN_IN_OPERATORS,
      auditor: environment.SIGN_IN_AUDITORS,
    },
  };
}
