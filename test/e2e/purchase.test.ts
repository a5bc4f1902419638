import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaveIdOf } from '../../functions/people/record-leave.ts';
import { awsEnvironment, clientOptions } from '../../local/cloud/aws.ts';
import { NODE, ROOT } from '../../local/cloud/paths.ts';
import { output } from '../../local/cloud/start.ts';
import { decideByMail, nextMail, openLink, postDecision } from '../../local/demo/approver.ts';
import {
  type Filing,
  fileRequisition,
  newRequestId,
  requisitionOf,
  withdrawRequisition,
} from '../../local/demo/events.ts';
import { readMails } from '../../local/demo/mailbox.ts';
import { checkRecord } from '../../local/demo/record-check.ts';
import { playPurchase } from '../../local/demo/stories/purchase.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { createClerks } from '../../local/tryton/clerks.ts';
import { createDocumentReader } from '../../local/tryton/documents.ts';
import { ringSoon } from '../support/e2e-alarms.ts';
import { type E2eCloud, startE2eCloud } from '../support/e2e-cloud.ts';
import { openPhone, sidewaysOverflow, startBrowser } from '../support/e2e-phone.ts';
import { DOCUMENT, SCRIPT } from '../support/sample-files.ts';
import { provesLeastPrivilege } from './least-privilege.ts';
import { tellsOfTheWorklist } from './worklist.ts';

const MANAGER = 'wang.qiang@meridian.example';
const HEAD = 'chen.jing@meridian.example';
const SUBSTITUTE = 'priya.nair@meridian.example';

let world: E2eCloud;
const seen = new Set<string>();

beforeAll(async () => {
  world = await startE2eCloud();
});
afterAll(async () => {
  await world?.stop();
});

/** 100 CNY: the manager alone decides, also of many from one supplier (`rules/split-purchases.dmn`). */
const SMALL = {
  title: 'Chairs',
  costCentre: 'CC-100',
  supplierCode: 'SUP-001',
  currency: 'CNY',
  lines: [{ productCode: 'P-1001', quantity: '5', unitPrice: '20.00' }],
};

function file(changes: Partial<Filing> = {}, requesterId = 'E-1001'): Promise<string> {
  const requestId = newRequestId();
  return fileRequisition(world.cloud.endpoint, busName(), {
    requestId,
    requesterId,
    ...SMALL,
    title: `Chairs ${requestId}`,
    ...changes,
  });
}
const busName = () => output(world.cloud.outputs, 'EventBusName');
const mailTo = (address: string, requestId: string) => nextMail(world.cloud.endpoint, address, requestId, seen);
const answer = (requestId: string, status: string) =>
  waitFor(
    `the OA to be told "${status}" of ${requestId} (told so far: ${world.oa.answersTo(requestId).map((one) => one.status)})`,
    () => world.oa.answersTo(requestId).find((one) => one.status === status),
  );

async function putRaw(detailType: string, details: readonly object[]): Promise<void> {
  const client = new EventBridgeClient(clientOptions(world.cloud.endpoint));
  for (let start = 0; start < details.length; start += 10) {
    const Entries = details.slice(start, start + 10).map((detail) => ({
      EventBusName: busName(),
      Source: 'meridian.oa',
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    }));
    expect((await client.send(new PutEventsCommand({ Entries }))).FailedEntryCount).toBe(0);
  }
}

const documentReader = () => createDocumentReader(world.cloud.tryton, world.cloud.tryton.logins.admin);
const clerks = () =>
  createClerks(world.cloud.tryton, world.cloud.tryton.logins, () => new Date().toISOString().slice(0, 10));

/** A requisition that was approved. */
async function ordered() {
  const requestId = await file();
  await decideByMail(await mailTo(MANAGER, requestId), 'approve');
  const { facts, processId } = await answer(requestId, 'ordered');
  return { requestId, processId, orderNumber: String(facts.orderNumber) };
}

/** Orders in Tryton that Meridian made for a process. */
async function ordersOf(processId: string) {
  const { orders } = await documentReader().listDocuments(50);
  return orders.filter(({ reference }) => reference.startsWith(processId));
}

async function recordOf(processId: string) {
  const { endpoint, outputs } = world.cloud;
  const checked = await checkRecord(endpoint, output(outputs, 'RecordTableName'), processId);
  expect(checked.damages).toEqual([]);
  return checked.entries;
}

describe('on the local cloud, with a real Tryton', () => {
  it('the whole story of a purchase ends with the payment in the books', async () => {
    const story = await playPurchase(world.cloud, world.oa, () => undefined);

    expect(story.documents.payments).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
    expect(await ordersOf(story.processId)).toHaveLength(1);
  });

  it('twenty events of one requisition at once, under one id and under many, make one process and one order', async () => {
    const requestId = newRequestId();
    const same = randomUUID();
    const details = Array.from({ length: 20 }, (_, index) => ({
      metadata: {
        eventId: index < 10 ? same : randomUUID(),
        correlationId: requestId,
        occurredAt: new Date().toISOString(),
        schemaVersion: '1.0',
      },
      oa: { system: 'demo-oa', requestId },
      requester: { employeeId: 'E-1001' },
      requisition: requisitionOf({ ...SMALL, title: `Chairs ${requestId}` }),
    }));

    const before = Date.now();
    await putRaw('PurchaseRequisitionSubmitted', details);
    await decideByMail(await mailTo(MANAGER, requestId), 'approve');
    const { processId } = await answer(requestId, 'ordered');

    await waitFor('eleven executions, of which one goes on', async () => {
      const sfn = new SFNClient(clientOptions(world.cloud.engineUrl));
      const stateMachineArn = output(world.cloud.outputs, 'ProcureToPayArn');
      const { executions: found = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
      const own = found.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= before);
      return own.length === 11 && own.filter(({ status }) => status === 'RUNNING').length === 1 ? true : undefined;
    });
    expect(await ordersOf(processId)).toHaveLength(1);
    expect((await recordOf(processId)).filter(({ type }) => type === 'RequisitionRegistered')).toHaveLength(1);
  });

  it('an event that cannot be read goes to the dead letters; one with wrong fields is answered with each of them', async () => {
    await world.retryAtOnce('requisitions', async () => {
      await putRaw('PurchaseRequisitionSubmitted', [{ nonsense: 'e2e' }]);
      await waitFor('the dead letter', async () => {
        const bodies = await world.messagesIn('requisitions-dead-letters');
        return bodies.join().includes('nonsense') ? bodies : undefined;
      });
    });
    const requestId = await file({ supplierCode: 'SUP-404', title: 'From nobody' });

    const refused = await answer(requestId, 'refused');

    expect(refused.text.en).toContain('requisition.supplierCode');
  });

  it('a link survives mail scanners, decides once, and is no good when it is altered', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    const [url = ''] = mail.links;

    for (let scanner = 0; scanner < 5; scanner += 1) {
      expect((await openLink(url, 'HEAD')).status).toBe(200);
      expect((await openLink(url)).html).toContain('value="approve"');
    }
    expect(world.oa.answersTo(requestId).map(({ status }) => status)).not.toContain('ordered');
    expect((await postDecision(`${url.slice(0, -3)}abc`, 'approve')).status).toBe(404);
    expect((await openLink(`${url.slice(0, -3)}abc/attach`)).status).toBe(404);
    expect((await postDecision(url, 'approve')).status).toBe(200);
    expect((await postDecision(url, 'reject', 'changed my mind')).status).toBe(409);

    const { processId } = await answer(requestId, 'ordered');
    const types = (await recordOf(processId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'DecisionMade')).toHaveLength(1);
    expect(types).toContain('DecisionRefused');
  });

  it('a rejection reaches the OA with its reason', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    expect((await postDecision(mail.links[0] ?? '', 'reject')).status).toBe(422);

    await decideByMail(mail, 'reject', 'There are chairs in the cellar');

    expect((await answer(requestId, 'rejected')).text.en).toContain('There are chairs in the cellar');
  });

  it('a leave that the OA approved makes the substitute of the manager, and its cancellation unmakes it', async () => {
    const leave = leaveOf('E-2001', 'E-2002');
    await putRaw('LeaveApproved', [leave]);
    await recorded(leaveIdOf(leave.oa), 'LeaveApproved');
    const away = await file();
    const mail = await mailTo(SUBSTITUTE, away);

    await putRaw('LeaveCancelled', [leave]);
    await recorded(leaveIdOf(leave.oa), 'LeaveCancelled');
    const back = await file();

    expect((await mailTo(MANAGER, back)).links).toHaveLength(1);
    await decideByMail(mail, 'reject', 'There are chairs in the cellar');
    await answer(away, 'rejected');
  });

  it('an import of people while a task is open moves the task, and the version before brings it back', async () => {
    const requestId = await file();
    const [link = ''] = (await mailTo(MANAGER, requestId)).links;
    const processId = processOn(await openLink(link));
    const people = await peopleUnder('E-2002');

    const shown = await directory('import', people, '--by', 'Lin');
    expect(shown).toMatchObject({
      code: 0,
      said: expect.stringContaining('~ people E-1001: managerId E-2001 -> E-2002'),
    });
    expect(shown.said).toMatch(new RegExp(`${processId}.*\\(E-2001\\): would go to .*\\(E-2002\\)`));
    expect((await directory('versions')).said).toContain('0: ');
    expect((await directory('versions')).said.split('\n')[0]).toContain('<- counts');

    expect(await directory('import', people, '--by', 'Lin', '--apply')).toMatchObject({ code: 0 });
    expect((await mailTo(SUBSTITUTE, requestId)).links).toHaveLength(1);
    await postDecision(link, 'approve');
    await recorded(processId, 'DecisionRefused');

    const back = await directory('back-to', '0', '--by', 'Lin', '--apply');
    expect(back).toMatchObject({ code: 0, said: expect.stringContaining('version 0 counts now') });
    await decideByMail(await mailTo(MANAGER, requestId), 'reject', 'There are chairs in the cellar');
    await answer(requestId, 'rejected');
    const types = (await recordOf(processId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'TaskRerouted')).toHaveLength(2);
    expect((await recordOf('directory')).map(({ type }) => type)).toEqual(['DirectoryChanged', 'DirectoryChanged']);
  });

  it('an import that is wrong is told by line, field and remedy, and changes nothing', async () => {
    const path = join(ROOT, '.local/e2e/people.csv');
    await writeFile(path, 'employeeId,managerId\nE-1001,E-9\n');

    const refused = await directory('import', path, '--by', 'Lin', '--apply');

    expect(refused).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^people\.csv:2 managerId: .* E-9 \(.+\)$/m),
    });
    expect(refused.said).toContain('nothing was changed');
    expect(await directory('import', path, '--apply')).toMatchObject({ code: 2 });
  });

  it('a withdrawal cancels the order in Tryton, and is answered', async () => {
    const { requestId } = await ordered();

    await withdrawRequisition(world.cloud.endpoint, busName(), {
      requestId,
      employeeId: 'E-1001',
      reason: 'Not needed any more',
    });

    const { processId } = await answer(requestId, 'withdrawn');
    // How an order looks that Tryton had confirmed and that was given up (local/tryton/README.md).
    expect(await ordersOf(processId)).toMatchObject([{ state: 'done', shipmentState: 'none', invoiceState: 'none' }]);
  });

  it('an order that the buyer gives up in Tryton ends the process, and the requester is told', async () => {
    const { requestId, orderNumber } = await ordered();

    await clerks().cancelOrder(orderNumber);

    const { facts, processId } = await answer(requestId, 'cancelled');
    expect(facts.final).toBe(true);
    expect((await recordOf(processId)).map(({ type }) => type)).toContain('PurchaseOrderCancelled');
  });

  it('an invoice that is dearer than the order is asked about, corrected, and only then goes to payment', async () => {
    const { requestId, orderNumber, processId } = await ordered();
    await clerks().receiveGoods(orderNumber);
    const paper = { supplierReference: requestId, invoiceDate: new Date().toISOString().slice(0, 10) };
    const dearer = [{ productCode: 'P-1001', value: '748.00' }];
    const invoiceNumber = await clerks().enterInvoice(orderNumber, { ...paper, priceChanges: dearer });

    await decideByMail(await mailTo('sun.li@meridian.example', requestId), 'correct', 'The agreed price is 20');
    await clerks().correctInvoice(invoiceNumber, { priceChanges: [{ productCode: 'P-1001', value: '20.00' }] });
    const mail = await mailTo('grace.miller@meridian.example', requestId);

    expect((await openLink(mail.links[0] ?? '')).html).toContain('100.00');
    const { payments } = await documentReader().listDocuments(50);
    expect(payments.filter(({ orderNumbers }) => orderNumbers.includes(orderNumber))).toEqual([]);
    expect((await recordOf(processId)).filter(({ type }) => type === 'InvoicesMatched')).toHaveLength(1);
  });

  it('a reminder that Scheduler rings reaches the approver, and ends with the decision', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    const processId = processOn(await openLink(mail.links[0] ?? ''));

    await ringSoon(world.cloud.endpoint, 'remind', processId);

    // A mail may come twice: only the reminder itself will do.
    await decideByMail(await mailTo(MANAGER, `催办：Chairs ${requestId}`), 'approve');
    await answer(requestId, 'ordered');
    expect((await recordOf(processId)).map(({ type }) => type)).toContain('LevelReminded');
  });

  it('a decision on a process that somebody stopped is recorded, and so is that there is nothing to resume', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    const processId = processOn(await openLink(mail.links[0] ?? ''));
    const sfn = new SFNClient(clientOptions(world.cloud.engineUrl));
    await sfn.send(new StopExecutionCommand({ executionArn: await executionOf(processId) }));

    await decideByMail(mail, 'approve');

    await waitFor('the refusal of the engine in the record', async () => {
      const types = (await recordOf(processId)).map(({ type }) => type);
      return types.includes('DecisionMade') && types.includes('ResumeRefused') ? true : undefined;
    });
  });

  it('the hourly look for late orders finds none', async () => {
    const sweep = output(world.cloud.outputs, 'SweepIntentsFunctionName');

    expect(await world.cloud.lambdas.invoke(sweep, {})).toMatchObject({ kind: 'returned' });
  });

  it('an OA that is down gets its answers when it is up', async () => {
    await world.retryAtOnce('oa-messages', async () => {
      world.setOaDown(true);
      const requestId = await file();
      const mail = await mailTo(MANAGER, requestId);
      const processId = processOn(await decideByMail(mail, 'approve'));
      await waitFor('the order', async () => ((await ordersOf(processId)).length > 0 ? true : undefined));
      expect(world.oa.answersTo(requestId)).toEqual([]);

      world.setOaDown(false);

      await answer(requestId, 'ordered');
    });
  });

  it('an ERP that is switched off in between makes one order when it is on again', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    await world.cloud.stopTryton();
    const processId = processOn(await decideByMail(mail, 'approve'));
    await waitFor('an attempt that finds no ERP', () => failureOf(processId));

    await world.cloud.startTrytonAgain();

    await answer(requestId, 'ordered');
    expect(await ordersOf(processId)).toHaveLength(1);
  });

  it('an engine that is started again while a process waits goes on', async () => {
    const requestId = await file({
      lines: [{ productCode: 'P-1001', quantity: '10', unitPrice: '680.00' }],
    });
    const mail = await mailTo(MANAGER, requestId);

    await world.cloud.restartEngine();
    await decideByMail(mail, 'approve');
    const next = await mailTo(HEAD, requestId);
    await world.cloud.restartEngine();
    await decideByMail(next, 'approve');

    const { processId } = await answer(requestId, 'ordered');
    expect(await ordersOf(processId)).toHaveLength(1);
  });
});

describe('in a real browser on a phone, without scripts', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('a manager taps the link of a mail in Chinese, approves, and sees that it is done', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    const page = await openPhone(browser, 'zh-CN');

    await page.goto(mail.links[0] ?? '');
    expect(await page.locator('h1').textContent()).toBe(`Chairs ${requestId}`);
    expect(await page.locator('main').textContent()).toContain('¥100.00');
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.getByRole('button', { name: '同意' }).tap();

    await page.getByText('接下来将向供应商下单。').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    await answer(requestId, 'ordered');
  });

  it('a manager who rejects in English is asked for a reason first, and the requester reads it', async () => {
    const requestId = await file({ costCentre: 'CC-200' }, 'E-1002');
    const mail = await mailTo('priya.nair@meridian.example', requestId);
    const page = await openPhone(browser, 'en-GB');

    await page.goto(mail.links[0] ?? '');
    await page.getByRole('button', { name: 'Reject' }).tap();
    await page.getByText('Please write a reason first.').waitFor();
    expect(world.oa.answersTo(requestId).map(({ status }) => status)).not.toContain('rejected');
    await page.getByLabel('Comment').fill('Use the ones in the cellar');
    await page.getByRole('button', { name: 'Reject' }).tap();

    await page.getByText('The requester is told, with your reason.').waitFor();
    expect((await answer(requestId, 'rejected')).text.en).toContain('Use the ones in the cellar');
  });

  it('a manager adds an offer, reads it again, and decides; a file of no kind that is taken is sent back', async () => {
    const requestId = await file();
    const mail = await mailTo(MANAGER, requestId);
    const page = await openPhone(browser, 'zh-CN');
    const attach = async (name: string, buffer: Buffer) => {
      await page.goto(mail.links[0] ?? '');
      await page.getByRole('link', { name: '添加附件' }).tap();
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
      await page.getByRole('button', { name: '上传' }).tap();
      await page.getByText('附件已收到').waitFor();
    };

    expect((await openLink(`${mail.links[0]?.slice(0, -3)}abc/attach`)).status).toBe(404);
    await attach('报价单 (终稿).pdf', DOCUMENT);
    await attach('合同.pdf', SCRIPT);

    await waitFor('the mail about the second file', async () =>
      (await readMails(world.cloud.endpoint)).find(
        ({ subject, text }) => subject.includes(requestId) && text.includes('合同.pdf'),
      ),
    );
    const link = await waitFor('the file on the page', async () => {
      await page.goto(mail.links[0] ?? '');
      return (
        (await page.getByRole('link', { name: '报价单 (终稿).pdf' }).getAttribute('href', { timeout: 1_000 })) ??
        undefined
      );
    });
    expect(await sidewaysOverflow(page)).toBe(0);
    const download = await fetch(new URL(link, page.url()));
    expect(Buffer.from(await download.arrayBuffer()).equals(DOCUMENT)).toBe(true);
    expect(download.headers.get('content-disposition')).toContain(encodeURIComponent('报价单'));
    await page.getByRole('button', { name: '同意' }).tap();
    const { processId } = await answer(requestId, 'ordered');
    expect((await recordOf(processId)).filter(({ type }) => type === 'FileAttached')).toHaveLength(1);
  });

  it('a requester files in the OA and finds the answer there, with its record', async () => {
    const page = await openPhone(browser, 'en-GB');
    await page.goto(`${world.portalUrl}/oa/new`);
    const title = `Paper ${newRequestId()}`;
    await page.getByLabel('What for').fill(title);
    await page.locator('[name="quantity.P-1001"]').fill('');
    await page.getByRole('button', { name: 'File it' }).tap();
    await page.waitForURL('**/oa/requests/*');
    const requestPage = page.url();

    const decided = await decideByMail(await mailTo(MANAGER, title), 'approve');

    await waitFor('the order on the page of the request', async () => {
      await page.goto(requestPage);
      return (await page.locator('main').textContent())?.includes('PO0') ? true : undefined;
    });
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.goto(`${world.portalUrl}/processes`);
    await page
      .locator(`a[href*="/record/${processOn(decided)}"]`)
      .first()
      .tap();
    await page.getByText(title).first().waitFor();
  });
});

describe('above the amount that a link may decide, in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Chooses an account at the company's provider, which asks since nobody is signed in there. */
  async function signInAs(page: Page, name: RegExp): Promise<void> {
    await page.getByText('Who are you?').waitFor();
    expect(new URL(page.url()).origin).toBe(world.cloud.identityUrl);
    await page.getByRole('button', { name }).tap();
  }

  it('a manager who opens the link signs in, approves, and signs out on both sides', async () => {
    const lines = [{ productCode: 'P-1001', quantity: '200', unitPrice: '680.00' }];
    const requestId = await file({ lines });
    const [link = ''] = (await mailTo(MANAGER, requestId)).links;
    expect((await postDecision(link, 'approve')).status).toBe(403);
    const page = await openPhone(browser, 'en-GB');

    await page.goto(`${link}?lang=en`);
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Sign in' }).tap();
    await signInAs(page, /Wang Qiang/);
    await page.waitForURL(`${link}?lang=en`);
    await page.getByRole('button', { name: 'Approve' }).tap();
    await page.getByText('The next approver is asked next.').waitFor();

    const next = await mailTo(HEAD, requestId);
    const types = (await recordOf(processOn(await openLink(next.links[0] ?? '')))).filter(({ type }) =>
      type.startsWith('Decision'),
    );
    expect(types.map(({ type, facts }) => [type, facts.via])).toEqual([
      ['DecisionRefused', 'link'],
      ['DecisionMade', 'signed-in'],
    ]);
    // The manager is not the head of the department, whose mail they got hold of.
    await page.goto(`${next.links[0]}?lang=en`);
    await page.getByText('Somebody else is signed in').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    await page.goto(`${world.cloud.pagesUrl}/me?lang=en`);
    expect(await page.locator('h1').textContent()).toContain('Wang Qiang');
    await page.getByRole('button', { name: 'Sign out' }).tap();
    await page.getByRole('button', { name: 'Sign out' }).tap();
    await page.waitForURL('**/signed-out*');
    await page.goto(`${world.cloud.pagesUrl}/me`);
    await page.getByText('Who are you?').waitFor();
  });
});

tellsOfTheWorklist(
  () => world,
  () => file(),
);

provesLeastPrivilege(() => world);

/** The directory that counts, with another manager for the requester, as a file. */
async function peopleUnder(managerId: string): Promise<string> {
  const { people, ...others } = JSON.parse((await directory('show')).said);
  const changed = people.map((person: { employeeId: string }) =>
    person.employeeId === 'E-1001' ? { ...person, managerId } : person,
  );
  const path = join(ROOT, '.local/e2e/people.json');
  await writeFile(path, JSON.stringify({ ...others, people: changed }, undefined, 2));
  return path;
}

/** `npm run directory` on this cloud. */
function directory(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const env = { PATH: process.env.PATH, ...awsEnvironment(world.cloud.endpoint) };
  const command = ['local/tools/directory.ts', ...args, '--stack', 'meridian'];
  return new Promise((resolve) => {
    execFile(NODE, command, { cwd: ROOT, env, maxBuffer: 10_000_000 }, (error, said, complained) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: said === '' ? complained : said });
    });
  });
}

/** Both what the OA puts when it approves a leave and, with more than is needed, when it cancels it. */
function leaveOf(employeeId: string, substituteId: string) {
  const requestId = `LV-${randomUUID().slice(0, 8)}`;
  const now = Date.now();
  return {
    metadata: {
      eventId: randomUUID(),
      correlationId: requestId,
      occurredAt: new Date(now).toISOString(),
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    employee: { employeeId },
    from: new Date(now - 60_000).toISOString(),
    until: new Date(now + 3_600_000).toISOString(),
    substitute: { employeeId: substituteId },
  };
}

function recorded(processId: string, type: string) {
  return waitFor(`${type} in the record ${processId}`, async () =>
    (await recordOf(processId)).find((entry) => entry.type === type),
  );
}

/** The process that a decision page names. */
function processOn({ html }: { readonly html: string }): string {
  const [processId] = /P2P-[0-9a-f]{20}/.exec(html) ?? [];
  if (processId === undefined) throw new Error('the page names no process');
  return processId;
}

async function executionOf(processId: string): Promise<string> {
  return String((await recordOf(processId))[0]?.facts.executionId);
}

/** The error of the first task of a process that failed, if one did. */
async function failureOf(processId: string): Promise<string | undefined> {
  const executionArn = await executionOf(processId);
  const sfn = new SFNClient(clientOptions(world.cloud.engineUrl));
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.find(({ type }) => type === 'TaskFailed')?.taskFailedEventDetails?.error;
}
