/**
 * The event log as OCEL 2.0 (JSON; ocel-standard.org, specification of 2023): events belong to several objects at once, the
 * process, its approvals, documents of the ERP, people, suppliers and cost centres. Pure.
 */

import type { EventRow } from './event-log.ts';
import { activityOf } from './export-xes.ts';

export interface OcelRelationship {
  readonly objectId: string;
  readonly qualifier: string;
}

export interface OcelEvent {
  readonly id: string;
  readonly type: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly relationships: readonly OcelRelationship[];
}

export interface OcelObject {
  readonly id: string;
  readonly type: string;
  /** `time`: since when it is so. */
  readonly attributes: readonly { readonly name: string; readonly value: string; readonly time: string }[];
  readonly relationships: readonly OcelRelationship[];
}

interface OcelType {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly type: 'string' }[];
}

/** Attributes of every event, whatever its type; those that an event does not have are left out of it. */
const EVENT_ATTRIBUTES = [
  'kind',
  'subject',
  'level_name',
  'action',
  'outcome',
  'wait_kind',
  'step',
  'actor_kind',
] as const;
/** Of a process, from the first row that says them. */
const CASE_ATTRIBUTES = ['amount', 'currency'] as const;

/** Documents by the facts that name them. */
const DOCUMENTS = [
  ['orderNumber', 'order'],
  ['receiptNumber', 'receipt'],
  ['invoiceId', 'invoice'],
  ['paymentNumber', 'payment'],
  ['entryNumber', 'journal-entry'],
] as const;

/** Collects the types while the events are written: they stand before them in no order that matters. */
export class OcelExport {
  readonly #eventTypes = new Set<string>();
  readonly #objects = new Map<string, OcelObject>();

  /** @param rows - of one process in order, at least one */
  eventsOf(rows: readonly EventRow[]): readonly OcelEvent[] {
    this.#addCase(rows);
    return rows.map((row) => this.#eventOf(row));
  }

  eventTypes(): readonly OcelType[] {
    const attributes = EVENT_ATTRIBUTES.map((name) => ({ name, type: 'string' as const }));
    return [...this.#eventTypes].sort().map((name) => ({ name, attributes }));
  }

  objectTypes(): readonly OcelType[] {
    const types = new Map<string, OcelType>();
    for (const { type, attributes } of this.#objects.values()) {
      const known = types.get(type)?.attributes.map(({ name }) => name) ?? [];
      const names = [...new Set([...known, ...attributes.map(({ name }) => name)])].sort();
      types.set(type, { name: type, attributes: names.map((name) => ({ name, type: 'string' })) });
    }
    return [...types.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  objects(): IterableIterator<OcelObject> {
    return this.#objects.values();
  }

  #eventOf(row: EventRow): OcelEvent {
    const type = activityOf(row);
    this.#eventTypes.add(type);
    const attributes = EVENT_ATTRIBUTES.flatMap((name) => (row[name] === '' ? [] : [{ name, value: row[name] }]));
    return {
      id: `${row.process_id}/${row.sequence}`,
      type,
      time: row.occurred_at,
      attributes,
      relationships: [{ objectId: row.process_id, qualifier: 'process' }, ...this.#related(row)],
    };
  }

  #addCase(rows: readonly EventRow[]): void {
    const [first] = rows;
    if (first === undefined) {
      return;
    }
    const attributes = CASE_ATTRIBUTES.flatMap((name) => {
      const row = rows.find((one) => one[name] !== '');
      return row === undefined ? [] : [{ name, value: row[name], time: row.occurred_at }];
    });
    const belongs = (
      [
        ['requester_id', 'person'],
        ['cost_centre', 'cost-centre'],
        ['supplier_code', 'supplier'],
      ] as const
    ).flatMap(([column, type]) => {
      const id = rows.find((one) => one[column] !== '')?.[column];
      return id === undefined ? [] : [{ objectId: this.#object(type, id), qualifier: column.replace(/_.*$/, '') }];
    });
    this.#objects.set(first.process_id, { id: first.process_id, type: first.kind, attributes, relationships: belongs });
  }

  #related(row: EventRow): readonly OcelRelationship[] {
    const facts: { readonly [name: string]: unknown } = JSON.parse(row.facts);
    const documents = DOCUMENTS.flatMap(([fact, type]) => {
      const id = facts[fact];
      return typeof id === 'string' ? [{ objectId: this.#object(type, id), qualifier: type }] : [];
    });
    const approval =
      row.approval_id === ''
        ? []
        : [{ objectId: this.#object('approval', `${row.process_id}/${row.approval_id}`), qualifier: 'approval' }];
    const actor =
      row.actor_kind === 'person' ? [{ objectId: this.#object('person', row.actor_id), qualifier: 'actor' }] : [];
    return [...approval, ...actor, ...documents];
  }

  /** Ids of all objects share one space: a type stands before those that others may have as well. */
  #object(type: string, id: string): string {
    const objectId = `${type}:${id}`;
    if (!this.#objects.has(objectId)) {
      this.#objects.set(objectId, { id: objectId, type, attributes: [], relationships: [] });
    }
    return objectId;
  }
}
