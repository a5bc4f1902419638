/** Puts an event on the bus as a company's OA does: with the SDK, and nothing of Meridian but the contract of events. */
import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  EVENT_SOURCES,
  type EventMetadata,
  type OaReference,
  SCHEMA_VERSION,
} from '../../functions/events/envelope.ts';
import { clientOptions } from '../cloud/aws.ts';

const OA_SYSTEM = 'demo-oa';

/** A number of the OA that no other request has: of a purchase requisition, an expense claim, a leave or a form. */
export function newRequestId(kind: 'PR' | 'EX' | 'LV' | 'OF' | 'EC' = 'PR'): string {
  return `${kind}-${new Date().getFullYear()}-${randomUUID().slice(0, 8).toUpperCase()}`;
}

/** What the event of a request begins with. */
export function envelope(requestId: string): { readonly metadata: EventMetadata; readonly oa: OaReference } {
  return {
    metadata: {
      eventId: randomUUID(),
      correlationId: requestId,
      occurredAt: new Date().toISOString(),
      schemaVersion: SCHEMA_VERSION,
    },
    oa: { system: OA_SYSTEM, requestId },
  };
}

/** @throws Error when the bus does not take the event */
export async function putEvent(
  endpoint: string,
  busName: string,
  detailType: string,
  detail: object,
  source: string = EVENT_SOURCES.oa,
): Promise<void> {
  // A client of its own: the emulator is slow on connections that are used again.
  const client = new EventBridgeClient(clientOptions(endpoint));
  try {
    const { FailedEntryCount, Entries } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: source,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );
    // PutEvents answers 200 also when it took nothing.
    if (FailedEntryCount !== 0) {
      throw new Error(`the bus did not take the event: ${Entries?.[0]?.ErrorMessage ?? 'no reason given'}`);
    }
  } finally {
    client.destroy();
  }
}
