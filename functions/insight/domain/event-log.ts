/**
 * The record as a table for questions that go over many processes: one row for each entry. A log is copied, kept and read by
 * other tools, and nothing in it can be erased: so it has ids, figures, codes and dates, and no text that a person wrote. Pure.
 */
import { canonicalJson, type Json } from '../../audit/domain/canonical-json.ts';
import type { Actor, RecordEntry } from '../../audit/domain/record.ts';
import { aboutOf } from './course-about.ts';
import { numberFact, type ReadEntry, textFact } from './facts.ts';

/**
 * Names are columns, so they are those of SQL. Texts that an entry does not have are empty, numbers are null. `facts` is the
 * JSON of all facts that a log may have; what queries ask for most stands in columns of its own.
 */
export interface EventRow {
  readonly process_id: string;
  /** Name of the state machine, such as `procure-to-pay`. */
  readonly kind: string;
  readonly sequence: number;
  /** ISO 8601 in UTC, milliseconds; the partition is its date. */
  readonly occurred_at: string;
  /** The same in milliseconds since 1970: what every SQL reckons with alike. */
  readonly occurred_ms: number;
  readonly type: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly approval_id: string;
  readonly subject: string;
  readonly level: number | null;
  readonly level_name: string;
  readonly round: number | null;
  readonly document_version: number | null;
  readonly employee_id: string;
  readonly action: string;
  readonly outcome: string;
  readonly wait_kind: string;
  readonly step: string;
  readonly requester_id: string;
  readonly cost_centre: string;
  readonly supplier_code: string;
  /** A plain decimal of `currency`. */
  readonly amount: string;
  readonly currency: string;
  readonly due_at: string;
  readonly facts: string;
  readonly hash: string;
}

/** Kinds of processes by what their ids begin with. */
const KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['P2P-', 'procure-to-pay'],
  ['EXP-', 'expense-to-posting'],
  ['LVR-', 'leave-request'],
  ['OFF-', 'office-request'],
  ['ECR-', 'engineering-change'],
  ['REP-', 'replenishment'],
  ['payroll-run-', 'payroll-run'],
];

/** Facts that are ids, figures, codes or dates in whatever entry they stand. */
const LOGGED = new Set([
  'addedIds',
  'amount',
  'approvalId',
  'approverIds',
  'atStake',
  'baseTotal',
  'cause',
  'costCentre',
  'currency',
  'deadline',
  'documentVersion',
  'employeeId',
  'employees',
  'entryNumber',
  'error',
  'excluded',
  'findings',
  'forIds',
  'form',
  'formVersion',
  'from',
  'invoiceId',
  'key',
  'kept',
  'kind',
  'leftIds',
  'legalEntities',
  'legalEntity',
  'length',
  'level',
  'levelName',
  'levels',
  'lines',
  'linkLimit',
  'next',
  'onBehalfOf',
  'orderNumber',
  'outcome',
  'owed',
  'owner',
  'paymentNumber',
  'period',
  'policyDigest',
  'productCode',
  'quantity',
  'receiptNumber',
  'refusal',
  'requestId',
  'requesterId',
  'result',
  'round',
  'routing',
  'ruledBy',
  'setOff',
  'splitAmount',
  'splitWith',
  'status',
  'step',
  'subject',
  'supplierCode',
  'system',
  'target',
  'template',
  'to',
  'total',
  'version',
  'via',
  'waitId',
  'warehouse',
  'action',
]); // prettier-ignore

/** Facts of one type of entry that would be text elsewhere, or text there that is none elsewhere. */
const NOT_OF: { readonly [type: string]: readonly string[] } = {
  // What a step failed with is another system's text.
  StepFailed: ['cause'],
  // Lines of an invoice carry descriptions.
  SupplierInvoiceReceived: ['lines'],
};

/** Members of what was filed that questions need and that are codes. */
const LOGGED_OF_FILED = [
  'costCentre',
  'legalEntity',
  'supplierCode',
  'currency',
  'total',
  'kind',
  'from',
  'to',
  'form',
];

/** The row of an entry; undefined: it is of a record that no log has. Who gets which payslip is nobody's question but theirs. */
export function eventRow(entry: RecordEntry): EventRow | undefined {
  const { processId, sequence, type, occurredAt, actor, hash } = entry;
  const kind = KINDS.find(([prefix]) => processId.startsWith(prefix))?.[1];
  if (kind === undefined) {
    return undefined;
  }
  const facts = loggedFacts(entry);
  const text = (name: string) => textFact(facts, name);
  const number = (name: string) => numberFact(facts, name) ?? null;
  const about = aboutOf([{ ...entry, facts }]);
  return {
    process_id: processId,
    kind,
    sequence,
    occurred_at: occurredAt,
    occurred_ms: Date.parse(occurredAt),
    type,
    actor_kind: actor.kind,
    actor_id: actor.id,
    approval_id: text('approvalId'),
    subject: text('subject'),
    level: number('level'),
    level_name: text('levelName'),
    round: number('round'),
    document_version: number('documentVersion') ?? number('version'),
    employee_id: text('employeeId'),
    action: text('action'),
    outcome: text('outcome'),
    wait_kind: type.startsWith('Wait') ? text('kind') : '',
    step: text('step'),
    requester_id: about.requesterId,
    cost_centre: about.costCentre,
    supplier_code: about.supplierCode,
    amount: about.amount?.amount ?? '',
    currency: about.amount?.currency ?? '',
    due_at: text('deadline'),
    facts: canonicalJson(facts),
    hash,
  };
}

/** What figures read: an entry as far as the log has it. */
export function entryOfRow(
  row: Pick<EventRow, 'process_id' | 'sequence' | 'type' | 'occurred_at' | 'actor_kind' | 'actor_id' | 'facts'>,
): ReadEntry {
  return {
    processId: row.process_id,
    sequence: row.sequence,
    type: row.type,
    occurredAt: row.occurred_at,
    actor: { kind: row.actor_kind as Actor['kind'], id: row.actor_id },
    facts: row.facts === '' ? {} : JSON.parse(row.facts),
  };
}

/** Partition of a row: the date of its entry, in UTC. */
export function dayOfRow({ occurred_at }: Pick<EventRow, 'occurred_at'>): string {
  return occurred_at.slice(0, 10);
}

function loggedFacts({ type, facts }: RecordEntry): { readonly [name: string]: Json } {
  const unlogged = NOT_OF[type] ?? [];
  const own = Object.entries(facts).flatMap(([name, value]): readonly (readonly [string, Json])[] =>
    value !== undefined && LOGGED.has(name) && !unlogged.includes(name) ? [[name, value]] : [],
  );
  const filed = filedFacts(facts.filed);
  return Object.fromEntries(filed === undefined ? own : [...own, ['filed', filed]]);
}

/** Codes alone, and only where they are texts: nobody has checked what was filed. */
function filedFacts(filed: Json | undefined): Json | undefined {
  if (filed === null || typeof filed !== 'object' || Array.isArray(filed)) {
    return undefined;
  }
  const members = Object.entries(filed).filter(
    ([name, value]) => LOGGED_OF_FILED.includes(name) && typeof value === 'string' && value.length <= LONGEST_CODE,
  );
  return Object.fromEntries(members) as Json;
}

const LONGEST_CODE = 64;

/** Columns of the table, in the types of Athena (`string`, `int`, `bigint`), without the partition. */
export const EVENT_COLUMNS: readonly (readonly [name: keyof EventRow, type: 'string' | 'int' | 'bigint'])[] = [
  ['process_id', 'string'],
  ['kind', 'string'],
  ['sequence', 'int'],
  ['occurred_at', 'string'],
  ['occurred_ms', 'bigint'],
  ['type', 'string'],
  ['actor_kind', 'string'],
  ['actor_id', 'string'],
  ['approval_id', 'string'],
  ['subject', 'string'],
  ['level', 'int'],
  ['level_name', 'string'],
  ['round', 'int'],
  ['document_version', 'int'],
  ['employee_id', 'string'],
  ['action', 'string'],
  ['outcome', 'string'],
  ['wait_kind', 'string'],
  ['step', 'string'],
  ['requester_id', 'string'],
  ['cost_centre', 'string'],
  ['supplier_code', 'string'],
  ['amount', 'string'],
  ['currency', 'string'],
  ['due_at', 'string'],
  ['facts', 'string'],
  ['hash', 'string'],
];
