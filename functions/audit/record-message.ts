/** What subscribers of the record are sent: entries as they were recorded. */
import * as z from 'zod';
import type { RecordEntry } from './domain/record.ts';

/**
 * At least once, and in no order, neither within a process nor across processes: subscribers order by process and
 * sequence, leave out what they have had, and read the record where they need what came before.
 */
export interface RecordMessage {
  readonly entries: readonly RecordEntry[];
}

const entrySchema = z.looseObject({
  processId: z.string().min(1),
  sequence: z.int().min(1),
  type: z.string().min(1),
  occurredAt: z.iso.datetime(),
});

/** Checks what subscribers go by. The rest of an entry is as it was recorded, by whatever version recorded it. */
export const recordMessageSchema = z
  .object({ entries: z.array(entrySchema).min(1) })
  .transform((message): RecordMessage => ({ entries: message.entries as unknown as readonly RecordEntry[] }));
