import { sourceOf } from './expressions.ts';
import { isObject } from './json.ts';
import type { Report } from './problems.ts';

type Fields = { readonly [key: string]: unknown };

interface Shape {
  readonly what: string;
  readonly is: (value: unknown) => boolean;
}

const TEXT: Shape = { what: 'a string', is: (value) => typeof value === 'string' };
const YES_OR_NO: Shape = { what: 'a boolean', is: (value) => typeof value === 'boolean' };
const OBJECT: Shape = { what: 'an object', is: isObject };
const OBJECTS: Shape = { what: 'a list of objects', is: (value) => Array.isArray(value) && value.every(isObject) };
const LIST: Shape = { what: 'a list or an expression', is: (value) => Array.isArray(value) || isExpression(value) };
const COUNT: Shape = {
  what: 'an integer that is not negative, or an expression',
  is: (value) => isExpression(value) || (Number.isSafeInteger(value) && Number(value) >= 0),
};
const SHARE: Shape = {
  what: 'a number from 0 to 100, or an expression',
  is: (value) => isExpression(value) || (typeof value === 'number' && value >= 0 && value <= 100),
};
const SECONDS: Shape = {
  what: 'a positive integer',
  is: (value) => Number.isSafeInteger(value) && Number(value) > 0,
};

/** What a field holds wherever it stands; fields that hold anything are left out. */
const STATE: { readonly [field: string]: Shape } = {
  Comment: TEXT,
  Next: TEXT,
  End: YES_OR_NO,
  Default: TEXT,
  Assign: OBJECT,
  Retry: OBJECTS,
  Catch: OBJECTS,
  Choices: OBJECTS,
  Branches: OBJECTS,
  Credentials: OBJECT,
  Resource: TEXT,
  Timestamp: TEXT,
  Error: TEXT,
  Cause: TEXT,
  Items: LIST,
  MaxConcurrency: COUNT,
  ToleratedFailureCount: COUNT,
  ToleratedFailurePercentage: SHARE,
  Label: TEXT,
};
const RULE: { readonly [field: string]: Shape } = { Next: TEXT, Assign: OBJECT };
const MACHINE: { readonly [field: string]: Shape } = {
  Comment: TEXT,
  TimeoutSeconds: SECONDS,
  ProcessorConfig: OBJECT,
};

/** Checks that the fields of a state, and of its choices and catchers, hold values of their JSON types. */
export function checkStateShapes(state: Fields, where: string, report: Report): void {
  checkShapes(state, STATE, where, report);
  checkVariables(state.Assign, where, report);
  for (const field of ['Choices', 'Catch']) {
    const rules = state[field];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries()) {
      if (!isObject(rule)) continue;
      checkShapes(rule, RULE, `${where}/${field}[${index}]`, report);
      checkVariables(rule.Assign, `${where}/${field}[${index}]`, report);
      if (typeof rule.Next !== 'string' && field === 'Catch') {
        report.schema("The field 'Next' is required but was missing", `${where}/${field}[${index}]`);
      }
    }
  }
}

const WHOLE = ['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage'];

/** The same for the fields of a machine beside its states; the outermost machine has no other fields. */
export function checkMachineShapes(machine: Fields, path: string, report: Report): void {
  for (const field of path === '' ? Object.keys(machine) : []) {
    if (!WHOLE.includes(field)) report.schema(`Field '${field}' is not supported`, '/');
  }
  checkShapes(machine, MACHINE, path, report);
}

const VARIABLE = /^[\p{ID_Start}_]\p{ID_Continue}{0,79}$/u;

/** Checks the names that variables are given; `states` is the one that an expression finds there already. */
function checkVariables(assign: unknown, where: string, report: Report): void {
  for (const name of isObject(assign) ? Object.keys(assign) : []) {
    if (name === 'states' || !VARIABLE.test(name)) {
      report.schema(`Value '${name}' is not a valid variable name`, `${where}/Assign`);
    }
  }
}

function checkShapes(fields: Fields, shapes: typeof STATE, where: string, report: Report): void {
  for (const [field, shape] of Object.entries(shapes)) {
    const value = fields[field];
    if (value !== undefined && !shape.is(value)) report.schema(`Value must be ${shape.what}`, `${where}/${field}`);
  }
}

/** Whether a value is text that stands for an expression. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && sourceOf(value) !== undefined;
}

/** Any JSON value in a message; `String` throws at an object whose `toString` is no function. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}
