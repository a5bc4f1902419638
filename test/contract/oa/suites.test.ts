/** The suites as OAs that are told, against stubs of our own making: live behaviour is not known from here. */
import { afterEach, describe, expect, it } from 'vitest';
import { createDingtalkInstances } from '../../../functions/connectors/oa/suites/dingtalk/instances.ts';
import { createDingtalkMessages } from '../../../functions/connectors/oa/suites/dingtalk/messages.ts';
import { createFeishuApi } from '../../../functions/connectors/oa/suites/feishu/api.ts';
import { createFeishuInstances } from '../../../functions/connectors/oa/suites/feishu/instances.ts';
import { createFeishuMessages } from '../../../functions/connectors/oa/suites/feishu/messages.ts';
import { createWecomInstances } from '../../../functions/connectors/oa/suites/wecom/instances.ts';
import { createWecomMessages } from '../../../functions/connectors/oa/suites/wecom/messages.ts';
import { SettableClock } from '../../support/ambient.ts';
import { NOTICE, type OaRig, oaContract } from './oa-contract.ts';
import type { StubAnswer } from './stub-server.ts';
import { openDingtalk, openFeishu, openWecom, type StubSuite } from './suite-stubs.ts';

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

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function opened<Api>(making: Promise<StubSuite<Api>>): Promise<StubSuite<Api>> {
  const stub = await making;
  open.push(stub.server.close);
  return stub;
}

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

describe('an instance of a form', () => {
  it('of Feishu is read with all kinds of fields, by id and by the designer’s name, and no amount passes through a double', async () => {
    const stub = await opened(openFeishu());
    const form = `[
      {"id":"w1","custom_id":"title","name":"标题","type":"input","value":"Packing material"},
      {"id":"w2","name":"金额","type":"amount","value":12345678901234567.10},
      {"id":"w3","name":"日期","type":"date","value":"2026-12-01T08:00:00+08:00"},
      {"id":"w4","name":"人员","type":"contact","value":["E-1","E-2"],"open_ids":["ou_1"]},
      {"id":"w5","name":"区间","type":"dateInterval","value":{"start":"2026-12-01T00:00:00+08:00","end":"2026-12-02T00:00:00+08:00","interval":2.0}},
      {"id":"w6","name":"明细","type":"fieldList","value":[[{"id":"w7","type":"input","value":"P-100"},{"id":"w8","type":"number","value":40}]]},
      {"id":"w9","name":"空","type":"input","value":null}
    ]`;
    stub.instances.set('I/1', { approval_code: 'F', status: 'PENDING', user_id: 'E-1001', form });

    const instance = await createFeishuInstances(stub.api).read('I/1');

    expect(instance).toEqual({
      change: 'filed',
      userId: 'E-1001',
      values: {
        w1: 'Packing material',
        title: 'Packing material',
        w2: '12345678901234567.10',
        w3: '2026-12-01T08:00:00+08:00',
        w4: ['E-1', 'E-2'],
        w5: { start: '2026-12-01T00:00:00+08:00', end: '2026-12-02T00:00:00+08:00' },
        w6: [{ w7: 'P-100', w8: '40' }],
      },
    });
  });

  it('of Feishu without who filed it is the operator’s to mend', async () => {
    const stub = await opened(openFeishu());
    stub.instances.set('I-1', { status: 'PENDING', user_id: '', form: '[]' });

    await expect(createFeishuInstances(stub.api).read('I-1')).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it('of DingTalk is read with all kinds of fields', async () => {
    const stub = await opened(openDingtalk());
    const row = [
      { componentType: 'TextField', label: '产品', value: 'P-100', key: 'TextField-2' },
      { componentType: 'NumberField', label: '数量', value: '40', key: 'NumberField-2' },
    ];
    stub.instances.set('I-1', {
      originatorUserId: 'E-1001',
      status: 'COMPLETED',
      result: 'agree',
      formComponentValues: [
        { id: 'TextField-1', componentType: 'TextField', name: '标题', value: 'Packing material' },
        { id: 'MoneyField-1', componentType: 'MoneyField', name: '金额', value: '500.00' },
        { id: 'Multi-1', componentType: 'DDMultiSelectField', name: '多选', value: '["A","B"]' },
        { id: 'Range-1', componentType: 'DDDateRangeField', name: '区间', value: '["2026-12-01","2026-12-07"]' },
        {
          id: 'People-1',
          componentType: 'InnerContactField',
          name: '人员',
          value: '张三',
          extValue: '[{"emplId":"E-2","name":"张三"}]',
        },
        {
          id: 'Table-1',
          componentType: 'TableField',
          name: '明细',
          value: JSON.stringify([{ rowValue: row, rowNumber: '1' }]),
        },
        { id: 'Empty-1', componentType: 'TextField', name: '空', value: null },
      ],
    });

    expect(await createDingtalkInstances(stub.api).read('I-1')).toEqual({
      change: 'approved',
      userId: 'E-1001',
      values: {
        'TextField-1': 'Packing material',
        'MoneyField-1': '500.00',
        'Multi-1': ['A', 'B'],
        'Range-1': { start: '2026-12-01', end: '2026-12-07' },
        'People-1': ['E-2'],
        'Table-1': [{ 'TextField-2': 'P-100', 'NumberField-2': '40' }],
      },
    });
  });

  it('of WeCom is read with all kinds of fields, days by the clocks of China', async () => {
    const stub = await opened(openWecom());
    const title = [{ text: '标题', lang: 'zh_CN' }];
    stub.instances.set('202611250001', {
      sp_no: '202611250001',
      sp_status: 4,
      template_id: 'T',
      applyer: { userid: 'E-1001', partyid: '1' },
      apply_data: {
        contents: [
          { control: 'Text', id: 'Text-1', title, value: { text: 'Packing material' } },
          { control: 'Number', id: 'Number-1', title, value: { new_number: '40' } },
          { control: 'Money', id: 'Money-1', title, value: { new_money: '500.00' } },
          { control: 'Date', id: 'Date-1', title, value: { date: { type: 'day', s_timestamp: '1796054400' } } },
          { control: 'Date', id: 'Date-2', title, value: { date: { type: 'hour', s_timestamp: '1796088600' } } },
          {
            control: 'Selector',
            id: 'S-1',
            title,
            value: {
              selector: { type: 'single', options: [{ key: 'k', value: [{ text: '研发部', lang: 'zh_CN' }] }] },
            },
          },
          {
            control: 'Selector',
            id: 'S-2',
            title,
            value: {
              selector: {
                type: 'multi',
                options: [
                  { key: 'k', value: [{ text: 'A' }] },
                  { key: 'l', value: [{ text: 'B' }] },
                ],
              },
            },
          },
          { control: 'Contact', id: 'C-1', title, value: { members: [{ userid: 'E-2', name: '张三' }] } },
          {
            control: 'DateRange',
            id: 'R-1',
            title,
            value: { date_range: { type: 'halfday', new_begin: 1796054400, new_end: 1796140800, new_duration: 86400 } },
          },
          {
            control: 'Vacation',
            id: 'V-1',
            title,
            value: {
              vacation: {
                selector: {},
                attendance: { date_range: { type: 'hour', new_begin: 1796054400, new_end: 1796140800 } },
              },
            },
          },
          {
            control: 'Table',
            id: 'T-1',
            title,
            value: { children: [{ list: [{ control: 'Text', id: 'Text-2', title, value: { text: 'P-100' } }] }] },
          },
          { control: 'File', id: 'F-1', title, value: { files: [{ file_id: 'x' }] } },
        ],
      },
    });

    expect(await createWecomInstances(stub.api).read('202611250001')).toEqual({
      change: 'withdrawn',
      userId: 'E-1001',
      values: {
        'Text-1': 'Packing material',
        'Number-1': '40',
        'Money-1': '500.00',
        'Date-1': '2026-12-01',
        'Date-2': '2026-12-01T09:30:00+08:00',
        'S-1': '研发部',
        'S-2': ['A', 'B'],
        'C-1': ['E-2'],
        'R-1': { start: '2026-12-01', end: '2026-12-02' },
        'V-1': { start: '2026-12-01T00:00:00+08:00', end: '2026-12-02T00:00:00+08:00' },
        'T-1': [{ 'Text-2': 'P-100' }],
      },
    });
  });

  it('that a suite does not know, or has in a state or shape that is not known, is refused for good', async () => {
    const [feishu, dingtalk, wecom] = [
      await opened(openFeishu()),
      await opened(openDingtalk()),
      await opened(openWecom()),
    ];
    feishu.instances.set('odd', { status: 'HIDDEN', user_id: 'E-1', form: '[]' });
    dingtalk.instances.set('odd', { originatorUserId: 'E-1', status: 'COMPLETED', result: 'perhaps' });
    wecom.instances.set('odd', { sp_status: 99, applyer: { userid: 'E-1' }, apply_data: { contents: [] } });
    for (const { instances } of [feishu, dingtalk, wecom]) {
      instances.set('bare', {});
    }
    const readers = [
      createFeishuInstances(feishu.api),
      createDingtalkInstances(dingtalk.api),
      createWecomInstances(wecom.api),
    ];

    const results = await Promise.allSettled(
      readers.flatMap((reader) => ['none', 'odd', 'bare'].map((id) => reader.read(id))),
    );

    expect(results.map((result) => (result.status === 'rejected' ? result.reason.name : 'read'))).toEqual(
      Array.from({ length: 9 }, () => 'ConnectorPermanentError'),
    );
  });
});
