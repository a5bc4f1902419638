/**
 * Events become executions: named after the event, so that the same event delivered again starts nothing. The request is
 * part of the name: two OAs, or one that errs, may give one event id to two requests, and neither may be lost.
 */
import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { RequestEnvelope } from '../events/envelope.ts';
import type { ProcessStarter } from '../process/resumer.ts';
import { parseInput } from '../runtime/parse.ts';

/**
 * Starts the process of an event's detail.
 * @param noun - what is filed; begins the names of the executions, with dashes for its spaces
 * @throws ValidationError when not even the request and its sender can be read: the queue keeps the event for a person.
 */
export async function startProcess(
  deps: { readonly starter: ProcessStarter },
  noun: string,
  schema: z.ZodType<RequestEnvelope>,
  detail: unknown,
): Promise<'started' | 'already-started'> {
  const event = parseInput(schema, detail);
  const { oa, metadata } = event;
  const identity = [oa.system, oa.requestId, metadata.eventId].join('\n');
  const name = `${noun.replaceAll(' ', '-')}-${createHash('sha256').update(identity).digest('hex').slice(0, 40)}`;
  return deps.starter.start(name, event);
}
