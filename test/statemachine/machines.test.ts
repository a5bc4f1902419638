import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'statemachines');

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Rule[];
}

interface Rule {
  readonly ErrorEquals: readonly string[];
}

interface Machine {
  readonly TimeoutSeconds?: number;
  readonly States: { readonly [name: string]: State };
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.json'));

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const machine: Machine = JSON.parse(text);
  const states = Object.entries(machine.States);

  it('never retries what the sender must mend', () => {
    const retried = states.flatMap(([, state]) => (state.Retry ?? []).flatMap((rule) => rule.ErrorEquals));

    expect(retried.filter((name) => ['ValidationError', 'BusinessRuleError', 'States.ALL'].includes(name))).toEqual([]);
  });

  it('ends before AWS ends it, and not before its longest task', () => {
    const timeouts = states.map(([, state]) => state.TimeoutSeconds ?? 0);

    expect(machine.TimeoutSeconds).toBeGreaterThanOrEqual(Math.max(...timeouts));
    expect(machine.TimeoutSeconds).toBeLessThan(365 * 86_400);
  });

  it('has a page that names its states', () => {
    const page = readFileSync(join(FOLDER, file.replace('.asl.json', '.md')), 'utf8');

    expect(states.map(([name]) => name).filter((name) => !page.includes(name))).toEqual([]);
  });

  it('has only expressions that JSONata 2.0.6 reads, and short ones', () => {
    const expressions = [...text.matchAll(/\{%\s*(.*?)\s*%\}/g)].map(([, expression]) =>
      JSON.parse(`"${expression ?? ''}"`),
    );

    expect(expressions.length).toBeGreaterThan(0);
    for (const expression of expressions) {
      expect(() => jsonata(expression)).not.toThrow();
      expect(expression.length).toBeLessThan(160);
    }
  });
});
