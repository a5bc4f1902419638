/** Callbacks of the suites: what is believed, what is refused, and what is answered. */
import { describe, expect, it } from 'vitest';
import { createDingtalkCallbacks } from '../../../functions/connectors/oa/suites/dingtalk/callback.ts';
import { createWecomCallbacks } from '../../../functions/connectors/oa/suites/wecom/callback.ts';
import {
  DINGTALK,
  dingtalkEvent,
  dingtalkSaying,
  FEISHU,
  feishuEvent,
  feishuSaying,
  requestOf,
  SUITES,
  type SuiteSending,
  WECOM,
  wecomEvent,
  wecomSaying,
} from '../../support/suites.ts';

const NOW = new Date('2026-11-25T01:30:00.000Z');
const seconds = (count: number) => new Date(NOW.getTime() + count * 1000);

const kinds = ['feishu', 'dingtalk', 'wecom'] as const;

describe.each(kinds)('a callback of %s', (kind) => {
  const { callbacks, about, saying, isRightAnswer } = SUITES[kind];
  const hear = (sending: SuiteSending) => callbacks.hear(requestOf(sending), NOW);

  it('that everything is right with is taken, answered as the suite wants it, and points to its instance', async () => {
    const heard = await hear(about('INSTANCE-1', NOW));

    expect(heard).toMatchObject({
      result: 'taken',
      change: { instanceId: 'INSTANCE-1', form: 'FORM-1', change: 'filed', occurredAt: NOW.toISOString() },
    });
    expect(isRightAnswer(heard.result === 'taken' ? heard.answer.body : 'refused')).toBe(true);
  });

  it('that comes up to five minutes late or early is taken, and none after that', async () => {
    const results = await Promise.all(
      [-300, 300, -301, 301].map(async (late) => hear(about('INSTANCE-1', seconds(late)))),
    );

    expect(results.map((heard) => (heard.result === 'refused' ? heard.refusal : heard.result))).toEqual([
      'taken',
      'taken',
      'outside-window',
      'outside-window',
    ]);
  });

  it('of which a single letter was altered is refused', async () => {
    const sending = about('INSTANCE-1', NOW);
    const at = sending.body.length >> 1;
    const altered = sending.body[at] === 'A' ? 'B' : 'A';

    const heard = await hear({
      ...sending,
      body: `${sending.body.slice(0, at)}${altered}${sending.body.slice(at + 1)}`,
    });

    expect(heard).toEqual({ result: 'refused', refusal: 'wrong-signature' });
  });

  it('under a fresh timestamp is refused, since that is signed too', async () => {
    const sending = about('INSTANCE-1', seconds(-400));
    const { query, headers } = about('INSTANCE-1', NOW);
    const mixed = {
      ...sending,
      query: { ...sending.query, ...pick(query, 'timestamp') },
      headers: { ...sending.headers, ...pick(headers, 'x-lark-request-timestamp') },
    };

    expect(await hear(mixed)).toEqual({ result: 'refused', refusal: 'wrong-signature' });
  });

  it('without a signature is refused', async () => {
    expect(await hear({ ...about('INSTANCE-1', NOW), query: {}, headers: {} })).toEqual({
      result: 'refused',
      refusal: 'malformed',
    });
  });

  it('without a part of what it is signed with is refused before its body is looked at', async () => {
    const { query, headers, method } = about('INSTANCE-1', NOW);
    const names = [...Object.keys(query), ...Object.keys(headers).filter((name) => name.startsWith('x-lark'))];

    for (const left of names) {
      const rest = (parts: Readonly<Record<string, string>>) =>
        Object.fromEntries(Object.entries(parts).filter(([name]) => name !== left));
      const request = {
        ...requestOf({ method, query: rest(query), headers: rest(headers), body: '' }),
        get rawBody(): Uint8Array {
          throw new Error('the body was read');
        },
      };

      expect(await callbacks.hear(request, NOW)).toEqual({ result: 'refused', refusal: 'malformed' });
    }
  });

  it.each(['', 'x', '[]', '{}', '<xml/>', 'null', '"text"'])(
    'that says %j under a right signature changes nothing',
    async (text) => {
      const heard = await hear(saying(text, NOW));

      expect(heard).not.toHaveProperty('change');
      expect(heard.result === 'taken' || ['unreadable', 'other-receiver'].includes(heard.refusal)).toBe(true);
    },
  );

  it('that is nested without end is refused under a right signature', async () => {
    const json = await hear(saying(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, NOW));
    const xml = await hear(saying(`${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`, NOW));

    expect([json.result, xml.result]).toEqual(['refused', 'refused']);
  });
});

describe('Feishu', () => {
  const { callbacks } = SUITES.feishu;
  const hear = (sending: SuiteSending) => callbacks.hear(requestOf(sending), NOW);
  const challenge = (token: string) =>
    JSON.stringify({ type: 'url_verification', token, challenge: 'ajls384kdjx98XX' });
  const unsigned = (sending: SuiteSending) => ({ ...sending, headers: { 'content-type': 'application/json' } });

  it('checks an address with a challenge, signed or not, that is answered in the plain', async () => {
    const sending = feishuSaying(challenge(FEISHU.verificationToken), NOW);

    for (const each of [sending, unsigned(sending)]) {
      expect(await hear(each)).toEqual({
        result: 'taken',
        answer: { contentType: 'application/json', body: '{"challenge":"ajls384kdjx98XX"}' },
      });
    }
  });

  it('gets one answer to whatever comes unsigned, so that nobody learns from it what a ciphertext holds', async () => {
    const right = feishuSaying(challenge('another token'), NOW);
    const bytes = Buffer.from(JSON.parse(right.body).encrypt, 'base64');
    bytes[bytes.length - 17] = (bytes.at(-17) ?? 0) ^ 1;
    const wrongPadding = { ...right, body: JSON.stringify({ encrypt: bytes.toString('base64') }) };
    const event = feishuSaying(JSON.stringify(feishuEvent('I-1', NOW)), NOW);
    const otherKey = feishuSaying(challenge(FEISHU.verificationToken), NOW, { ...FEISHU, encryptKey: 'another' });
    const plain = { ...right, body: challenge(FEISHU.verificationToken) };

    const answers = await Promise.all([right, wrongPadding, event, otherKey, plain].map(unsigned).map(hear));

    expect(new Set(answers.map((heard) => JSON.stringify(heard)))).toEqual(
      new Set(['{"result":"refused","refusal":"malformed"}']),
    );
  });

  it.each([
    ['another app', feishuEvent('I-1', NOW, { app_id: 'cli_other' })],
    ['another verification token', { ...feishuEvent('I-1', NOW), token: 'v-token-2' }],
    ['no verification token', { ...feishuEvent('I-1', NOW), token: undefined }],
  ])('is not believed for %s', async (_what, event) => {
    expect(await hear(feishuSaying(JSON.stringify(event), NOW))).toEqual({
      result: 'refused',
      refusal: 'other-receiver',
    });
  });

  it.each([
    ['PENDING', 'filed'],
    ['APPROVED', 'approved'],
    ['REJECTED', 'rejected'],
    ['CANCELED', 'withdrawn'],
    ['DELETED', 'withdrawn'],
    ['REVERTED', 'withdrawn'],
    ['OVERTIME_CLOSE', undefined],
    ['toString', undefined],
  ])('says with %s that an instance is %s', async (status, change) => {
    const heard = await hear(feishuSaying(JSON.stringify(feishuEvent('I-1', NOW, { status })), NOW));

    expect(heard.result === 'taken' ? heard.change?.change : 'refused').toBe(change);
  });

  it('has version 2 of events, whose app and token stand in a header', async () => {
    const { token, event } = feishuEvent('I-1', NOW);
    const { app_id, ...rest } = event;
    const text = JSON.stringify({
      schema: '2.0',
      header: { token, app_id, event_id: 'e1' },
      event: { ...rest, app_id },
    });

    expect(await hear(feishuSaying(text, NOW))).toMatchObject({ result: 'taken', change: { instanceId: 'I-1' } });
  });
});

describe('DingTalk', () => {
  const { callbacks, isRightAnswer } = SUITES.dingtalk;
  const hear = (event: object, keys = DINGTALK) =>
    callbacks.hear(requestOf(dingtalkSaying(JSON.stringify(event), NOW, keys)), NOW);

  it.each(['check_url', 'check_create_suite_url', 'bpms_task_change', 'user_add_org'])(
    'is answered "success" to %s, which changes nothing',
    async (EventType) => {
      const heard = await hear({ EventType });

      expect(heard).not.toHaveProperty('change');
      expect(isRightAnswer(heard.result === 'taken' ? heard.answer.body : '')).toBe(true);
    },
  );

  it.each([
    [{ type: 'start' }, 'filed'],
    [{ type: 'finish', result: 'agree' }, 'approved'],
    [{ type: 'finish', result: 'refuse' }, 'rejected'],
    [{ type: 'finish' }, undefined],
    [{ type: 'terminate' }, 'withdrawn'],
    [{ type: 'comment' }, undefined],
  ])('says with %j that an instance is %s', async (changes, change) => {
    const heard = await hear(dingtalkEvent('I-1', NOW, changes));

    expect(heard.result === 'taken' ? heard.change?.change : 'refused').toBe(change);
  });

  it('is not believed for another app', async () => {
    expect(await hear(dingtalkEvent('I-1', NOW), { ...DINGTALK, appKey: 'other' })).toEqual({
      result: 'refused',
      refusal: 'other-receiver',
    });
  });

  it('takes nothing with a key that is none: the operator is told', async () => {
    const unset = createDingtalkCallbacks({ appKey: 'x', secret: async () => ({ token: 't', aesKey: 'short' }) });

    await expect(unset.hear(requestOf(dingtalkSaying('{}', NOW)), NOW)).rejects.toMatchObject({ name: 'ConfigError' });
  });
});

describe('WeCom', () => {
  const { callbacks } = SUITES.wecom;
  const hear = (text: string, keys = WECOM) => callbacks.hear(requestOf(wecomSaying(text, NOW, keys)), NOW);

  it('checks an address by a GET that is echoed; its published sample, also where its plus came as a space', async () => {
    const echostr = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    const query = {
      msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
      timestamp: '1409659589',
      nonce: '263014780',
      echostr,
    };
    const at = new Date(1_409_659_600_000);

    for (const each of [query, { ...query, echostr: echostr.replaceAll('+', ' ') }]) {
      expect(await callbacks.hear(requestOf({ method: 'GET', query: each, headers: {}, body: '' }), at)).toEqual({
        result: 'taken',
        answer: { contentType: 'text/plain; charset=utf-8', body: '1616140317555161061' },
      });
    }
  });

  it.each([
    ['1', '1', 'filed'],
    ['1', '2', undefined],
    ['1', '5', 'urged'],
    ['2', '5', 'approved'],
    ['1', '10', undefined],
    ['2', '2', 'approved'],
    ['3', '3', 'rejected'],
    ['4', '6', 'withdrawn'],
    ['6', '8', 'withdrawn'],
    ['7', '9', 'withdrawn'],
    ['10', '11', 'approved'],
    ['99', '1', undefined],
  ])('says with state %s after %s that an instance is %s', async (status, happened, change) => {
    const heard = await hear(wecomEvent('202611250001', NOW, status, happened));

    expect(heard.result === 'taken' ? heard.change?.change : 'refused').toBe(change);
  });

  it('is not believed for another company', async () => {
    expect(await hear(wecomEvent('1', NOW), { ...WECOM, corpId: 'wx-other' })).toEqual({
      result: 'refused',
      refusal: 'other-receiver',
    });
    expect(await hear(wecomEvent('1', NOW).replace(WECOM.corpId, 'wx-other'))).toEqual({
      result: 'refused',
      refusal: 'other-receiver',
    });
  });

  it('unfolds nothing', async () => {
    const bomb = `<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">]>${wecomEvent('1', NOW)}`;

    expect(await hear(bomb)).toEqual({ result: 'refused', refusal: 'unreadable' });
  });

  it('takes nothing with a key that is none: the operator is told', async () => {
    const unset = createWecomCallbacks({ corpId: 'x', secret: async () => ({ token: 't', encodingAesKey: '' }) });

    await expect(unset.hear(requestOf(wecomSaying('', NOW)), NOW)).rejects.toMatchObject({ name: 'ConfigError' });
  });
});

function pick(values: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  const value = values[name];
  return value === undefined ? {} : { [name]: value };
}
