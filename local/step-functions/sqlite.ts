import { DatabaseSync } from 'node:sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS machines (arn TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (
    machine_arn TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (machine_arn, number)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS aliases (
    number INTEGER PRIMARY KEY,
    machine_arn TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (machine_arn, name)
  );
  CREATE TABLE IF NOT EXISTS executions (
    number INTEGER PRIMARY KEY,
    arn TEXT NOT NULL UNIQUE,
    machine_arn TEXT NOT NULL,
    status TEXT NOT NULL,
    definition_hash TEXT NOT NULL REFERENCES definitions (hash),
    body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, number);
  CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status, number);
  CREATE TABLE IF NOT EXISTS events (
    execution INTEGER NOT NULL REFERENCES executions (number),
    id INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
`;

/**
 * Opens the engine's database and makes it when it is new. A transaction is on disk when it returns; the file belongs
 * to one engine at a time: a second one gets an error.
 */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  return database;
}

/** Writes that reach the disk together: what comes in while the disk is busy shares the next transaction. */
export interface Batches {
  /** Writes all of it or nothing; resolves when it is on disk. It can be read at once. */
  write(work: () => void): Promise<void>;
  /** Resolves when everything that can be read is on disk. */
  onDisk(): Promise<void>;
}

/** The one way to write to a database opened with {@link openDatabase}. */
export function createBatches(database: DatabaseSync): Batches {
  let batch: Promise<void> | undefined;

  const flushed = (): Promise<void> =>
    new Promise((resolve, reject) => {
      setImmediate(() => {
        batch = undefined;
        try {
          database.exec('COMMIT');
          resolve();
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          reject(error);
        }
      });
    });

  return {
    write: async (work) => {
      if (batch === undefined) {
        database.exec('BEGIN IMMEDIATE');
        batch = flushed();
      }
      const mine = batch;
      database.exec('SAVEPOINT work');
      try {
        work();
      } catch (error) {
        database.exec('ROLLBACK TO work');
        throw error;
      } finally {
        database.exec('RELEASE work');
      }
      await mine;
    },
    onDisk: async () => batch,
  };
}
