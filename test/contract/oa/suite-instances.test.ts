/** Forms as they are read from the suites, against stubs of our own making: live behaviour is not known from here. */
import { describe, expect, it } from 'vitest';
import { createDingtalkInstances } from '../../../functions/connectors/oa/suites/dingtalk/instances.ts';
import { createFeishuInstances } from '../../../functions/connectors/oa/suites/feishu/instances.ts';
import { createWecomInstances } from '../../../functions/connectors/oa/suites/wecom/instances.ts';
import { closedInTheEnd, openDingtalk, openFeishu, openWecom } from './suite-stubs.ts';

const opened = closedInTheEnd();

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
