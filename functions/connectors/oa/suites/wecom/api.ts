/** The API of WeCom with the app's own access: https://developer.work.weixin.qq.com/document/path/91039 */
import * as z from 'zod';
import type { Clock } from '../../../../runtime/ambient.ts';
import { type Call, exchange } from '../exchange.ts';
import { answerOf } from '../failures.ts';
import { keptTokens } from '../tokens.ts';
import { WECOM } from './failures.ts';

/** Secret of the app's access. */
export const wecomAppSecretSchema = z.object({ appSecret: z.string().min(1) });

export interface WecomApiParts {
  /** `https://qyapi.weixin.qq.com`. */
  readonly url: string;
  readonly corpId: string;
  /** Read for every token, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof wecomAppSecretSchema>>;
  readonly clock: Clock;
  /** Milliseconds until an answer that did not come counts as none. */
  readonly timeoutMs?: number;
}

interface WecomRequest {
  /** Below `/cgi-bin/`. */
  readonly path: string;
  readonly body: unknown;
  /** What is asked, for messages of failures. */
  readonly what: string;
}

export interface WecomApi {
  post<Shape>(request: WecomRequest, shape: z.ZodType<Shape>): Promise<Shape>;
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

export function createWecomApi({ url, corpId, secret, clock, timeoutMs }: WecomApiParts): WecomApi {
  const ask = async <Shape>(call: Call, what: string, shape: z.ZodType<Shape>): Promise<Shape> => {
    const outcome = await exchange({ ...call, timeoutMs });
    return answerOf(WECOM, outcome, what, shape);
  };
  const addressOf = (path: string, query: Readonly<Record<string, string>>) => {
    const address = new URL(`/cgi-bin/${path}`, url);
    address.search = new URLSearchParams(query).toString();
    return address;
  };
  const tokens = keptTokens(async () => {
    const { appSecret } = await secret();
    const address = addressOf('gettoken', { corpid: corpId, corpsecret: appSecret });
    const given = await ask({ method: 'GET', url: address }, 'an access token', tokenAnswer);
    return { token: given.access_token, seconds: given.expires_in };
  }, clock);
  return {
    post: ({ path, body, what }, shape) =>
      tokens.use((token) => ask({ method: 'POST', url: addressOf(path, { access_token: token }), body }, what, shape)),
  };
}
