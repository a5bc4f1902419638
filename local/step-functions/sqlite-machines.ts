import type { DatabaseSync } from 'node:sqlite';
import type { Machine, MachineAlias, MachineStore, MachineVersion } from './machines.ts';
import type { Batches } from './sqlite.ts';

type Row = { readonly [column: string]: unknown } | undefined;

/** Keeps state machines with their versions and aliases in a database opened with `openDatabase`. */
export function sqliteMachines(database: DatabaseSync, batches: Batches): MachineStore {
  return {
    ...machineTable(database, batches),
    ...versionTable(database, batches),
    ...aliasTable(database, batches),
  };
}

function machineTable(database: DatabaseSync, batches: Batches): Pick<MachineStore, 'get' | 'put' | 'remove' | 'list'> {
  const one = database.prepare('SELECT body FROM machines WHERE arn = ?');
  const keep = database.prepare('INSERT OR REPLACE INTO machines (arn, body) VALUES (?, ?)');
  const keepVersion = database.prepare('INSERT INTO versions (machine_arn, number, body) VALUES (?, ?, ?)');
  const drop = ['machines WHERE arn', 'versions WHERE machine_arn', 'aliases WHERE machine_arn'].map((rows) =>
    database.prepare(`DELETE FROM ${rows} = ?`),
  );
  const page = database.prepare('SELECT body FROM machines ORDER BY arn LIMIT :limit OFFSET :offset');
  return {
    get: (arn) => bodyOf<Machine>(one.get(arn)),
    put: (machine, version) =>
      batches.write(() => {
        keep.run(machine.arn, JSON.stringify(machine));
        if (version !== undefined) keepVersion.run(version.machineArn, version.number, JSON.stringify(version));
      }),
    remove: (arn) =>
      batches.write(() => {
        for (const statement of drop) statement.run(arn);
      }),
    list: ({ offset, limit }) => bodiesOf<Machine>(page.all({ offset, limit })),
  };
}

function versionTable(
  database: DatabaseSync,
  batches: Batches,
): Pick<MachineStore, 'version' | 'versions' | 'removeVersion'> {
  const one = database.prepare('SELECT body FROM versions WHERE machine_arn = ? AND number = ?');
  const drop = database.prepare('DELETE FROM versions WHERE machine_arn = ? AND number = ?');
  const page = database.prepare(
    'SELECT body FROM versions WHERE machine_arn = :machine ORDER BY number DESC LIMIT :limit OFFSET :offset',
  );
  return {
    version: (machineArn, number) => bodyOf<MachineVersion>(one.get(machineArn, number)),
    versions: (machine, { offset, limit }) => bodiesOf<MachineVersion>(page.all({ machine, offset, limit })),
    removeVersion: (machineArn, number) => batches.write(() => drop.run(machineArn, number)),
  };
}

function aliasTable(
  database: DatabaseSync,
  batches: Batches,
): Pick<MachineStore, 'alias' | 'putAlias' | 'aliases' | 'removeAlias'> {
  const one = database.prepare('SELECT body FROM aliases WHERE machine_arn = ? AND name = ?');
  const keep = database.prepare(
    `INSERT INTO aliases (machine_arn, name, body) VALUES (?, ?, ?)
     ON CONFLICT (machine_arn, name) DO UPDATE SET body = excluded.body`,
  );
  const drop = database.prepare('DELETE FROM aliases WHERE machine_arn = ? AND name = ?');
  const page = database.prepare(
    'SELECT body FROM aliases WHERE machine_arn = :machine ORDER BY number DESC LIMIT :limit OFFSET :offset',
  );
  return {
    alias: (machineArn, name) => bodyOf<MachineAlias>(one.get(machineArn, name)),
    putAlias: (alias) => batches.write(() => keep.run(alias.machineArn, alias.name, JSON.stringify(alias))),
    aliases: (machine, { offset, limit }) => bodiesOf<MachineAlias>(page.all({ machine, offset, limit })),
    removeAlias: (machineArn, name) => batches.write(() => drop.run(machineArn, name)),
  };
}

function bodyOf<T>(row: Row): T | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row.body)) as T);
}

function bodiesOf<T>(rows: readonly Row[]): T[] {
  return rows.map((row) => bodyOf<T>(row)).filter((body) => body !== undefined);
}
