/** Parts of requests and answers that several resources of the API have. */
import type * as z from 'zod';
import type { ApiContext } from './caller.ts';
import { invalid, problem } from './problems.ts';
import * as contract from './schemas.ts';

/** The key that the caller chose for an action, or what is wrong with it. */
export function keyOf(context: ApiContext): string | Response {
  const header = context.req.header('idempotency-key');
  if (header === undefined) {
    return problem(context, 'idempotency-key-missing');
  }
  const key = contract.idempotencyKey.safeParse(header);
  return key.success ? key.data : invalid(context, key.error);
}

/** The body as the contract has it, or what is wrong with it. */
export async function bodyOf<Body>(context: ApiContext, schema: z.ZodType<Body>): Promise<Body | Response> {
  const body = schema.safeParse(await context.req.json().catch(() => undefined));
  return body.success ? body.data : invalid(context, body.error);
}

export function tooManyAttempts(context: ApiContext): Response {
  context.header('Retry-After', '60');
  return problem(context, 'too-many-attempts');
}
