import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { ERROR_NAMES } from '../../functions/runtime/errors.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'statemachines');

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Rule[];
  readonly Catch?: readonly (Rule & { readonly Next: string })[];
  readonly Choices?: readonly { readonly Next: string }[];
}

interface Rule {
  readonly ErrorEquals: readonly string[];
}

interface Machine {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: { readonly [name: string]: State };
}

/** Names that Step Functions, Lambda and the SDK give; ours are in the taxonomy. */
const AWS_ERRORS = [
  'States.ALL',
  'States.Timeout',
  'States.TaskFailed',
  'Sandbox.Timedout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'StepFunctions.ExecutionLimitExceeded',
  'StepFunctions.ThrottlingException',
  'StepFunctions.SdkClientException',
];

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.json'));

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const machine: Machine = JSON.parse(text);
  const states = Object.entries(machine.States);

  it('calls only functions that exist', () => {
    const handlers = readdirSync(join(ROOT, 'functions'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.handler.ts') || path.endsWith('.handler.tsx'))
      .map((path) => pascalCase(path.replace(/^.*\//, '').replace(/\.handler\.tsx?$/, '')));
    const called = [...text.matchAll(/\$\{(\w+)Arn\}/g)].map(([, name]) => name);

    expect(called.filter((name) => name !== 'Approval' && !handlers.includes(name ?? ''))).toEqual([]);
  });

  it('routes only on errors that exist', () => {
    const known: readonly string[] = [...ERROR_NAMES, ...AWS_ERRORS];
    const named = states.flatMap(([, state]) => [...(state.Retry ?? []), ...(state.Catch ?? [])]);

    expect(named.flatMap((rule) => rule.ErrorEquals).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('never retries what the sender must mend', () => {
    const retried = states.flatMap(([, state]) => (state.Retry ?? []).flatMap((rule) => rule.ErrorEquals));

    expect(retried.filter((name) => ['ValidationError', 'BusinessRuleError', 'States.ALL'].includes(name))).toEqual([]);
  });

  it('gives every task a deadline, and lies behind it itself', () => {
    const tasks = states.filter(([, state]) => state.Type === 'Task');

    expect(tasks.filter(([, state]) => state.TimeoutSeconds === undefined)).toEqual([]);
    const longest = Math.max(...tasks.map(([, state]) => state.TimeoutSeconds ?? 0));
    expect(machine.TimeoutSeconds).toBeGreaterThanOrEqual(longest);
    expect(machine.TimeoutSeconds).toBeLessThan(365 * 86_400);
  });

  it('reaches an end from every state, and every state from its start', () => {
    const reaches = (from: string): Set<string> => {
      const seen = new Set<string>([from]);
      for (const name of seen) {
        for (const next of nextOf(machine.States[name])) {
          seen.add(next);
        }
      }
      return seen;
    };
    const isEnd = (name: string) => ['Succeed', 'Fail'].includes(machine.States[name]?.Type ?? '');

    expect(states.map(([name]) => name).filter((name) => ![...reaches(name)].some(isEnd))).toEqual([]);
    expect(states.map(([name]) => name).filter((name) => !reaches(machine.StartAt).has(name))).toEqual([]);
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

function nextOf(state: State | undefined): readonly string[] {
  return [
    state?.Next,
    state?.Default,
    ...(state?.Choices ?? []).map((choice) => choice.Next),
    ...(state?.Catch ?? []).map((rule) => rule.Next),
  ].filter((name) => name !== undefined);
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
