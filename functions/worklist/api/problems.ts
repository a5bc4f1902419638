/** What the API answers when it does not do what it was asked: problem details of RFC 9457. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import type { Refusal } from '../../approvals/domain/approval-events.ts';
import { statusOf } from '../../approvals/refusal-status.ts';
import { REFUSALS } from '../../approvals/refusal-words.ts';
import type { Declined } from '../../requests/requester-channel.ts';
import { KEY_REUSED } from '../act-once.ts';
import type { problem as problemSchema } from './schemas.ts';

type Problem = z.infer<typeof problemSchema>;

const PROBLEMS = {
  'invalid-request': [400, 'The request is not as the contract has it'],
  'idempotency-key-missing': [400, 'An action needs the header Idempotency-Key'],
  'unknown-caller': [403, 'The token names no active person of the directory'],
  'not-your-role': [403, 'The token gives its person no such role'],
  'not-found': [404, 'There is no such thing, or it is none of the caller’s business'],
  'nobody-asked': [409, 'Nobody is asked to decide at the moment'],
  'too-large': [413, 'The request is too large'],
  [KEY_REUSED]: [422, 'The idempotency key was used for another action'],
  'substitute-refused': [422, 'No substitute was named'],
  'too-many-attempts': [429, 'Too many attempts that did not count'],
  failed: [500, 'Something failed on our side'],
  busy: [503, 'Others changed the same thing at the same time'],
} as const satisfies { readonly [code: string]: readonly [ContentfulStatusCode, string] };

/** Answers with a problem of the API itself. */
export function problem(
  context: Context,
  code: keyof typeof PROBLEMS,
  more: Pick<Problem, 'detail' | 'errors'> = {},
): Response {
  const [status, title] = PROBLEMS[code];
  return answer(context, { code, status, title, ...more });
}

/** What does not fit the contract, all of it. */
export function invalid(context: Context, error: z.ZodError): Response {
  const errors = error.issues.map(({ path, message }) => ({
    field: path.length === 0 ? '(whole)' : toDotPath(path),
    problem: message,
  }));
  return problem(context, 'invalid-request', { errors });
}

/** Why an action does not count. `detail` repeats nothing that was sent. */
export function refused(context: Context, refusal: Refusal, detail: string): Response {
  return answer(context, { code: refusal, status: statusOf(refusal), title: REFUSALS[refusal].title.en, detail });
}

/** Why what a requester said does not count as things stand. */
export function declined(context: Context, { refusal, reason }: Declined, title: string): Response {
  return answer(context, { code: refusal, status: 409, title, detail: reason.en });
}

type Details = Omit<Problem, 'type' | 'status'> & { readonly status: ContentfulStatusCode };

function answer(context: Context, details: Details): Response {
  const { code, status } = details;
  const body: Problem = { type: `/api/v1/problems/${code}`, ...details };
  return context.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' });
}
