/**
 * Callbacks of WeCom: an envelope in XML, signed in the query; a GET with an envelope to be echoed checks the address, within
 * one second. Source: https://developer.work.weixin.qq.com/document/path/90930 and, for approvals, …/path/91815
 */
import * as z from 'zod';
import { envelopeKey } from '../../../../intake/domain/cipher.ts';
import { textOfUtf8 } from '../../../../intake/domain/text.ts';
import { instantOf } from '../../../../intake/domain/window.ts';
import type { Change, Heard, SuiteCallbacks } from '../../../../intake/port.ts';
import { ConfigError } from '../../../../runtime/errors.ts';
import { openSigned } from '../envelope-callback.ts';
import { WECOM_CHANGES, WECOM_FILED, WECOM_URGED } from './states.ts';
import { envelopeOf, readCallbackXml } from './xml.ts';

/** Secret of the app's callbacks. */
export const wecomCallbackSecretSchema = z.object({ token: z.string().min(1), encodingAesKey: z.string().min(1) });

interface WecomCallbackParts {
  /** Id of the company: its envelopes are made for it. */
  readonly corpId: string;
  /** Read for every call, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof wecomCallbackSecretSchema>>;
}

/** An empty answer says that it was taken. */
const TAKEN = {
  result: 'taken',
  answer: { contentType: 'text/plain; charset=utf-8', body: '' },
} as const satisfies Heard;

const news = z.object({ xml: z.looseObject({ ToUserName: z.string(), Event: z.string().optional() }) });
const approvalEvent = z.object({
  /** Seconds since 1970. */
  CreateTime: z.string().optional(),
  ApprovalInfo: z.object({
    SpNo: z.string().min(1).max(64),
    TemplateId: z.string().min(1).max(128),
    SpStatus: z.string(),
    /** What happened to it just now; the suite's own spelling. */
    StatuChangeEvent: z.string(),
  }),
});

export function createWecomCallbacks({ corpId, secret }: WecomCallbackParts): SuiteCallbacks {
  return {
    async hear(request, now) {
      const { token, encodingAesKey } = await secret();
      const key = envelopeKey(encodingAesKey);
      if (key === undefined) {
        throw new ConfigError('the secret of WeCom has no encodingAesKey of 43 letters and digits (docs/suites.md)');
      }
      const isEcho = request.method === 'GET';
      const encryptOf = () =>
        // A plus that was not encoded in the address arrives as a space, which base64 has none of.
        isEcho ? request.query('echostr')?.replaceAll(' ', '+') : envelopeOf(textOfUtf8(request.rawBody) ?? '');
      const envelope = { token, key, receiver: corpId, signatureName: 'msg_signature', unit: 'seconds' } as const;
      const opened = openSigned(envelope, request, encryptOf, now);
      if ('refusal' in opened) {
        return { result: 'refused', refusal: opened.refusal };
      }
      return isEcho
        ? { result: 'taken', answer: { contentType: 'text/plain; charset=utf-8', body: opened.text } }
        : heardOf(opened.text, corpId, now);
    },
  };
}

function heardOf(text: string, corpId: string, now: Date): Heard {
  const parsed = news.safeParse(readCallbackXml(text));
  if (!parsed.success) {
    return { result: 'refused', refusal: 'unreadable' };
  }
  const { ToUserName, Event } = parsed.data.xml;
  if (ToUserName !== corpId) {
    return { result: 'refused', refusal: 'other-receiver' };
  }
  if (Event !== 'sys_approval_change') {
    return TAKEN;
  }
  const event = approvalEvent.safeParse(parsed.data.xml);
  if (!event.success) {
    return { result: 'refused', refusal: 'unreadable' };
  }
  const { CreateTime, ApprovalInfo } = event.data;
  const { SpNo, TemplateId, SpStatus, StatuChangeEvent } = ApprovalInfo;
  const known = Object.hasOwn(WECOM_CHANGES, SpStatus) ? WECOM_CHANGES[SpStatus] : undefined;
  const change = known === 'filed' ? whileOpen(StatuChangeEvent) : known;
  if (change === undefined) {
    return TAKEN;
  }
  const occurredAt = instantOf(Number(CreateTime) * 1000) ?? now.toISOString();
  return { ...TAKEN, change: { instanceId: SpNo, form: TemplateId, change, occurredAt } };
}

/** While it is being approved, each step and comment is told as well. */
function whileOpen(happened: string): Change | undefined {
  switch (happened) {
    case WECOM_FILED:
      return 'filed';
    case WECOM_URGED:
      return 'urged';
    default:
      return undefined;
  }
}
