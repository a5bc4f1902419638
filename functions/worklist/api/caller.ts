/** Who calls the API, and which task of theirs a request is about. */
import type { Context } from 'hono';
import type { PersonalTask } from '../../approvals/act-in-person.ts';
import type { Directory } from '../../directory/port.ts';
import type { Claims, PageEnvironment } from '../../pages/http-api.ts';
import { employeeOf } from '../../sign-in/sign-in.ts';

export interface ApiEnvironment {
  readonly Bindings: PageEnvironment['Bindings'];
  readonly Variables: {
    /** Employee id of whom the token names. */
    readonly caller: string;
  };
}

export type ApiContext = Context<ApiEnvironment>;

/** Undefined: the provider vouches for no mail address of exactly one active person. An access token names none. */
export async function callerOf(directory: Directory, claims: Claims = {}): Promise<string | undefined> {
  const { email, email_verified: isVerified } = claims;
  return typeof email === 'string' && (isVerified === true || isVerified === 'true')
    ? employeeOf(directory, email)
    : undefined;
}

/** @param parts - of the path */
export function taskOf(context: ApiContext, parts: Pick<PersonalTask, 'processId' | 'approvalId'>): PersonalTask {
  const { processId, approvalId } = parts;
  return { processId, approvalId, employeeId: context.get('caller'), via: 'api' };
}
