/**
 * The pages of the demonstration's portal that need no running process, judged by axe.
 * @module-tag long
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOptions } from '../../../local/cloud/aws.ts';
import type { LocalCloud } from '../../../local/cloud/start.ts';
import { requisitionOf } from '../../../local/demo/events.ts';
import { createDemoOa } from '../../../local/demo/oa.ts';
import { type Portal, startPortal } from '../../../local/demo/portal.tsx';
import { LOCALES, lookAt, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { makeTables } from '../store/store-tables.ts';

const browser = useBrowser();
const endpoint = useMinistack();
const SENDER = 'approvals@meridian.example';
let folder: string;
let portal: Portal;
let cloud: LocalCloud | undefined;
let outputs: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-portal-pages-'));
  const oa = createDemoOa({ signingKey: () => undefined, file: join(folder, 'oa.json') });
  const filing = { title: 'Chairs', costCentre: 'CC-100', supplierCode: 'SUP-001', currency: 'CNY' };
  const lines = [{ productCode: 'P-1002', quantity: '3', unitPrice: '128.00' }];
  oa.file({
    requestId: 'PR-1',
    requesterId: 'E-1001',
    requisition: requisitionOf({ ...filing, lines }),
    filedAt: '2026-01-01T08:00:00.000Z',
  });
  oa.fileForm({
    requestId: 'OF-1',
    requesterId: 'E-1001',
    request: { form: 'seal-use', title: 'Lease', fields: { seal: 'company', copies: 2, takenOut: true } },
    typed: { title: 'Lease', 'field.seal': 'company', 'field.copies': '2' },
    filedAt: '2026-01-01T08:00:00.000Z',
  });
  const tables = await makeTables(new DynamoDBClient(clientOptions(endpoint())));
  outputs = { RecordTableName: tables.record, PersonalTableName: tables.personal, WorkTableName: tables.work };
  portal = await startPortal({ port: 0, cloud: () => cloud, oa });
  const ses = new SESv2Client(clientOptions(endpoint()));
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: SENDER }));
  const Simple = {
    Subject: { Data: '一封邮件 A mail' },
    Body: { Text: { Data: 'text' }, Html: { Data: '<p>text</p>' } },
  };
  const Destination = { ToAddresses: ['li.na@meridian.example'] };
  await ses.send(new SendEmailCommand({ FromEmailAddress: SENDER, Destination, Content: { Simple } }));
});

afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true, force: true });
});

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const context = await browser().newContext({ locale, viewport: { width: 412, height: 839 } });
  const page = await context.newPage();
  const look = async (path: string, wanted: string) => {
    await page.goto(`${portal.url}${path}`);
    expect(await page.locator('main').textContent()).toContain(wanted);
    return judged();
  };
  const judged = async () => {
    const { violations, passed } = await lookAt(page);
    // Pages that show something in motion load themselves again, as their script cannot: nobody loses anything by it.
    return { passed, violations: violations.filter((violation) => !violation.startsWith('meta-refresh: ')) };
  };
  const say = (en: string, zh: string) => (locale === 'en' ? en : zh);

  cloud = undefined;
  expect(await look('/', say('is starting', '正在启动')), 'starting').toEqual(NOTHING_FOUND);
  expect(await look('/oa', 'Chairs'), 'the list of requests').toEqual(NOTHING_FOUND);
  expect(await look('/oa/requests/PR-1', 'Chairs'), 'a request').toEqual(NOTHING_FOUND);
  expect(await look('/nowhere', say('There is no such page', '页面不存在')), 'no page').toEqual(NOTHING_FOUND);
  // Of the cloud these pages ask its mails and its tables alone.
  cloud = { endpoint: endpoint(), outputs } as unknown as LocalCloud;
  expect(await look('/oa/new', say('Cost centre', '成本中心')), 'a form').toEqual(NOTHING_FOUND);
  await page.evaluate(
    "document.querySelector('main input[name=title]').value = ''; const form = document.querySelector('main form'); form.noValidate = true; form.submit()",
  );
  await page.locator('[aria-invalid=true]').first().waitFor();
  expect(await judged(), 'a form with a mistake').toEqual(NOTHING_FOUND);
  expect(await look('/oa/forms', say('Use of a seal', '用章申请')), 'the forms').toEqual(NOTHING_FOUND);
  expect(await look('/oa/forms/meeting', say('Guests', '外部参会人')), 'a form of the company').toEqual(NOTHING_FOUND);
  expect(await look('/oa/filed-forms/OF-1', '公章 / Company seal'), 'a form that was filed').toEqual(NOTHING_FOUND);
  expect(await look('/mailbox', '一封邮件 A mail'), 'the mailbox').toEqual(NOTHING_FOUND);
  await page.locator('main a[href^="/mailbox/"]').first().click();
  await page.locator('iframe').waitFor();
  expect(await judged(), 'a mail').toEqual(NOTHING_FOUND);
  await context.close();
});
