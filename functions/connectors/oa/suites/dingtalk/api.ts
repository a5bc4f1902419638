/** The two APIs of DingTalk with the app's own access: https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app */
import * as z from 'zod';
import type { Clock } from '../../../../runtime/ambient.ts';
import { type Call, exchange } from '../exchange.ts';
import { answerOf } from '../failures.ts';
import { keptTokens } from '../tokens.ts';
import { DINGTALK } from './failures.ts';

/** Secret of the app's access. */
export const dingtalkAppSecretSchema = z.object({ appSecret: z.string().min(1) });

export interface DingtalkApiParts {
  /** Of the newer interfaces, `https://api.dingtalk.com`. */
  readonly url: string;
  /** Of the older ones, `https://oapi.dingtalk.com`. */
  readonly olderUrl: string;
  /** AppKey (Client ID). */
  readonly appKey: string;
  /** Read for every token, since it may be rotated. */
  readonly secret: () => Promise<z.infer<typeof dingtalkAppSecretSchema>>;
  readonly clock: Clock;
  /** Milliseconds until an answer that did not come counts as none. */
  readonly timeoutMs?: number;
}

interface DingtalkRequest {
  /** What is asked, for messages of failures. */
  readonly what: string;
  /** Below the address of its API. */
  readonly path: string;
  readonly body?: unknown;
}

export interface DingtalkApi {
  /** A GET of the newer interfaces. */
  get<Shape>(request: DingtalkRequest, shape: z.ZodType<Shape>): Promise<Shape>;
  /** A POST of the older interfaces. */
  postOlder<Shape>(request: DingtalkRequest, shape: z.ZodType<Shape>): Promise<Shape>;
}

const tokenAnswer = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number() });

export function createDingtalkApi({ url, olderUrl, appKey, secret, clock, timeoutMs }: DingtalkApiParts): DingtalkApi {
  const ask = async <Shape>(call: Call, what: string, shape: z.ZodType<Shape>): Promise<Shape> => {
    const outcome = await exchange({ ...call, timeoutMs });
    return answerOf(DINGTALK, outcome, what, shape);
  };
  const tokens = keptTokens(async () => {
    const body = { appKey, appSecret: (await secret()).appSecret };
    const call = { method: 'POST', url: new URL('/v1.0/oauth2/accessToken', url), body } as const;
    const given = await ask(call, 'an access token', tokenAnswer);
    return { token: given.accessToken, seconds: given.expireIn };
  }, clock);
  return {
    get: ({ path, what }, shape) =>
      tokens.use((token) => {
        const headers = { 'x-acs-dingtalk-access-token': token };
        return ask({ method: 'GET', url: new URL(path, url), headers }, what, shape);
      }),
    postOlder: ({ path, body, what }, shape) =>
      tokens.use((token) => {
        const address = new URL(path, olderUrl);
        address.searchParams.set('access_token', token);
        return ask({ method: 'POST', url: address, body }, what, shape);
      }),
  };
}
