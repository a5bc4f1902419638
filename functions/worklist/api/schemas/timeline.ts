/** The record of a process, as people read it. */
import * as z from 'zod';
import { index, instant, namedPerson, waitKind } from './common.ts';

const entry = z
  .object({
    sequence: index.describe('From 1, without gaps.'),
    type: z.string(),
    occurredAt: instant,
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }),
    text: z.object({ en: z.string(), zh: z.string() }).describe('What happened, as the page tells it.'),
    facts: z.record(z.string(), z.unknown()).describe('As they were recorded.'),
    personal: z.record(z.string(), z.string()).optional().describe('Free text about people. Absent: there is none.'),
    isErased: z.boolean().optional().describe('There was free text, and it was erased.'),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'TimelineEntry' });

export const timeline = z
  .object({
    processId: z.string(),
    system: z.string().describe('The OA that it came from.'),
    requestId: z.string().describe("The OA's own number."),
    title: z.string(),
    requester: namedPerson,
    status: z.enum(['running', 'ended']),
    phase: z.string(),
    outcome: z.string().optional(),
    startedAt: instant,
    endedAt: instant.optional(),
    waitsFor: z.array(z.object({ kind: waitKind, deadline: instant, owner: namedPerson })),
    holds: z.array(z.object({ reason: z.string(), placedAt: instant })),
    damages: z
      .array(z.object({ sequence: z.int(), damage: z.string() }))
      .describe('Empty: the record is whole, each entry chained to the one before.'),
    entries: z.array(entry).describe('Oldest first.'),
  })
  .meta({ id: 'Timeline' });
