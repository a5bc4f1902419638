/**
 * Callbacks of DingTalk: an envelope in JSON, signed in the query, to be answered by an envelope that says `success` within
 * 1.5 seconds. Source: https://open.dingtalk.com/document/orgapp/configure-event-subcription
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { envelopeKey, sealEnvelope, sortedSignature } from '../../../../intake/domain/cipher.ts';
import { MAX_NESTING, nestingOf } from '../../../../intake/domain/nesting.ts';
import { exactJsonOf, textOfUtf8 } from '../../../../intake/domain/text.ts';
import { instantOf } from '../../../../intake/domain/window.ts';
import type { Change, Heard, InstanceChange, SuiteCallbacks } from '../../../../intake/port.ts';
import { ConfigError } from '../../../../runtime/errors.ts';
import { openSigned } from '../envelope-callback.ts';

/** Secret of the app's callbacks. */
export const dingtalkCallbackSecretSchema = z.object({ token: z.string().min(1), aesKey: z.string().min(1) });

interface DingtalkCallbackParts {
  /** AppKey (Client ID) of the app that subscribes: its envelopes are made for it. */
  readonly appKey: string;
  /** Read for every call, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof dingtalkCallbackSecretSchema>>;
}

const enciphered = z.object({ encrypt: z.string() });
const news = z.looseObject({ EventType: z.string() });
const instanceEvent = z.object({
  processInstanceId: z.string().min(1).max(64),
  processCode: z.string().min(1).max(64),
  type: z.string(),
  result: z.string().optional(),
  /** Milliseconds since 1970. */
  createTime: z.string().optional(),
  finishTime: z.string().optional(),
});

export function createDingtalkCallbacks({ appKey, secret }: DingtalkCallbackParts): SuiteCallbacks {
  return {
    async hear(request, now) {
      const { token, aesKey } = await secret();
      const key = envelopeKey(aesKey);
      if (key === undefined) {
        throw new ConfigError('the secret of DingTalk has no aesKey of 43 letters and digits (docs/suites.md)');
      }
      const envelope = { token, key, receiver: appKey, signatureName: 'signature', unit: 'milliseconds' } as const;
      const opened = openSigned(envelope, request, () => envelopeIn(request.rawBody), now);
      if ('refusal' in opened) {
        return { result: 'refused', refusal: opened.refusal };
      }
      return heardOf(opened.text, now, () => answerOf({ token, key, appKey }, now));
    },
  };
}

function envelopeIn(rawBody: Uint8Array): string | undefined {
  const body = textOfUtf8(rawBody) ?? '';
  return nestingOf(body) > MAX_NESTING ? undefined : enciphered.safeParse(exactJsonOf(body)).data?.encrypt;
}

function heardOf(text: string, now: Date, answer: () => string): Heard {
  if (nestingOf(text) > MAX_NESTING) {
    return { result: 'refused', refusal: 'too-deep' };
  }
  const parsed = news.safeParse(exactJsonOf(text));
  if (!parsed.success) {
    return { result: 'refused', refusal: 'unreadable' };
  }
  const taken = () => ({ result: 'taken', answer: { contentType: 'application/json', body: answer() } }) as const;
  if (parsed.data.EventType !== 'bpms_instance_change') {
    return taken();
  }
  const event = instanceEvent.safeParse(parsed.data);
  if (!event.success) {
    return { result: 'refused', refusal: 'unreadable' };
  }
  const change = changeOf(event.data, now);
  return change === undefined ? taken() : { ...taken(), change };
}

function changeOf(event: z.infer<typeof instanceEvent>, now: Date): InstanceChange | undefined {
  const { processInstanceId, processCode, type, result, createTime, finishTime } = event;
  const change = kindOf(type, result);
  const at = Number(type === 'start' ? createTime : (finishTime ?? createTime));
  return change === undefined
    ? undefined
    : {
        instanceId: processInstanceId,
        form: processCode,
        change,
        occurredAt: instantOf(at) ?? now.toISOString(),
      };
}

function kindOf(type: string, result: string | undefined): Change | undefined {
  switch (type) {
    case 'start':
      return 'filed';
    case 'terminate':
    case 'delete':
      return 'withdrawn';
    case 'finish':
      return result === 'agree' ? 'approved' : result === 'refuse' ? 'rejected' : undefined;
    default:
      return undefined;
  }
}

/** `success`, in an envelope that is signed as the suite signs its own. */
function answerOf({ token, key, appKey }: { token: string; key: Buffer; appKey: string }, now: Date): string {
  const encrypt = sealEnvelope(key, { text: 'success', receiver: appKey }, randomBytes(16));
  const timeStamp = String(now.getTime());
  const nonce = randomBytes(8).toString('hex');
  return JSON.stringify({
    msg_signature: sortedSignature(token, timeStamp, nonce, encrypt),
    timeStamp,
    nonce,
    encrypt,
  });
}
