/** What the end-to-end stories do again and again on their one cloud: file, wait for mails and answers, look into the books. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { clientOptions } from '../../local/cloud/aws.ts';
import { output } from '../../local/cloud/start.ts';
import { decideByMail, nextMail } from '../../local/demo/approver.ts';
import { type Filing, fileRequisition, requisitionOf } from '../../local/demo/events.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { checkRecord } from '../../local/demo/record-check.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { createClerks } from '../../local/tryton/clerks.ts';
import { createDocumentReader } from '../../local/tryton/documents.ts';
import type { E2eCloud } from '../support/e2e-cloud.ts';

export const MANAGER = 'wang.qiang@meridian.example';
export const HEAD = 'chen.jing@meridian.example';
export const SUBSTITUTE = 'priya.nair@meridian.example';

/** 100 CNY: the manager alone decides, also of many from one supplier (`rules/split-purchases.dmn`). */
const SMALL = {
  title: 'Chairs',
  costCentre: 'CC-100',
  supplierCode: 'SUP-001',
  currency: 'CNY',
  lines: [{ productCode: 'P-1001', quantity: '5', unitPrice: '20.00' }],
};

export type Stories = ReturnType<typeof createStories>;

/** @param world - asked when the stories are told */
export function createStories(world: () => E2eCloud) {
  const seen = new Set<string>();

  function file(changes: Partial<Filing> = {}, requesterId = 'E-1001'): Promise<string> {
    const requestId = newRequestId();
    return fileRequisition(world().cloud.endpoint, busName(), {
      requestId,
      requesterId,
      ...SMALL,
      title: `Chairs ${requestId}`,
      ...changes,
    });
  }
  const busName = () => output(world().cloud.outputs, 'EventBusName');
  const mailTo = (address: string, requestId: string) => nextMail(world().cloud.endpoint, address, requestId, seen);
  const answer = (requestId: string, status: string) =>
    waitFor(
      `the OA to be told "${status}" of ${requestId} (told so far: ${world()
        .oa.answersTo(requestId)
        .map((one) => one.status)})`,
      () =>
        world()
          .oa.answersTo(requestId)
          .find((one) => one.status === status),
    );

  async function putRaw(detailType: string, details: readonly object[]): Promise<void> {
    const client = new EventBridgeClient(clientOptions(world().cloud.endpoint));
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

  const documentReader = () => createDocumentReader(world().cloud.tryton, world().cloud.tryton.logins.admin);
  const clerks = () =>
    createClerks(world().cloud.tryton, world().cloud.tryton.logins, () => new Date().toISOString().slice(0, 10));

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
    const { endpoint, outputs } = world().cloud;
    const checked = await checkRecord(endpoint, output(outputs, 'RecordTableName'), processId);
    expect(checked.damages).toEqual([]);
    return checked.entries;
  }

  function recorded(processId: string, type: string) {
    return waitFor(`${type} in the record ${processId}`, async () =>
      (await recordOf(processId)).find((entry) => entry.type === type),
    );
  }

  async function executionOf(processId: string): Promise<string> {
    return String((await recordOf(processId))[0]?.facts.executionId);
  }

  /** The error of the first task of a process that failed, if one did. */
  async function failureOf(processId: string): Promise<string | undefined> {
    const sfn = new SFNClient(clientOptions(world().cloud.engineUrl));
    const executionArn = await executionOf(processId);
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    return events.find(({ type }) => type === 'TaskFailed')?.taskFailedEventDetails?.error;
  }

  return {
    world,
    busName,
    mailTo,
    answer,
    file,
    putRaw,
    documentReader,
    clerks,
    ordered,
    ordersOf,
    recordOf,
    recorded,
    executionOf,
    failureOf,
  };
}

/** The process that a decision page is about: its foot names it, whatever other processes stand above. */
export function processOn({ html }: { readonly html: string }): string {
  const [, processId] = /<code>([A-Z0-9]{3}-[0-9a-f]{20})<\/code>/.exec(html) ?? [];
  if (processId === undefined) throw new Error('the page names no process');
  return processId;
}

/** The event of a requisition of {@link SMALL} as an OA writes it itself. */
export function requisitionDetail(requestId: string, eventId: string) {
  return {
    metadata: { eventId, correlationId: requestId, occurredAt: new Date().toISOString(), schemaVersion: '1.0' },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId: 'E-1001' },
    requisition: requisitionOf({ ...SMALL, title: `Chairs ${requestId}` }),
  };
}
