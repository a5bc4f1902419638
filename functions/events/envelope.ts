/** What every event on the bus carries, whoever puts it. Source of the shape: docs/events.md. */
import * as z from 'zod';

/** Version of the event contracts; a reader refuses a major version that it does not know. */
export const SCHEMA_VERSION = '1.0';

/** `metadata` of every event's detail. */
export const metadataSchema = z.object({
  /** Unique for the event; the same event delivered again carries the same id. */
  eventId: z.string().min(1).max(128),
  /** Joins all events of one business case; the OA's own request id is a good choice. */
  correlationId: z.string().min(1).max(128),
  /** When it happened, ISO 8601 with offset. */
  occurredAt: z.iso.datetime({ offset: true }),
  schemaVersion: z.string().regex(/^1\.\d+$/, `must be version 1, such as "${SCHEMA_VERSION}"`),
});
export type EventMetadata = z.infer<typeof metadataSchema>;

/** Sources that may stand on the bus; the bus policy restricts who may put which. */
export const EVENT_SOURCES = { oa: 'meridian.oa', erp: 'meridian.erp', process: 'meridian.process' } as const;

/** The request of an OA that an event is about. */
export const oaReferenceSchema = z.object({
  /** Which OA, for companies that have several. */
  system: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be a short lower-case name such as "demo-oa"'),
  /** The OA's own number of the request; with `system` it names the request for ever. */
  requestId: z.string().min(1).max(64),
});
export type OaReference = z.infer<typeof oaReferenceSchema>;

/** Who asks. */
export const requesterSchema = z.object({ employeeId: z.string().min(1).max(64) });

/** The least that must be readable of a request for it to be known and its sender answered. */
export const requestEnvelopeSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  requester: requesterSchema,
});
export type RequestEnvelope = z.infer<typeof requestEnvelopeSchema>;

/** The requester takes a request back. */
export const withdrawalSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be the requester. */
  withdrawnBy: requesterSchema,
  reason: z.string().min(1).max(1000),
});
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** The requester asks those who are to decide to get on with it. */
export const urgingSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be the requester. */
  urgedBy: requesterSchema,
});
export type Urging = z.infer<typeof urgingSchema>;

/** With the whole of what is filed anew, not only what changed; what is wrong in it is answered field by field. */
export const resubmissionEnvelopeSchema = requestEnvelopeSchema.extend({
  /** The version that was returned, as the OA was told it; the first is 1. */
  replacesVersion: z.int().min(1),
});
export type ResubmissionEnvelope = z.infer<typeof resubmissionEnvelopeSchema>;
