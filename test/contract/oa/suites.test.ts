/** The suites as OAs that are told, against stubs of our own making: live behaviour is not known from here. */
import { describe, expect, it } from 'vitest';
import { createDingtalkMessages } from '../../../functions/connectors/oa/suites/dingtalk/messages.ts';
import { createFeishuApi } from '../../../functions/connectors/oa/suites/feishu/api.ts';
import { createFeishuMessages } from '../../../functions/connectors/oa/suites/feishu/messages.ts';
import { createWecomMessages } from '../../../functions/connectors/oa/suites/wecom/messages.ts';
import { SettableClock } from '../../support/ambient.ts';
import { NOTICE, type OaRig, oaContract } from './oa-contract.ts';
import type { StubAnswer } from './stub-server.ts';
import { closedInTheEnd, openDingtalk, openFeishu, openWecom, type StubSuite } from './suite-stubs.ts';

const AGENT = '1000002';

function rigOf<Api>(
  stub: StubSuite<Api>,
  parts: {
    readonly oa: OaRig['oa'];
    readonly path: string;
    readonly key: (message: Readonly<Record<string, unknown>>) => unknown;
    readonly busy: StubAnswer;
    readonly refused: StubAnswer;
  },
): OaRig {
  const { oa, path, key, busy, refused } = parts;
  return {
    oa,
    taken: () =>
      stub.messages.map((message) => ({
        key: JSON.stringify(key(message)),
        // Markup keeps a few letters from being read as it.
        content: JSON.stringify(message).replaceAll(String.raw`\\`, ''),
      })),
    meet: (mishap) => stub.server.meet(path, mishap),
    answerNext: (how) => stub.answerNext(how === 'busy' ? busy : refused),
    close: stub.server.close,
  };
}

oaContract('a card of Feishu', async () => {
  const stub = await openFeishu();
  return rigOf(stub, {
    oa: createFeishuMessages(stub.api),
    path: 'im/v1/messages',
    key: ({ uuid }) => uuid,
    busy: {
      status: 400,
      headers: { 'x-ogw-ratelimit-reset': '7' },
      body: { code: 99991400, msg: 'request trigger frequency limit' },
    },
    refused: { status: 400, body: { code: 230013, msg: 'Bot has NO availability to this user.' } },
  });
});

oaContract('a work notice of DingTalk', async () => {
  const stub = await openDingtalk();
  return rigOf(stub, {
    oa: createDingtalkMessages(stub.api, AGENT),
    path: 'asyncsend_v2',
    key: ({ userid_list, msg }) => [userid_list, msg],
    busy: { body: { errcode: 88, errmsg: 'ding talk error', sub_code: '90018', sub_msg: '调用频率超限' } },
    refused: { body: { errcode: 33012, errmsg: '无效的USERID' } },
  });
});

oaContract('a message of WeCom', async () => {
  const stub = await openWecom();
  return rigOf(stub, {
    oa: createWecomMessages(stub.api, AGENT),
    path: 'message/send',
    key: (message) => message,
    busy: { body: { errcode: 45009, errmsg: 'reach max api daily quota limit' } },
    refused: { body: { errcode: 0, errmsg: 'ok', invaliduser: 'E-1001' } },
  });
});

const opened = closedInTheEnd();

describe('an access token', () => {
  it('is asked for once by many calls, kept while it is good, and renewed before it ends', async () => {
    const stub = await opened(openFeishu());
    const oa = createFeishuMessages(stub.api);

    await Promise.all(Array.from({ length: 10 }, () => oa.tell(NOTICE)));
    expect(stub.tokens()).toBe(1);

    stub.clock.forward(6_899);
    await oa.tell(NOTICE);
    expect(stub.tokens()).toBe(1);

    stub.clock.forward(2);
    await oa.tell(NOTICE);
    expect(stub.tokens()).toBe(2);
  });

  it.each([
    ['Feishu', async () => opened(openFeishu()).then((stub) => ({ stub, oa: createFeishuMessages(stub.api) }))],
    [
      'DingTalk',
      async () => opened(openDingtalk()).then((stub) => ({ stub, oa: createDingtalkMessages(stub.api, AGENT) })),
    ],
    ['WeCom', async () => opened(openWecom()).then((stub) => ({ stub, oa: createWecomMessages(stub.api, AGENT) }))],
  ])('that %s forgets before its time is renewed once, and the message arrives', async (_suite, start) => {
    const { stub, oa } = await start();
    await oa.tell(NOTICE);
    stub.forgetToken();

    await oa.tell({ ...NOTICE, sequence: 5 });

    expect([stub.tokens(), stub.messages.length]).toEqual([2, 2]);
  });

  it('that is never good makes the message come back, and does not ask for tokens without end', async () => {
    const stub = await opened(openFeishu());
    const stale = { status: 400, body: { code: 99991663, msg: 'Invalid access token' } };
    stub.answerNext(stale);
    stub.answerNext(stale);

    await expect(createFeishuMessages(stub.api).tell(NOTICE)).rejects.toMatchObject({
      name: 'ConnectorTransientError',
    });
    expect(stub.tokens()).toBe(2);
  });

  it('that is refused for a wrong secret is the operator’s to mend, and asked for again by the next call', async () => {
    const stub = await opened(openFeishu());
    let appSecret = 'wrong';
    const api = createFeishuApi({
      ...{ url: stub.server.origin, appId: 'app-1', clock: new SettableClock() },
      secret: async () => ({ appSecret }),
    });

    await expect(createFeishuMessages(api).tell(NOTICE)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.not.stringContaining('wrong'),
    });

    appSecret = 'the secret of the app';
    await createFeishuMessages(api).tell(NOTICE);
    expect(stub.messages).toHaveLength(1);
  });
});

it.each(['cut', 'nonsense'] as const)(
  'an answer that is %s may be a message that was taken: it comes back',
  async (mishap) => {
    const stubs = [await opened(openFeishu()), await opened(openDingtalk()), await opened(openWecom())] as const;
    const [feishu, dingtalk, wecom] = stubs;
    for (const { server } of stubs) {
      server.meet('/', mishap);
    }
    const told = [
      createFeishuMessages(feishu.api),
      createDingtalkMessages(dingtalk.api, AGENT),
      createWecomMessages(wecom.api, AGENT),
    ].map((oa) => oa.tell(NOTICE));

    const results = await Promise.allSettled(told);

    expect(results.map((result) => (result.status === 'rejected' ? result.reason.name : 'told'))).toEqual(
      Array.from({ length: 3 }, () => 'ConnectorTransientError'),
    );
  },
);

it.each(['@all', 'E-1,E-2', 'E-1|E-2', '@ALL'])(
  'nobody is told as "%s", which is more than one person',
  async (employeeId) => {
    const stub = await opened(openWecom());

    await expect(
      createWecomMessages(stub.api, AGENT).tell({ ...NOTICE, requester: { employeeId } }),
    ).rejects.toMatchObject({ name: 'ConnectorPermanentError' });
    expect(stub.messages).toEqual([]);
  },
);

it('a description that is too long for a card of WeCom is cut between letters', async () => {
  const stub = await opened(openWecom());
  const facts = { recordUrl: 'https://pages.example.com/record/P2P-1' };

  await createWecomMessages(stub.api, AGENT).tell({ ...NOTICE, facts, text: { zh: '长'.repeat(600), en: 'x' } });

  expect(JSON.stringify(stub.messages[0])).not.toContain('\ufffd');
});
