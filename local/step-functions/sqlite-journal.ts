import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MachineDefinition } from './definition.ts';
import type { ExecutionState } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import type { Journal } from './journal.ts';
import type { Batches } from './sqlite.ts';

/** A part of the executions of a machine, newest first. */
export interface ExecutionQuery {
  readonly machineArn: string;
  /** Only those that were started with this version, or that an alias gave it. */
  readonly versionArn?: string;
  /** Only those that were started with this alias. */
  readonly aliasArn?: string;
  readonly status?: string;
  readonly offset: number;
  readonly limit: number;
}

/** The journal on disk. Executions of one definition share its text, whatever becomes of their machine. */
export interface SqliteJournal extends Journal {
  list(query: ExecutionQuery): readonly ExecutionState[];
  /** Events in the order of their ids, or against it: those after one id, or the first ones when it is 0. */
  historyPage(executionArn: string, query: HistoryQuery): readonly HistoryEvent[];
}

/** A part of a history. */
export interface HistoryQuery {
  readonly after: number;
  readonly reverse: boolean;
  readonly limit: number;
}

/** Keeps executions in a database opened with `openDatabase`. */
export function sqliteJournal(database: DatabaseSync, batches: Batches): SqliteJournal {
  const keepDefinition = database.prepare('INSERT OR IGNORE INTO definitions (hash, body) VALUES (?, ?)');
  const keepExecution = database.prepare(
    `INSERT INTO executions (arn, machine_arn, status, definition_hash, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (arn) DO UPDATE SET status = excluded.status, body = excluded.body RETURNING number`,
  );
  const keepEvent = database.prepare('INSERT INTO events (execution, id, body) VALUES (?, ?, ?)');
  const one = database.prepare('SELECT body, definition_hash FROM executions WHERE arn = ?');
  const definitionText = database.prepare('SELECT body FROM definitions WHERE hash = ?');
  const events = database.prepare(
    'SELECT body FROM events WHERE execution = (SELECT number FROM executions WHERE arn = ?) ORDER BY id',
  );
  const running = database.prepare("SELECT arn FROM executions WHERE status = 'RUNNING' ORDER BY number");
  const all = database.prepare('SELECT arn FROM executions ORDER BY number');
  const page = database.prepare(
    `SELECT body, definition_hash FROM executions WHERE machine_arn = :machine AND (:status IS NULL OR status = :status)
     AND (:version IS NULL OR json_extract(body, '$.machineVersionArn') = :version)
     AND (:alias IS NULL OR json_extract(body, '$.machineAliasArn') = :alias)
     ORDER BY number DESC LIMIT :limit OFFSET :offset`,
  );
  const ofExecution = 'SELECT body FROM events WHERE execution = (SELECT number FROM executions WHERE arn = :arn)';
  const forwards = database.prepare(`${ofExecution} AND id > :after ORDER BY id LIMIT :limit`);
  const backwards = database.prepare(`${ofExecution} AND (:after = 0 OR id < :after) ORDER BY id DESC LIMIT :limit`);

  const hashes = new WeakMap<MachineDefinition, string>();
  const definitions = new Map<string, MachineDefinition>();

  const hashOf = (definition: MachineDefinition): string => {
    const known = hashes.get(definition);
    if (known !== undefined) return known;
    const body = JSON.stringify(definition);
    const hash = createHash('sha256').update(body).digest('hex');
    keepDefinition.run(hash, body);
    hashes.set(definition, hash);
    return hash;
  };
  const definitionOf = (hash: string): MachineDefinition => {
    const known = definitions.get(hash);
    if (known !== undefined) return known;
    const definition = JSON.parse(String(definitionText.get(hash)?.body)) as MachineDefinition;
    definitions.set(hash, definition);
    hashes.set(definition, hash);
    return definition;
  };
  const stateOf = (row: { readonly [column: string]: unknown }): ExecutionState => ({
    ...(JSON.parse(String(row.body)) as Omit<ExecutionState, 'definition'>),
    definition: definitionOf(String(row.definition_hash)),
  });

  return {
    commit: ({ definition, ...rest }, added) =>
      batches.write(() => {
        const row = keepExecution.get(rest.arn, rest.machineArn, rest.status, hashOf(definition), JSON.stringify(rest));
        const number = Number(row?.number);
        for (const event of added) keepEvent.run(number, event.id, JSON.stringify(event));
      }),
    read: (arn) => {
      const row = one.get(arn);
      return row === undefined ? undefined : stateOf(row);
    },
    history: (arn) => events.all(arn).map(eventOf),
    running: () => running.all().map((row) => String(row.arn)),
    all: () => all.all().map((row) => String(row.arn)),
    list: ({ machineArn, versionArn = null, aliasArn = null, status = null, offset, limit }) =>
      page.all({ machine: machineArn, version: versionArn, alias: aliasArn, status, limit, offset }).map(stateOf),
    historyPage: (arn, { after, reverse, limit }) =>
      (reverse ? backwards : forwards).all({ arn, after, limit }).map(eventOf),
  };
}

function eventOf(row: { readonly [column: string]: unknown }): HistoryEvent {
  return JSON.parse(String(row.body)) as HistoryEvent;
}
