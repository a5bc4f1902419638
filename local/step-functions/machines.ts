import type { DatabaseSync } from 'node:sqlite';
import type { Batches } from './sqlite.ts';

/** A state machine as it was created or last updated. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The text as it was sent. */
  readonly definition: string;
  readonly revisionId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The state machines of an account. */
export interface MachineStore {
  get(arn: string): Machine | undefined;
  /** Resolves when it is on disk. */
  put(machine: Machine): Promise<void>;
  /** Resolves when it is on disk. */
  remove(arn: string): Promise<void>;
  /** In the order of their ARNs. */
  list(): readonly Machine[];
}

/** Keeps state machines in a database opened with `openDatabase`. */
export function sqliteMachines(database: DatabaseSync, batches: Batches): MachineStore {
  const one = database.prepare('SELECT body FROM machines WHERE arn = ?');
  const keep = database.prepare('INSERT OR REPLACE INTO machines (arn, body) VALUES (?, ?)');
  const drop = database.prepare('DELETE FROM machines WHERE arn = ?');
  const all = database.prepare('SELECT body FROM machines ORDER BY arn');
  const machineOf = (row: { readonly [column: string]: unknown }): Machine => JSON.parse(String(row.body)) as Machine;
  return {
    get: (arn) => {
      const row = one.get(arn);
      return row === undefined ? undefined : machineOf(row);
    },
    put: (machine) => batches.write(() => keep.run(machine.arn, JSON.stringify(machine))),
    remove: (arn) => batches.write(() => drop.run(arn)),
    list: () => all.all().map(machineOf),
  };
}
