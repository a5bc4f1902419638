/** Who calls the API, and which task of theirs a request is about. */
import type { Context } from 'hono';
import type { PersonalTask } from '../../approvals/act-in-person.ts';
import type { Directory } from '../../directory/port.ts';
import type { Claims, PageEnvironment } from '../../pages/http-api.ts';
import type { PersonRule } from '../../sign-in/domain/person-claim.ts';
import { type ClaimRefusal, findPerson } from '../../sign-in/find-person.ts';
import { rolesOfToken, type TokenRoles, withPostRoles } from '../../sign-in/roles.ts';
import type { Role } from '../../sign-in/signed-in.ts';

export interface ApiEnvironment {
  readonly Bindings: PageEnvironment['Bindings'];
  readonly Variables: {
    /** Employee id of whom the token names. */
    readonly caller: string;
    /** What they may do beyond their own tasks and requests, as the token says and their posts give it now. */
    readonly roles: readonly Role[];
  };
}

export type ApiContext = Context<ApiEnvironment>;

/** What an API must know to know its caller. */
export interface CallerDeps {
  readonly directory: Directory;
  /** What of the ID token says who it is. */
  readonly personRule: PersonRule;
  readonly tokenRoles: TokenRoles;
}

/** Why a token that API Gateway has checked names nobody, and the claim that shows it. */
export type CallerRefusal = Omit<ClaimRefusal, 'refusal'> & {
  readonly refusal: ClaimRefusal['refusal'] | 'no-token' | 'access-token';
};

/** Cognito's own claim of what a token is for; tokens of other providers have none. */
const TOKEN_USE = 'token_use';

export async function callerOf(
  { directory, personRule, tokenRoles }: CallerDeps,
  claims: Claims | undefined,
): Promise<(ApiEnvironment['Variables'] & { readonly kind: 'found' }) | CallerRefusal> {
  if (claims === undefined) {
    return { kind: 'refused', refusal: 'no-token', claim: '' };
  }
  const { [TOKEN_USE]: use = 'id' } = claims;
  if (use !== 'id') {
    return { kind: 'refused', refusal: 'access-token', claim: TOKEN_USE };
  }
  const found = await findPerson(directory, claims, personRule);
  if (found.kind === 'refused') {
    return found;
  }
  const { person } = found;
  const roles = await withPostRoles(directory, rolesOfToken(claims, tokenRoles), person);
  return { kind: 'found', caller: person.employeeId, roles };
}

const ID_TOKEN = 'Send the ID token of the sign-in';

/** What whoever writes or runs the OA does about it. */
export function remedyOf({ refusal, claim }: CallerRefusal): string {
  switch (refusal) {
    case 'no-token':
      return `${ID_TOKEN} as "Authorization: Bearer <token>".`;
    case 'access-token':
      return `The claim "${claim}" says that this is no ID token, and an access token does not say who its person is. ${ID_TOKEN}.`;
    case 'missing-claim':
      return `The token has no claim "${claim}", by which its person is found. ${ID_TOKEN}, for the scopes "openid email profile"; if it has none either, the identity provider must send it.`;
    case 'unverified-mail':
      return `The claim "${claim}" does not say "true": the identity provider does not vouch for the mail address (signIn.provider.person of the company file).`;
    case 'unknown-person':
      return `Not exactly one active person of the directory has what the claim "${claim}" says.`;
  }
}

/** @param parts - of the path */
export function taskOf(context: ApiContext, parts: Pick<PersonalTask, 'processId' | 'approvalId'>): PersonalTask {
  const { processId, approvalId } = parts;
  return { processId, approvalId, employeeId: context.get('caller'), via: 'api' };
}
