import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newExecution } from '../../../local/step-functions/advance.ts';
import type { ExecutionState } from '../../../local/step-functions/execution.ts';
import { type Batches, createBatches, openDatabase } from '../../../local/step-functions/sqlite.ts';
import { sqliteJournal } from '../../../local/step-functions/sqlite-journal.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { MACHINE, machine } from './support.ts';

let folder: string;
let database: DatabaseSync;
let batches: Batches;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'step-functions-'));
  database = openDatabase(join(folder, 'engine.sqlite'));
  batches = createBatches(database);
});

afterEach(async () => {
  if (database.isOpen) database.close();
  await rm(folder, { recursive: true });
});

const definition = parseDefinition(machine({ Rest: { Type: 'Wait', Seconds: 5, End: true } }));
const execution = (name: string, more: Partial<ExecutionState> = {}): ExecutionState => ({
  ...newExecution(
    {
      arn: `arn:${name}`,
      name,
      machineArn: MACHINE,
      machineName: 'main',
      roleArn: 'role',
      definition,
      input: { name },
    },
    7,
  ),
  ...more,
});
const event = (id: number) => ({ id, previousEventId: id - 1, type: `Event${id}`, timestamp: id });

it('a journal gives back what it was given, also from another life', async () => {
  const first = sqliteJournal(database, batches);
  await first.commit(execution('a'), [event(1), event(2)]);
  await first.commit(execution('b'), [event(1)]);
  await first.commit(execution('a', { status: 'SUCCEEDED', output: 'done' }), [event(3)]);
  database.close();

  database = openDatabase(join(folder, 'engine.sqlite'));
  const second = sqliteJournal(database, createBatches(database));

  expect(second.read('arn:a')).toEqual(execution('a', { status: 'SUCCEEDED', output: 'done' }));
  expect(second.history('arn:a')).toEqual([event(1), event(2), event(3)]);
  expect(second.running()).toEqual(['arn:b']);
  expect(second.all()).toEqual(['arn:a', 'arn:b']);
  expect(second.read('arn:c')).toBeUndefined();
  const newest = second.list({ machineArn: MACHINE, status: 'RUNNING', offset: 0, limit: 9 });
  expect(newest.map(({ name }) => name)).toEqual(['b']);
});

it('a write that fails leaves nothing, and does not harm those that share its transaction', async () => {
  const journal = sqliteJournal(database, batches);
  await journal.commit(execution('b'), [event(1)]);

  const results = await Promise.allSettled([
    journal.commit(execution('a'), [event(1)]),
    journal.commit(execution('b', { status: 'FAILED' }), [event(2), event(1)]),
    journal.commit(execution('c'), [event(1)]),
  ]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(journal.all()).toEqual(['arn:b', 'arn:a', 'arn:c']);
  expect(journal.read('arn:b')?.status).toBe('RUNNING');
  expect(journal.history('arn:b')).toEqual([event(1)]);
});

it('what can be read already is on disk when onDisk resolves', async () => {
  const journal = sqliteJournal(database, batches);
  const committed = journal.commit(execution('a'), [event(1)]);

  expect(journal.read('arn:a')?.name).toBe('a');
  expect(database.isTransaction).toBe(true);
  await batches.onDisk();

  expect(database.isTransaction).toBe(false);
  await committed;
});
