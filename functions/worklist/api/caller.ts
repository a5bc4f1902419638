/** Who calls the API, and which task of theirs a request is about. */
import type { Context } from 'hono';
import type { PersonalTask } from '../../approvals/act-in-person.ts';
import type { Directory } from '../../directory/port.ts';
import type { Claims, PageEnvironment } from '../../pages/http-api.ts';
import { rolesOfToken, type TokenRoles, withPostRoles } from '../../sign-in/roles.ts';
import { employeeOf } from '../../sign-in/sign-in.ts';
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
  readonly tokenRoles: TokenRoles;
}

/** Undefined: the provider vouches for no mail address of exactly one active person. An access token names none. */
export async function callerOf(
  { directory, tokenRoles }: CallerDeps,
  claims: Claims = {},
): Promise<ApiEnvironment['Variables'] | undefined> {
  const { email, email_verified: isVerified } = claims;
  const caller =
    typeof email === 'string' && (isVerified === true || isVerified === 'true')
      ? await employeeOf(directory, email)
      : undefined;
  const person = caller === undefined ? undefined : await directory.person(caller);
  return caller === undefined || person === undefined
    ? undefined
    : { caller, roles: await withPostRoles(directory, rolesOfToken(claims, tokenRoles), person) };
}

/** @param parts - of the path */
export function taskOf(context: ApiContext, parts: Pick<PersonalTask, 'processId' | 'approvalId'>): PersonalTask {
  const { processId, approvalId } = parts;
  return { processId, approvalId, employeeId: context.get('caller'), via: 'api' };
}
