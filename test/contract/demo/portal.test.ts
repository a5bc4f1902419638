import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purchaseRequisitionSubmittedSchema } from '../../../functions/events/purchase-requisition-submitted.ts';
import { purchaseRequisitionWithdrawnSchema } from '../../../functions/events/purchase-requisition-withdrawn.ts';
import { ACCOUNT_ID, clientOptions, REGION } from '../../../local/cloud/aws.ts';
import { fileRequisition, withdrawRequisition } from '../../../local/demo/events.ts';
import { readMails } from '../../../local/demo/mailbox.ts';
import { createDemoOa } from '../../../local/demo/oa.ts';
import { type Portal, startPortal } from '../../../local/demo/portal.tsx';
import { useMinistack } from '../../support/use-ministack.ts';

const BUS = 'company';

const endpoint = useMinistack();
let folder: string;
let portal: Portal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-portal-'));
  const oa = createDemoOa({ signingKey: () => undefined, file: join(folder, 'oa.json') });
  portal = await startPortal({ port: 0, cloud: () => undefined, oa });
});

afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the mailbox', () => {
  it('shows every mail newest first, with the links as they stand in it', async () => {
    const ses = new SESv2Client(clientOptions(endpoint()));
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'approvals@meridian.example' }));
    for (const [subject, html] of [
      ['First', '<p>no link</p>'],
      [
        '第二封',
        '<a href="https://one.example/d/x?a=1&amp;b=2">审批</a> <a href="https://one.example/d/x?a=1&amp;b=2">',
      ],
    ] as const) {
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: 'approvals@meridian.example',
          Destination: { ToAddresses: ['li.na@meridian.example'] },
          Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'text' }, Html: { Data: html } } } },
        }),
      );
      // Only what is new is asked for.
      expect((await readMails(endpoint()))[0]?.subject).toBe(subject);
    }

    const mails = await readMails(endpoint());

    expect(mails.map(({ subject, to, text, links }) => ({ subject, to, text, links }))).toEqual([
      { subject: '第二封', to: 'li.na@meridian.example', text: 'text', links: ['https://one.example/d/x?a=1&b=2'] },
      { subject: 'First', to: 'li.na@meridian.example', text: 'text', links: [] },
    ]);
    expect(Math.abs(Date.parse(mails[0]?.at ?? '') - Date.now())).toBeLessThan(60_000);
  });
});

describe("the OA's events", () => {
  it('reach the bus as the contracts say', async () => {
    const receive = await listen();
    const requestId = await fileRequisition(endpoint(), BUS, {
      requesterId: 'E-1001',
      title: 'Paper',
      costCentre: 'CC-100',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [{ productCode: 'P-1002', quantity: '3', unitPrice: '128.00' }],
    });
    await withdrawRequisition(endpoint(), BUS, { requestId, employeeId: 'E-1001', reason: 'not needed' });

    const events = await receive(2);

    const filed = purchaseRequisitionSubmittedSchema.parse(events.get('PurchaseRequisitionSubmitted'));
    expect(filed).toMatchObject({ oa: { requestId }, requisition: { total: '384.00' } });
    const withdrawn = purchaseRequisitionWithdrawnSchema.parse(events.get('PurchaseRequisitionWithdrawn'));
    expect(withdrawn.oa).toEqual(filed.oa);
    expect(withdrawn.metadata.eventId).not.toBe(filed.metadata.eventId);
  });
});

/** Sends everything of a bus to a queue; what is returned waits for so many events and gives their details by type. */
async function listen(): Promise<(count: number) => Promise<ReadonlyMap<string, unknown>>> {
  const options = clientOptions(endpoint());
  const bus = new EventBridgeClient(options);
  const queue = new SQSClient(options);
  await bus.send(new CreateEventBusCommand({ Name: BUS }));
  const { QueueUrl } = await queue.send(new CreateQueueCommand({ QueueName: 'listener' }));
  const rule = { Name: 'all', EventBusName: BUS };
  await bus.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: ['meridian.oa'] }) }));
  const Arn = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:listener`;
  await bus.send(new PutTargetsCommand({ Rule: 'all', EventBusName: BUS, Targets: [{ Id: 'listener', Arn }] }));
  return async (count) => {
    const details = new Map<string, unknown>();
    const deadline = Date.now() + 20_000;
    while (details.size < count && Date.now() < deadline) {
      const { Messages = [] } = await queue.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      for (const { Body = '{}' } of Messages) {
        const event = JSON.parse(Body);
        details.set(event['detail-type'], event.detail);
      }
    }
    return details;
  };
}

describe('the portal', () => {
  it.each(['/', '/oa/new', '/oa/tasks', '/mailbox', '/processes', '/tryton'])(
    'says at %s, in the language of its reader, that the cloud is starting, and looks again by itself',
    async (path) => {
      const response = await fetch(`${portal.url}${path}`, { headers: { 'accept-language': 'zh-CN' } });
      const page = await response.text();

      expect(response.status).toBe(503);
      expect(page).toContain('本地云正在启动');
      expect(page).toContain('http-equiv="refresh"');
    },
  );

  it('keeps the language that its reader chose', async () => {
    const chosen = await fetch(`${portal.url}/oa?lang=zh`);

    const next = await fetch(`${portal.url}/oa`, { headers: { cookie: chosen.headers.get('set-cookie') ?? '' } });

    expect(await next.text()).toContain('演示 OA');
  });

  it('takes no form from another site', async () => {
    const response = await fetch(`${portal.url}/tryton/orders/PO1/cancel`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect(response.status).toBe(403);
  });

  it("leaves the OA's receiver open to programs", async () => {
    const response = await fetch(`${portal.url}/oa/callback`, { method: 'POST', body: '{}' });

    expect(await response.text()).toContain('signing key');
  });

  it('says in a sentence when its port is taken', async () => {
    const oa = createDemoOa({ signingKey: () => undefined, file: join(folder, 'other.json') });
    const port = Number(new URL(portal.url).port);

    await expect(startPortal({ port, cloud: () => undefined, oa })).rejects.toThrow(
      `the portal cannot listen on port ${port}`,
    );
  });
});
