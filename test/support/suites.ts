/** Feishu, DingTalk and WeCom as they send callbacks: enciphered and signed here by code of the tests' own. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createDingtalkCallbacks } from '../../functions/connectors/oa/suites/dingtalk/callback.ts';
import { createFeishuCallbacks } from '../../functions/connectors/oa/suites/feishu/callback.ts';
import { createWecomCallbacks } from '../../functions/connectors/oa/suites/wecom/callback.ts';
import type { CallbackRequest, SuiteCallbacks } from '../../functions/intake/port.ts';

export const FEISHU = { appId: 'cli_9f0a', encryptKey: 'the encrypt key of the app', verificationToken: 'v-token-1' };
export const DINGTALK = {
  appKey: 'dingabc',
  token: 'ding-token',
  aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
};
export const WECOM = {
  corpId: 'wx5823bf96d3bd56c7',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

/** What goes over the wire. */
export interface SuiteSending {
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PlayedSuite {
  readonly callbacks: SuiteCallbacks;
  /** A callback about an instance, with everything right. */
  readonly about: (instanceId: string, now: Date) => SuiteSending;
  /** A callback with any text in it, signed and enciphered as it should be. */
  readonly saying: (text: string, now: Date) => SuiteSending;
  /** What the answer to a callback that was taken must say. */
  readonly isRightAnswer: (body: string) => boolean;
}

export const SUITES: { readonly [kind in 'feishu' | 'dingtalk' | 'wecom']: PlayedSuite } = {
  feishu: {
    callbacks: createFeishuCallbacks({ appId: FEISHU.appId, secret: async () => FEISHU }),
    saying: feishuSaying,
    about: (instanceId, now) => feishuSaying(JSON.stringify(feishuEvent(instanceId, now)), now),
    isRightAnswer: (body) => body === '{}',
  },
  dingtalk: {
    callbacks: createDingtalkCallbacks({ appKey: DINGTALK.appKey, secret: async () => DINGTALK }),
    saying: dingtalkSaying,
    about: (instanceId, now) => dingtalkSaying(JSON.stringify(dingtalkEvent(instanceId, now)), now),
    isRightAnswer: isDingtalkSuccess,
  },
  wecom: {
    callbacks: createWecomCallbacks({ corpId: WECOM.corpId, secret: async () => WECOM }),
    saying: wecomSaying,
    about: (instanceId, now) => wecomSaying(wecomEvent(instanceId, now), now),
    isRightAnswer: (body) => body === '',
  },
};

export function requestOf({ method, query, headers, body }: SuiteSending): CallbackRequest {
  return {
    method,
    query: (name) => query[name],
    header: (name) => headers[name],
    rawBody: new TextEncoder().encode(body),
  };
}

export function feishuEvent(instanceId: string, now: Date, changes: object = {}) {
  return {
    uuid: 'd1f2',
    token: FEISHU.verificationToken,
    ts: String(now.getTime() / 1000),
    type: 'event_callback',
    event: {
      type: 'approval_instance',
      app_id: FEISHU.appId,
      approval_code: 'FORM-1',
      instance_code: instanceId,
      status: 'PENDING',
      operate_time: String(now.getTime()),
      tenant_key: 'tenant-1',
      ...changes,
    },
  };
}

export function dingtalkEvent(instanceId: string, now: Date, changes: object = {}) {
  return {
    EventType: 'bpms_instance_change',
    processInstanceId: instanceId,
    processCode: 'FORM-1',
    corpId: 'ding-corp',
    type: 'start',
    createTime: now.getTime(),
    staffId: 'E-1001',
    ...changes,
  };
}

export function wecomEvent(instanceId: string, now: Date, status = '1', happened = '1'): string {
  return `<xml><ToUserName><![CDATA[${WECOM.corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>${Math.floor(now.getTime() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[sys_approval_change]]></Event>
<AgentID>3010040</AgentID><ApprovalInfo><SpNo>${instanceId}</SpNo><SpName><![CDATA[采购]]></SpName><SpStatus>${status}</SpStatus>
<TemplateId><![CDATA[FORM-1]]></TemplateId><ApplyTime>${Math.floor(now.getTime() / 1000)}</ApplyTime><Applyer><UserId><![CDATA[E-1001]]></UserId>
<Party><![CDATA[1]]></Party></Applyer><SpRecord><SpStatus>1</SpStatus><ApproverAttr>1</ApproverAttr></SpRecord><StatuChangeEvent>${happened}</StatuChangeEvent></ApprovalInfo></xml>`;
}

export function feishuSaying(text: string, now: Date, keys = FEISHU): SuiteSending {
  const key = createHash('sha256').update(keys.encryptKey).digest();
  const iv = randomBytes(16);
  const sealer = createCipheriv('aes-256-cbc', key, iv);
  const encrypt = Buffer.concat([iv, sealer.update(text), sealer.final()]).toString('base64');
  const body = JSON.stringify({ encrypt });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHash('sha256').update(`${timestamp}nonce-1${keys.encryptKey}${body}`).digest('hex');
  return {
    method: 'POST',
    query: {},
    headers: {
      'content-type': 'application/json',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': 'nonce-1',
      'x-lark-signature': signature,
    },
    body,
  };
}

export function dingtalkSaying(text: string, now: Date, keys = DINGTALK): SuiteSending {
  const encrypt = sealed(keys.aesKey, text, keys.appKey);
  const timestamp = String(now.getTime());
  const signature = sorted(keys.token, timestamp, 'nonce-1', encrypt);
  return {
    method: 'POST',
    query: { signature, timestamp, nonce: 'nonce-1' },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ encrypt }),
  };
}

export function wecomSaying(text: string, now: Date, keys = WECOM): SuiteSending {
  const encrypt = sealed(keys.encodingAesKey, text, keys.corpId);
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    method: 'POST',
    query: { msg_signature: sorted(keys.token, timestamp, '1', encrypt), timestamp, nonce: '1' },
    headers: { 'content-type': 'text/xml' },
    body: `<xml><ToUserName><![CDATA[${keys.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`,
  };
}

function sorted(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** As the suites' own kits make an envelope. */
function sealed(aesKey: string, text: string, receiver: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text), Buffer.from(receiver)]);
  const padding = 32 - (plain.length % 32);
  const sealer = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    sealer.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    sealer.final(),
  ]).toString('base64');
}

/** As DingTalk checks an answer. */
function isDingtalkSuccess(body: string): boolean {
  const { msg_signature, timeStamp, nonce, encrypt } = JSON.parse(body);
  const key = Buffer.from(`${DINGTALK.aesKey}=`, 'base64');
  const opener = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([opener.update(Buffer.from(encrypt, 'base64')), opener.final()]);
  const text = plain.subarray(20, 20 + plain.readUInt32BE(16)).toString();
  const receiver = plain.subarray(20 + text.length, plain.length - (plain.at(-1) ?? 0)).toString();
  return (
    msg_signature === sorted(DINGTALK.token, timeStamp, nonce, encrypt) &&
    text === 'success' &&
    receiver === DINGTALK.appKey
  );
}
