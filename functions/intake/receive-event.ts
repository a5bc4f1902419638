/**
 * An OA that cannot call AWS sends its events by a signed HTTP request (docs/webhook.md). What is taken lies on the bus
 * before it is answered; whether its content can be followed is found, recorded and answered by the process, as for any
 * event.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type SignatureCheck, verifySignature } from '../connectors/oa/signature.ts';
import { OA_EVENTS, oaEventSchema } from '../events/oa-events.ts';
import { MAX_NESTING, nestingOf } from './domain/nesting.ts';
import { jsonOf, textOfUtf8 } from './domain/text.ts';
import { type PutDeps, putOnce } from './put-once.ts';

/** Bytes of a body: with its envelope it stays below the 256 KiB of an entry of EventBridge. */
export const MAX_BODY_BYTES = 200_000;

export interface ReceiveDeps extends PutDeps {
  /** Keys of an OA, by the name of its system: the present one first, then one that it replaces. None: no such OA. */
  readonly keysOf: (system: string) => Promise<readonly string[]>;
}

export interface SignedRequest {
  /** The OA that the request says it is from: its key must fit. */
  readonly system: string;
  /** Headers as received; undefined where missing. */
  readonly contentType: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** Before any parsing. */
  readonly rawBody: Uint8Array;
}

/** Why a request is not taken. */
export type WebhookRefusal =
  | 'unknown-system'
  | 'too-large'
  | Exclude<SignatureCheck, 'valid'>
  | 'not-json'
  | 'too-deep'
  | 'unreadable-event'
  | 'other-system'
  | 'event-id-reused';

export type Reception =
  | { readonly result: 'accepted' | 'accepted-before'; readonly eventId: string }
  | {
      readonly result: 'refused';
      readonly refusal: WebhookRefusal;
      /** What is wrong by field; only of a request whose signature is right. */
      readonly errors: readonly { readonly field: string; readonly problem: string }[];
    };

const requestSchema = z.strictObject(
  {
    'detail-type': z.enum(OA_EVENTS, { error: `must be one of ${OA_EVENTS.join(', ')}` }),
    detail: oaEventSchema,
  },
  // zod's own words quote the names of unknown fields, which are what somebody sent.
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? 'must have no other fields than detail-type and detail' : undefined,
  },
);

/**
 * Puts the event on the bus, at least once, unless it was put before. The signature is checked before anything of the
 * body is read.
 * @throws ConnectorTransientError when the bus does not take it: the OA sends it again.
 */
export async function receiveEvent(deps: ReceiveDeps, request: SignedRequest): Promise<Reception> {
  const wrong = await signatureRefusal(deps, request);
  if (wrong !== undefined) {
    return refused(wrong);
  }
  const text = textOf(request);
  if (text === undefined) {
    return refused('not-json');
  }
  if (nestingOf(text) > MAX_NESTING) {
    return refused('too-deep');
  }
  const parsed = requestSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    return jsonOf(text) === undefined ? refused('not-json') : refused('unreadable-event', parsed.error);
  }
  const { 'detail-type': detailType, detail } = parsed.data;
  if (detail.oa.system !== request.system) {
    return refused('other-system');
  }
  const { eventId } = detail.metadata;
  const digest = createHash('sha256').update(request.rawBody).digest('base64url');
  const result = await putOnce(deps, { system: request.system, eventId, digest, detailType, detail });
  return result === 'event-id-reused' ? refused(result) : { result, eventId };
}

async function signatureRefusal(deps: ReceiveDeps, request: SignedRequest): Promise<WebhookRefusal | undefined> {
  const { system, timestamp, signature, rawBody } = request;
  const keys = await deps.keysOf(system);
  if (keys.length === 0) {
    return 'unknown-system';
  }
  if (rawBody.byteLength > MAX_BODY_BYTES) {
    return 'too-large';
  }
  const now = deps.clock.now();
  const checks = keys.map((signingKey) => verifySignature({ signingKey, timestamp, signature, rawBody, now }));
  return checks.includes('valid') ? undefined : checks.find((check) => check !== 'valid');
}

/** UTF-8 to the letter: what was signed is what is read. */
function textOf({ contentType, rawBody }: SignedRequest): string | undefined {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '') ? textOfUtf8(rawBody) : undefined;
}

function refused(refusal: WebhookRefusal, error?: z.ZodError): Reception {
  const errors = (error?.issues ?? []).map(({ path, message }) => ({
    field: path.length === 0 ? '(whole)' : path.join('.'),
    problem: message,
  }));
  return { result: 'refused', refusal, errors };
}
