/** Feishu, DingTalk and WeCom as far as our connectors use them: as strict as they are about what they are sent. */
import { afterEach } from 'vitest';
import * as z from 'zod';
import { createDingtalkApi, type DingtalkApi } from '../../../functions/connectors/oa/suites/dingtalk/api.ts';
import { createFeishuApi, type FeishuApi } from '../../../functions/connectors/oa/suites/feishu/api.ts';
import { createWecomApi, type WecomApi } from '../../../functions/connectors/oa/suites/wecom/api.ts';
import { SettableClock } from '../../support/ambient.ts';
import { type StubAnswer, type StubRequest, type StubServer, startStub } from './stub-server.ts';

/** A suite that knows one app. */
export interface StubSuite<Api> {
  readonly api: Api;
  readonly clock: SettableClock;
  readonly server: StubServer;
  /** Messages that it took, as they were sent. */
  readonly messages: Readonly<Record<string, unknown>>[];
  /** Instances of forms by id, as the suite answers them. */
  readonly instances: Map<string, unknown>;
  /** How many access tokens were asked for. */
  readonly tokens: () => number;
  /** The suite forgets the access token before its time. */
  readonly forgetToken: () => void;
  /** The next request that has a token is answered by this. */
  readonly answerNext: (answer: StubAnswer) => void;
}

/** Gives a stub back that is closed after the test. */
export function closedInTheEnd(): <Api>(making: Promise<StubSuite<Api>>) => Promise<StubSuite<Api>> {
  const closings: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closings.splice(0).map((close) => close()));
  });
  return async (making) => {
    const stub = await making;
    closings.push(stub.server.close);
    return stub;
  };
}

const SECRET = 'the secret of the app';
const APP = 'app-1';
/** Long enough for a busy machine to answer within it. */
const TIMEOUT_MS = 3_000;

interface Dialect {
  /** The answer with a new token, or to a wrong id or secret; undefined: it is no request for a token. */
  readonly token: (request: StubRequest, token: string) => StubAnswer | undefined;
  readonly tokenIn: (request: StubRequest) => string | undefined;
  readonly staleToken: StubAnswer;
  readonly answer: (request: StubRequest, state: Pick<StubSuite<unknown>, 'messages' | 'instances'>) => StubAnswer;
}

async function open<Api>(
  { token, tokenIn, staleToken, answer }: Dialect,
  connect: (origin: string, clock: SettableClock) => Api,
): Promise<StubSuite<Api>> {
  const messages: Readonly<Record<string, unknown>>[] = [];
  const instances = new Map<string, unknown>();
  const next: StubAnswer[] = [];
  let count = 0;
  let good = '';
  const server = await startStub((request) => {
    const given = token(request, `token-${count + 1}`);
    if (given !== undefined) {
      count += 1;
      good = `token-${count}`;
      return given;
    }
    return tokenIn(request) === good ? (next.shift() ?? answer(request, { messages, instances })) : staleToken;
  });
  const clock = new SettableClock();
  return {
    ...{ api: connect(server.origin, clock), clock, server, messages, instances },
    tokens: () => count,
    forgetToken: () => {
      good = 'none';
    },
    answerNext: (one) => next.push(one),
  };
}

const secret = async () => ({ appSecret: SECRET });

const feishuCard = z.strictObject({
  config: z.strictObject({ wide_screen_mode: z.boolean() }),
  header: z.strictObject({ title: z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) }) }),
  elements: z.array(z.looseObject({ tag: z.enum(['div', 'action']) })).min(1),
});
const feishuMessage = z.strictObject({
  receive_id: z.string().min(1),
  msg_type: z.literal('interactive'),
  content: z.string().refine((text) => feishuCard.safeParse(JSON.parse(text)).success),
  uuid: z.string().min(1).max(50),
});

export function openFeishu(): Promise<StubSuite<FeishuApi>> {
  return open(
    {
      token: ({ method, path, body }, token) => {
        if (path !== '/open-apis/auth/v3/tenant_access_token/internal') {
          return undefined;
        }
        const asked = z.strictObject({ app_id: z.literal(APP), app_secret: z.literal(SECRET) });
        return method === 'POST' && asked.safeParse(JSON.parse(body)).success
          ? { body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 } }
          : { body: { code: 10014, msg: 'app secret invalid' } };
      },
      tokenIn: ({ headers }) => headers.authorization?.replace(/^Bearer /, ''),
      staleToken: { status: 400, body: { code: 99991663, msg: 'Invalid access token for authorization.' } },
      answer: ({ method, path, query, headers, body }, { messages, instances }) => {
        if (method === 'POST' && path === '/open-apis/im/v1/messages') {
          const message = feishuMessage.safeParse(JSON.parse(body));
          const isRight =
            query.receive_id_type === 'user_id' && headers['content-type'] === 'application/json; charset=utf-8';
          if (!message.success || !isRight) {
            return { status: 400, body: { code: 230001, msg: 'Your request contains an invalid request parameter.' } };
          }
          messages.push(message.data);
          return { body: { code: 0, msg: 'success', data: { message_id: 'om_1' } } };
        }
        const id = /^\/open-apis\/approval\/v4\/instances\/([^/]+)$/.exec(path)?.[1];
        const instance = instances.get(decodeURIComponent(id ?? ''));
        if (method === 'GET' && id !== undefined && query.user_id_type === 'user_id') {
          return instance === undefined
            ? { status: 400, body: { code: 1390003, msg: 'instance code not found' } }
            : { body: { code: 0, msg: 'success', data: instance } };
        }
        return { status: 404, body: '404 page not found' };
      },
    },
    (url, clock) => createFeishuApi({ url, appId: APP, secret, clock, timeoutMs: TIMEOUT_MS }),
  );
}

const dingtalkMessage = z.strictObject({
  agent_id: z.int(),
  userid_list: z.string().regex(/^[^,]+$/),
  msg: z.discriminatedUnion('msgtype', [
    z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: z.string().min(1) }) }),
    z.strictObject({
      msgtype: z.literal('action_card'),
      action_card: z.strictObject({
        title: z.string().min(1),
        markdown: z.string().min(1),
        single_title: z.string().min(1),
        single_url: z.url(),
      }),
    }),
  ]),
});

export function openDingtalk(): Promise<StubSuite<DingtalkApi>> {
  return open(
    {
      token: ({ method, path, body }, token) => {
        if (path !== '/v1.0/oauth2/accessToken') {
          return undefined;
        }
        const asked = z.strictObject({ appKey: z.literal(APP), appSecret: z.literal(SECRET) });
        return method === 'POST' && asked.safeParse(JSON.parse(body)).success
          ? { body: { accessToken: token, expireIn: 7200 } }
          : { status: 400, body: { code: 'invalidClientIdOrSecret', message: 'wrong', requestid: 'r' } };
      },
      tokenIn: ({ headers, query }) => headers['x-acs-dingtalk-access-token']?.toString() ?? query.access_token,
      staleToken: {
        status: 400,
        body: { code: 'InvalidAuthentication', message: '不合法的access_token', requestid: 'r' },
      },
      answer: ({ method, path, query, body }, { messages, instances }) => {
        if (method === 'POST' && path === '/topapi/message/corpconversation/asyncsend_v2') {
          const message = dingtalkMessage.safeParse(JSON.parse(body));
          if (!message.success) {
            return { body: { errcode: 400002, errmsg: '无效的参数', request_id: 'r' } };
          }
          messages.push(message.data);
          return { body: { errcode: 0, errmsg: 'ok', task_id: 256271667526, request_id: 'r' } };
        }
        if (method === 'GET' && path === '/v1.0/workflow/processInstances') {
          const instance = instances.get(query.processInstanceId ?? '');
          return instance === undefined
            ? { status: 400, body: { code: 'processInstanceIdIllegal', message: '审批实例不存在', requestid: 'r' } }
            : { body: { success: true, result: instance } };
        }
        return { status: 404, body: { code: 'InvalidAction.NotFound', message: 'Specified api is not found' } };
      },
    },
    (url, clock) => createDingtalkApi({ url, olderUrl: url, appKey: APP, secret, clock, timeoutMs: TIMEOUT_MS }),
  );
}

const wecomMessage = z.strictObject({
  touser: z.string().regex(/^[^|]+$/),
  msgtype: z.enum(['text', 'textcard']),
  agentid: z.int(),
  text: z.strictObject({ content: z.string().min(1).max(2048) }).optional(),
  textcard: z
    .strictObject({
      title: z.string().min(1).max(128),
      description: z.string().refine((text) => Buffer.byteLength(text) <= 512),
      url: z.url(),
      btntxt: z.string().max(4),
    })
    .optional(),
  enable_duplicate_check: z.literal(1),
  duplicate_check_interval: z.int().max(14_400),
});

export function openWecom(): Promise<StubSuite<WecomApi>> {
  return open(
    {
      token: ({ method, path, query }, token) => {
        if (path !== '/cgi-bin/gettoken') {
          return undefined;
        }
        return method === 'GET' && query.corpid === APP && query.corpsecret === SECRET
          ? { body: { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 } }
          : { body: { errcode: 40001, errmsg: 'invalid credential' } };
      },
      tokenIn: ({ query }) => query.access_token,
      staleToken: { body: { errcode: 40014, errmsg: 'invalid access_token' } },
      answer: ({ method, path, body }, { messages, instances }) => {
        if (method === 'POST' && path === '/cgi-bin/message/send') {
          const message = wecomMessage.safeParse(JSON.parse(body));
          if (!message.success) {
            return { body: { errcode: 40008, errmsg: 'invalid message type' } };
          }
          messages.push(message.data);
          return { body: { errcode: 0, errmsg: 'ok', invaliduser: '', msgid: 'm' } };
        }
        if (method === 'POST' && path === '/cgi-bin/oa/getapprovaldetail') {
          const { sp_no } = z.strictObject({ sp_no: z.string() }).parse(JSON.parse(body));
          const instance = instances.get(sp_no);
          return instance === undefined
            ? { body: { errcode: 301025, errmsg: 'get approval param error' } }
            : { body: { errcode: 0, errmsg: 'ok', info: instance } };
        }
        return { status: 404, body: '' };
      },
    },
    (url, clock) => createWecomApi({ url, corpId: APP, secret, clock, timeoutMs: TIMEOUT_MS }),
  );
}
