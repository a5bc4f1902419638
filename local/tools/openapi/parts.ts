/** What the operations of the contract have in common. */
import * as z from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import * as contract from '../../../functions/worklist/api/schemas.ts';

export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: contract.problem } },
});

export const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});

export const ALWAYS: ZodOpenApiResponsesObject = {
  401: { description: 'There is no valid token. The answer is of API Gateway, and no problem of RFC 9457.' },
  403: problem('The token names no active person of the directory; or the action is not for the caller to do.'),
  500: problem('Something failed: nothing has happened that a further answer would not show.'),
};
export const INVALID = { 400: problem('The request is not as the contract has it: `errors` names everything.') };
export const NOT_FOUND = { 404: problem("There is no such task, or it is none of the caller's business.") };

export const NO_REQUEST = { 404: problem('There is no such request, or it is somebody else’s.') };

export const KEY = { header: z.object({ 'Idempotency-Key': contract.idempotencyKey }) };
export const KEY_REUSED = { 422: problem('The key was used for another action.') };
export const TOO_LARGE = { 413: problem('The request is too large.') };
export const TOO_MANY = {
  429: problem('Too many attempts of the caller did not count; `Retry-After` says when to come again.'),
};
export const BUSY = {
  503: problem('Others changed the same thing at the same time: send it again, under the same key where it has one.'),
};

export function body(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}
