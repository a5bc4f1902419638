/**
 * Callbacks of Feishu (Lark): signed over the raw body, enciphered with the app's encrypt key. Both are required, which the
 * suite's own kit does not: without a key it takes whatever comes. Source:
 * https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { bytesOfBase64, decipher, isSame } from '../../../../intake/domain/cipher.ts';
import { MAX_NESTING, nestingOf } from '../../../../intake/domain/nesting.ts';
import { exactJsonOf, textOfUtf8 } from '../../../../intake/domain/text.ts';
import { instantOf, isInWindow } from '../../../../intake/domain/window.ts';
import type {
  CallbackRefusal,
  CallbackRequest,
  Heard,
  InstanceChange,
  SuiteCallbacks,
} from '../../../../intake/port.ts';
import { FEISHU_CHANGES } from './states.ts';

/** Secret of the app's callbacks. */
export const feishuCallbackSecretSchema = z.object({
  encryptKey: z.string().min(1),
  verificationToken: z.string().min(1),
});

interface FeishuCallbackParts {
  readonly appId: string;
  /** Read for every call, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof feishuCallbackSecretSchema>>;
}

const IV_BYTES = 16;
const TAKEN = { result: 'taken', answer: { contentType: 'application/json', body: '{}' } } as const satisfies Heard;

const enciphered = z.object({ encrypt: z.string() });
const challenge = z.object({ type: z.literal('url_verification'), token: z.string(), challenge: z.string().max(256) });
const approvalEvent = z.object({
  type: z.literal('approval_instance'),
  app_id: z.string(),
  approval_code: z.string().min(1).max(64),
  instance_code: z.string().min(1).max(64),
  status: z.string(),
  /** Milliseconds since 1970. */
  instance_operate_time: z.string().optional(),
  operate_time: z.string().optional(),
});
const news = z.object({
  token: z.string().optional(),
  header: z.object({ token: z.string().optional(), app_id: z.string().optional() }).optional(),
  event: z.looseObject({ type: z.string().optional(), app_id: z.string().optional() }),
});

export function createFeishuCallbacks({ appId, secret }: FeishuCallbackParts): SuiteCallbacks {
  return {
    async hear(request, now) {
      const { encryptKey, verificationToken } = await secret();
      const timestamp = request.header('x-lark-request-timestamp');
      const signature = request.header('x-lark-signature');
      if (timestamp === undefined && signature === undefined) {
        return hearUnsigned(request, encryptKey, verificationToken);
      }
      const refusal = refusalOf(request, encryptKey, now);
      return refusal === undefined
        ? hearSigned(request, { appId, encryptKey, verificationToken }, now)
        : refused(refusal);
    },
  };
}

/**
 * The check of an address that is being set up comes without a signature: knowing the key and the token is what it shows.
 * Whatever is wrong is answered in the same way, or whoever asks could learn from the answers what a stolen callback holds.
 */
function hearUnsigned({ rawBody }: CallbackRequest, encryptKey: string, verificationToken: string): Heard {
  const opened = open(rawBody, encryptKey);
  const parsed = challenge.safeParse('text' in opened ? exactJsonOf(opened.text) : undefined);
  return parsed.success && isSame(parsed.data.token, verificationToken)
    ? challenged(parsed.data.challenge)
    : refused('malformed');
}

function refusalOf(request: CallbackRequest, encryptKey: string, now: Date): CallbackRefusal | undefined {
  const { header } = request;
  const timestamp = header('x-lark-request-timestamp');
  const nonce = header('x-lark-request-nonce');
  const signature = header('x-lark-signature');
  if (timestamp === undefined || nonce === undefined || signature === undefined) {
    return 'malformed';
  }
  const expected = createHash('sha256')
    .update(`${timestamp}${nonce}${encryptKey}`)
    .update(request.rawBody)
    .digest('hex');
  if (!isSame(signature, expected)) {
    return 'wrong-signature';
  }
  return isInWindow(timestamp, 'seconds', now) ? undefined : 'outside-window';
}

interface Keys {
  readonly appId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
}

function hearSigned({ rawBody }: CallbackRequest, { appId, encryptKey, verificationToken }: Keys, now: Date): Heard {
  const opened = open(rawBody, encryptKey);
  if ('refusal' in opened) {
    return refused(opened.refusal);
  }
  if (nestingOf(opened.text) > MAX_NESTING) {
    return refused('too-deep');
  }
  const said = exactJsonOf(opened.text);
  const check = challenge.safeParse(said);
  if (check.success) {
    return isSame(check.data.token, verificationToken) ? challenged(check.data.challenge) : refused('other-receiver');
  }
  const parsed = news.safeParse(said);
  if (!parsed.success) {
    return refused('unreadable');
  }
  const { token, header, event } = parsed.data;
  const isOurs =
    isSame(header?.token ?? token ?? '', verificationToken) && (header?.app_id ?? event.app_id ?? '') === appId;
  if (!isOurs) {
    return refused('other-receiver');
  }
  return event.type === 'approval_instance' ? heardOf(event, now) : TAKEN;
}

function heardOf(event: unknown, now: Date): Heard {
  const parsed = approvalEvent.safeParse(event);
  if (!parsed.success) {
    return refused('unreadable');
  }
  const { approval_code, instance_code, status, instance_operate_time, operate_time } = parsed.data;
  const kind = Object.hasOwn(FEISHU_CHANGES, status) ? FEISHU_CHANGES[status] : undefined;
  if (kind === undefined) {
    return TAKEN;
  }
  const change: InstanceChange = {
    instanceId: instance_code,
    form: approval_code,
    change: kind,
    occurredAt: instantOf(Number(instance_operate_time ?? operate_time)) ?? now.toISOString(),
  };
  return { ...TAKEN, change };
}

function open(
  rawBody: Uint8Array,
  encryptKey: string,
): { readonly text: string } | { readonly refusal: CallbackRefusal } {
  const body = textOfUtf8(rawBody);
  if (body !== undefined && nestingOf(body) > MAX_NESTING) {
    return { refusal: 'too-deep' };
  }
  const parsed = enciphered.safeParse(body === undefined ? undefined : exactJsonOf(body));
  const bytes = parsed.success ? bytesOfBase64(parsed.data.encrypt) : undefined;
  if (bytes === undefined || bytes.length <= IV_BYTES) {
    return { refusal: 'unreadable' };
  }
  const key = createHash('sha256').update(encryptKey).digest();
  const plain = decipher(key, bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES), IV_BYTES);
  const text = plain === undefined ? undefined : textOfUtf8(plain);
  return text === undefined ? { refusal: 'unreadable' } : { text };
}

function challenged(answer: string): Heard {
  return { result: 'taken', answer: { contentType: 'application/json', body: JSON.stringify({ challenge: answer }) } };
}

function refused(refusal: CallbackRefusal): Heard {
  return { result: 'refused', refusal };
}
