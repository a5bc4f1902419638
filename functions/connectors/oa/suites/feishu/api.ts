/** The API of Feishu (Lark) with the app's own access: https://open.feishu.cn/document/server-docs/api-call-guide/calling-process/overview */
import * as z from 'zod';
import type { Clock } from '../../../../runtime/ambient.ts';
import { type Call, exchange } from '../exchange.ts';
import { answerOf } from '../failures.ts';
import { keptTokens } from '../tokens.ts';
import { FEISHU } from './failures.ts';

/** Secret of the app's access. */
export const feishuAppSecretSchema = z.object({ appSecret: z.string().min(1) });

export interface FeishuApiParts {
  /** `https://open.feishu.cn`, or `https://open.larksuite.com` of Lark. */
  readonly url: string;
  readonly appId: string;
  /** Read for every token, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof feishuAppSecretSchema>>;
  readonly clock: Clock;
  /** Milliseconds until an answer that did not come counts as none. */
  readonly timeoutMs?: number;
}

export interface FeishuApi {
  call<Shape>(request: FeishuRequest, shape: z.ZodType<Shape>): Promise<Shape>;
}

interface FeishuRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/open-apis/`. */
  readonly path: string;
  readonly body?: unknown;
  /** What is asked, for messages of failures. */
  readonly what: string;
}

const tokenAnswer = z.object({ tenant_access_token: z.string().min(1), expire: z.coerce.number() });

export function createFeishuApi(parts: FeishuApiParts): FeishuApi {
  const { url, appId, secret, clock, timeoutMs } = parts;
  const ask = async <Shape>(
    { method, path, body, what }: FeishuRequest,
    headers: Call['headers'],
    shape: z.ZodType<Shape>,
  ): Promise<Shape> => {
    const outcome = await exchange({
      ...{ method, url: new URL(`/open-apis/${path}`, url), timeoutMs, waitHeader: 'x-ogw-ratelimit-reset' },
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    });
    return answerOf(FEISHU, outcome, what, shape);
  };
  const tokens = keptTokens(async () => {
    const { appSecret } = await secret();
    const body = { app_id: appId, app_secret: appSecret };
    const path = 'auth/v3/tenant_access_token/internal';
    const given = await ask({ method: 'POST', path, body, what: 'an access token' }, undefined, tokenAnswer);
    return { token: given.tenant_access_token, seconds: given.expire };
  }, clock);
  return {
    call: (request, shape) => tokens.use((token) => ask(request, { Authorization: `Bearer ${token}` }, shape)),
  };
}
