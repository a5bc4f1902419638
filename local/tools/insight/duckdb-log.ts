/** A folder of the event log in DuckDB: the SQL that Athena runs on AWS runs here on one machine. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EVENT_COLUMNS } from '../../../functions/insight/domain/event-log.ts';
import type { AnswerRow } from '../../../functions/insight/log-answers.ts';

const QUERIES = join(import.meta.dirname, '../../../functions/insight/queries');

const TYPES = { string: 'VARCHAR', int: 'INTEGER', bigint: 'BIGINT' } as const;

export interface OpenedLog {
  /** One of the saved queries, by its name without `.sql`. */
  ask(query: string): Promise<readonly AnswerRow[]>;
  /** Any SQL; rows come as they are read, so that an answer may be larger than memory. */
  rows(sql: string): AsyncGenerator<readonly AnswerRow[]>;
  close(): Promise<void>;
}

/**
 * Reads the log once, into a file of the machine's temporary folder.
 * @param folder - with a folder `day=YYYY-MM-DD` for each day
 * @throws Error when there is no log in it
 */
export async function openLog(folder: string): Promise<OpenedLog> {
  const scratch = await mkdtemp(join(tmpdir(), 'meridian-insight-'));
  const limits = { threads: '2', memory_limit: '500MB', temp_directory: join(scratch, 'spill') };
  const instance = await DuckDBInstance.create(join(scratch, 'log.duckdb'), limits);
  const connection = await instance.connect();
  const close = async () => {
    connection.closeSync();
    instance.closeSync();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await load(connection, folder);
  } catch (cause) {
    await close();
    throw new Error(`there is no event log in ${folder}`, { cause });
  }
  // Each question has a connection of its own: of two that answer at once on one, the first would be cut off.
  const answersOn = async function* (sql: string) {
    const own = await instance.connect();
    try {
      yield* answersTo(own, sql);
    } finally {
      own.closeSync();
    }
  };
  return {
    async ask(query) {
      const sql = await savedQuery(query);
      const answer: AnswerRow[] = [];
      for await (const rows of answersOn(sql)) {
        answer.push(...rows);
      }
      return answer;
    },
    rows: answersOn,
    close,
  };
}

/** As the stack has it. */
export function savedQuery(query: string): Promise<string> {
  return readFile(join(QUERIES, `${query}.sql`), 'utf8');
}

async function load(connection: DuckDBConnection, folder: string): Promise<void> {
  const columns = EVENT_COLUMNS.map(([name, type]) => `${name}: '${TYPES[type]}'`).join(', ');
  const files = `${folder}/day=*/*.jsonl.gz`.replaceAll("'", "''");
  await connection.run('SET preserve_insertion_order = false');
  await connection.run(
    `CREATE TABLE event_log AS SELECT * FROM read_json('${files}', format = 'newline_delimited', columns = {${columns}}, hive_partitioning = true)`,
  );
}

async function* answersTo(connection: DuckDBConnection, sql: string): AsyncGenerator<readonly AnswerRow[]> {
  const result = await connection.stream(sql);
  const names = result.deduplicatedColumnNames();
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) {
      return;
    }
    yield chunk
      .getRows()
      .map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? '', plain(value)])));
  }
}

/** Counts come as 64-bit integers, sums as 128-bit ones and decimals; all of them are far below what a double holds. */
function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) {
    return null;
  }
  return typeof value === 'string' || typeof value === 'number' ? value : Number(value);
}
