/**
 * Faults lead functions where no end-to-end story goes: what they ask of the tables there is allowed as well. Purchases to
 * which anything happens are played in memory, with a store that notes which function asks for what.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Transaction } from '../../functions/process/store/port.ts';
import { drawRun, playRun } from '../faults/kit/play.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { permissionsOf } from './permissions.ts';
import { ROOT } from './project.ts';
import { idOf, pathOfFunction, synthesize } from './synthesize.ts';

const RUNS = 60;
const MACHINES_FUNCTIONS = join(ROOT, 'test/support/purchase-functions.ts');
/** Use-cases that do not stand beside the handler of their function. */
const BESIDE: Readonly<Record<string, string>> = { 'functions/approvals/act-by-link.ts': 'decision-page' };

const underWay = new AsyncLocalStorage<string>();
/** `function: action on table`. */
const uses = new Set<string>();

class WatchedStore extends MemoryStore {
  override read: MemoryStore['read'] = (...input) => this.note('GetItem', 'Work', () => super.read(...input));
  override list: MemoryStore['list'] = (...input) => this.note('Query', 'Work', () => super.list(...input));
  override page: MemoryStore['page'] = (...input) => this.note('Query', 'Work', () => super.page(...input));
  override listByTime: MemoryStore['listByTime'] = (...input) =>
    this.note('Query', 'Work/index/by-time', () => super.listByTime(...input));
  override readRecord: MemoryStore['readRecord'] = (...input) =>
    this.note('Query', 'Record', () => super.readRecord(...input));
  override readPersonal: MemoryStore['readPersonal'] = (...input) =>
    this.note('Query', 'Personal', () => super.readPersonal(...input));

  override async commit(transaction: Transaction): Promise<void> {
    const { entries, personal, changes } = transaction;
    if (entries.length > 0) this.note('PutItem', 'Record', () => undefined);
    if (personal.length > 0) this.note('PutItem', 'Personal', () => undefined);
    for (const { kind } of changes) {
      this.note(kind === 'delete' || kind === 'remove' ? 'DeleteItem' : 'PutItem', 'Work', () => undefined);
    }
    await super.commit(transaction);
  }

  private note<Answer>(action: string, table: string, ask: () => Answer): Answer {
    const name = underWay.getStore();
    if (name !== undefined) uses.add(`${name}: dynamodb:${action} on Tables/${table}`);
    return ask();
  }
}

/**
 * What a function exports under its own name is called by a service, whoever is under way in this process; what else its
 * module exports belongs to the function that calls it.
 */
function named(bundle: string, name: string, exported: unknown): unknown {
  if (typeof exported !== 'function') return exported;
  const caller = () => (name === camel(bundle) ? bundle : (underWay.getStore() ?? bundle));
  return (...input: unknown[]) => underWay.run(caller(), () => Reflect.apply(exported, undefined, input));
}

function camel(bundle: string): string {
  return bundle.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Each use-case's file, and the bundle of whose function it is. */
const useCases = [
  ...globSync('functions/**/*.handler.{ts,tsx}', { cwd: ROOT }).map(
    (file) => [file.replace(/\.handler\.tsx?$/, '.ts'), file.replace(/^.*\/|\.handler\.tsx?$/g, '')] as const,
  ),
  ...Object.entries(BESIDE),
]
  .map(([file, bundle]) => [join(ROOT, file), bundle] as const)
  .filter(([path]) => existsSync(path));

/** From now on every use-case says of which function it is. */
function nameUseCases(): void {
  for (const [path, bundle] of useCases) {
    vi.doMock(path, async (importOriginal) => {
      const original = await importOriginal<Record<string, unknown>>();
      return Object.fromEntries(Object.entries(original).map(([name, one]) => [name, named(bundle, name, one)]));
    });
  }
  // The machines call functions by their own names.
  vi.doMock(MACHINES_FUNCTIONS, async (importOriginal) => {
    const { callFunction } = await importOriginal<typeof import('../support/purchase-functions.ts')>();
    return {
      callFunction: (...input: Parameters<typeof callFunction>) => {
        const bundle = input[1].replace(/\B[A-Z]/g, '-$&').toLowerCase();
        return underWay.run(bundle, () => callFunction(...input));
      },
    };
  });
}

// Other files share this one's modules.
afterAll(() => {
  for (const path of [...useCases.map(([file]) => file), MACHINES_FUNCTIONS]) {
    vi.doUnmock(path);
  }
  vi.resetModules();
});

describe('what functions ask of the tables when anything can fail', () => {
  beforeAll(async () => {
    nameUseCases();
    const { purchaseScenario } = await import('../faults/purchase/scenario.ts');
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const scenario = purchaseScenario({ store: new WatchedStore() });
      await playRun(scenario, drawRun(scenario, seed));
    }
  });

  test('is allowed by their roles', () => {
    const template = synthesize();
    const allowed = (name: string): readonly string[] => {
      const role = idOf(template, `${pathOfFunction(template, name)}/Role`, 'AWS::IAM::Role');
      return [...permissionsOf(template, role)].flatMap(([table, actions]) =>
        actions.map((action) => `${name}: ${action} on ${table}`),
      );
    };
    const functions = new Set([...uses].map((use) => use.replace(/:.*$/, '')));
    const all = new Set([...functions].flatMap(allowed));

    expect([...uses].filter((use) => !all.has(use)).sort()).toEqual([]);
    expect(functions.size).toBeGreaterThanOrEqual(18);
    // Only when a resumption comes too late.
    expect([...uses]).toContain('dispatch-effects: dynamodb:PutItem on Tables/Record');
  });
});
