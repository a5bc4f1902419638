/** Past approvals out of the event log, as far as the rules were asked about them. */
import * as z from 'zod';
import { RULED_SUBJECTS } from '../../../functions/approvals/domain/plan.ts';
import { type ObservedWaits, waitKey } from '../../../functions/insight/domain/way.ts';
import type { PastApproval } from '../../../functions/insight/what-if.ts';
import { type OpenedLog, savedQuery } from './duckdb-log.ts';

/** Of DuckDB alone: facts are JSON, which Trino reads by other names. */
const APPROVALS = `
WITH cases AS (
  SELECT process_id, MAX(requester_id) AS requester_id, MAX(cost_centre) AS cost_centre,
    MAX(CASE WHEN type LIKE '%Registered' THEN facts ->> '$.filed.legalEntity' END) AS legal_entity
  FROM event_log GROUP BY process_id
),
refused AS (
  SELECT process_id, approval_id, MAX_BY(level_name, sequence) AS level_name, MAX_BY(employee_id, sequence) AS employee_id
  FROM event_log
  WHERE type = 'ReturnedToRequester' OR (type = 'DecisionMade' AND action IN ('reject', 'cancel'))
  GROUP BY process_id, approval_id
),
routed AS (
  SELECT DISTINCT process_id, sequence, approval_id, subject, facts FROM event_log WHERE type = 'ApprovalRouted'
)
SELECT r.process_id, r.subject, r.facts, c.requester_id, c.cost_centre, c.legal_entity, f.level_name, f.employee_id
FROM routed r JOIN cases c ON c.process_id = r.process_id
  LEFT JOIN refused f ON f.process_id = r.process_id AND f.approval_id = r.approval_id
WHERE r.subject IN (${RULED_SUBJECTS.map((subject) => `'${subject}'`).join(', ')})
ORDER BY r.process_id, r.sequence`;

const rowSchema = z.object({
  process_id: z.string(),
  subject: z.enum(RULED_SUBJECTS),
  facts: z.string(),
  requester_id: z.string(),
  cost_centre: z.string(),
  legal_entity: z.string().nullable(),
  level_name: z.string().nullable(),
  employee_id: z.string().nullable(),
});

/** What an entry `ApprovalRouted` says, of whatever version of Meridian. */
const routedSchema = z.object({
  amount: z.string(),
  lines: z.array(z.object({ category: z.string(), currency: z.string() })).min(1),
  excluded: z.array(z.object({ employeeId: z.string(), reason: z.string() })).default([]),
  levels: z.array(
    z.object({ name: z.string(), approverIds: z.array(z.string()), isParallel: z.boolean().default(false) }),
  ),
});

/** In the order of their processes. What was recorded before the rules told documents apart by their lines is left out. */
export async function* pastApprovals(log: OpenedLog): AsyncGenerator<PastApproval> {
  for await (const rows of log.rows(APPROVALS)) {
    for (const row of rows) {
      const past = approvalOf(row);
      if (past !== undefined) {
        yield past;
      }
    }
  }
}

function approvalOf(row: object): PastApproval | undefined {
  const read = rowSchema.parse(row);
  const routed = routedSchema.safeParse(JSON.parse(read.facts));
  if (!routed.success) {
    return undefined;
  }
  const { amount, lines, excluded, levels } = routed.data;
  const scope = { lines, ...(read.legal_entity === null ? {} : { legalEntity: read.legal_entity }) };
  const { process_id: processId, subject, requester_id: requesterId, cost_centre: costCentre } = read;
  return {
    processId,
    question: { subject, requesterId, amount, costCentre, scope },
    excluded,
    levels,
    ...(read.level_name === null ? {} : { refusedBy: { level: read.level_name, employeeId: read.employee_id ?? '' } }),
  };
}

/** Of every level that was ever answered. */
export async function observedWaits(log: OpenedLog): Promise<ObservedWaits> {
  const waits = new Map<string, number[]>();
  // The saved query says what a wait is; here each of them is wanted, and not what they come to.
  const [timed] = (await savedQuery('level-waits')).split('\n),\nranked AS');
  const waitsOf = `${timed}\n) SELECT subject, level_name, hours FROM timed WHERE subject <> 'operator'`;
  for await (const rows of log.rows(waitsOf)) {
    for (const { subject, level_name: level, hours } of rows) {
      const key = waitKey(String(subject), String(level));
      const known = waits.get(key) ?? [];
      known.push(Number(hours));
      waits.set(key, known);
    }
  }
  return waits;
}
