import { sourceOf } from './expressions.ts';
import { isObject } from './json.ts';
import type { Report } from './problems.ts';
import { resourceOf } from './resources.ts';
import { parseMoment } from './times.ts';
import { checkExpressions } from './validate-expressions.ts';
import { checkMap } from './validate-map.ts';
import { checkStateShapes, isExpression, textOf } from './validate-shapes.ts';

type Fields = { readonly [key: string]: unknown };

const MOVING = ['Next', 'End'];
const COMMON = ['Type', 'Comment', 'QueryLanguage', 'Assign', 'Output'];
const FAILING = ['Retry', 'Catch'];
const FIELDS: { readonly [type: string]: readonly string[] } = {
  Pass: [...COMMON, ...MOVING],
  Task: [
    ...COMMON,
    ...MOVING,
    ...FAILING,
    'Resource',
    'Arguments',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Credentials',
  ],
  Choice: [...COMMON, 'Choices', 'Default'],
  Wait: [...COMMON, ...MOVING, 'Seconds', 'Timestamp'],
  Succeed: COMMON.filter((field) => field !== 'Assign'),
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'Cause'],
  Parallel: [...COMMON, ...MOVING, ...FAILING, 'Branches', 'Arguments'],
  Map: [
    ...COMMON,
    ...MOVING,
    ...FAILING,
    'ItemProcessor',
    'Iterator',
    'Items',
    'ItemSelector',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'Label',
  ],
};

/** Fields of a state that mean the same in JSONPath, as long as nothing in them is an expression. */
const NEUTRAL = [
  'Type',
  'Comment',
  'QueryLanguage',
  ...MOVING,
  'Resource',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Retry',
  'Branches',
  'Seconds',
  'Timestamp',
  'Error',
  'Cause',
];

/** Machines within a state are checked as machines, not as templates. */
const NESTED = ['Branches', 'ItemProcessor', 'Iterator'];

/** Checks a state by itself and where it leads to; machines inside it are not looked at. */
export function checkState(state: Fields, states: Fields, language: unknown, where: string, report: Report): void {
  if (!('Type' in state)) {
    report.schema("The field 'Type' is required but was missing", where);
    return;
  }
  const type = textOf(state.Type);
  const allowed = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
  if (allowed === undefined) {
    report.schema(`Value '${type}' is not a valid state type`, `${where}/Type`);
    return;
  }
  if (!checkLanguage(state, language, where, report)) return;
  for (const field of Object.keys(state)) {
    if (!allowed.includes(field)) report.schema(`Field '${field}' is not supported`, where);
  }
  checkStateShapes(state, where, report);
  checkTransitions(state, states, where, report);
  checkOwnFields(state, where, report);
  for (const [index, retrier] of listOf(state.Retry).entries()) {
    checkRetrier(retrier, index, listOf(state.Retry).length, `${where}/Retry[${index}]`, report);
  }
  for (const [index, catcher] of listOf(state.Catch).entries()) {
    checkErrorEquals(catcher, index, listOf(state.Catch).length, `${where}/Catch[${index}]`, report);
  }
  checkExpressions(Object.fromEntries(Object.entries(state).filter(([key]) => !NESTED.includes(key))), where, report);
}

/** Where a state can go to, each with the field that says so. */
export function targets(state: Fields): [target: string, field: string][] {
  const found: [string, string][] = [];
  const add = (from: unknown, key: string, field: string) => {
    if (isObject(from) && typeof from[key] === 'string') found.push([from[key], field]);
  };
  add(state, 'Next', 'Next');
  add(state, 'Default', 'Default');
  for (const list of ['Choices', 'Catch']) {
    for (const [index, rule] of listOf(state[list]).entries()) add(rule, 'Next', `${list}[${index}]/Next`);
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A state in JSONPath runs here only when nothing in it depends on the query language. */
function checkLanguage(state: Fields, language: unknown, where: string, report: Report): boolean {
  const own = state.QueryLanguage ?? language;
  if (own === 'JSONata') return true;
  if (own !== 'JSONPath') {
    report.schema(`Value '${textOf(own)}' is not a valid query language`, `${where}/QueryLanguage`);
    return false;
  }
  if (language === 'JSONata') {
    report.schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", where);
    return false;
  }
  const neutral = Object.entries(state).every(
    ([field, value]) => NEUTRAL.includes(field) && (NESTED.includes(field) || !holdsExpression(value)),
  );
  // To JSONPath an expression is a text like any other.
  if (state.Type === 'Wait' && 'Timestamp' in state && parseMoment(textOf(state.Timestamp)) === undefined) {
    report.schema('String does not match RFC3339 timestamp', `${where}/Timestamp`);
    return false;
  }
  if (!neutral) {
    report.schema('This engine does not evaluate JSONPath: set "QueryLanguage" to "JSONata"', where);
  }
  return neutral;
}

function holdsExpression(value: unknown): boolean {
  if (typeof value === 'string') return sourceOf(value) !== undefined;
  if (Array.isArray(value)) return value.some(holdsExpression);
  return isObject(value) && Object.values(value).some(holdsExpression);
}

function checkTransitions(state: Fields, states: Fields, where: string, report: Report): void {
  for (const [target, at] of targets(state)) {
    if (!Object.hasOwn(states, target)) {
      report.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, `${where}/${at}`);
    }
  }
  if (['Choice', 'Succeed', 'Fail'].includes(textOf(state.Type))) return;
  if ((typeof state.Next === 'string') === (state.End === true)) {
    report.schema('Exactly one of these fields is required: [Next, End]', where);
  }
}

function checkOwnFields(state: Fields, where: string, report: Report): void {
  switch (state.Type) {
    case 'Task':
      checkTask(state, where, report);
      break;
    case 'Choice':
      checkChoices(state, where, report);
      break;
    case 'Wait':
      checkWait(state, where, report);
      break;
    case 'Map':
      checkMap(state, where, report);
      break;
    case 'Parallel':
      if (listOf(state.Branches).length === 0) report.schema('At least one branch is required', `${where}/Branches`);
      break;
  }
}

function checkTask(state: Fields, where: string, report: Report): void {
  if ('Resource' in state) checkResource(state.Resource, `${where}/Resource`, report);
  else report.schema("The field 'Resource' is required but was missing", where);
  const { Credentials: credentials, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (isObject(credentials) && !('RoleArn' in credentials)) {
    report.schema("The field 'RoleArn' is required but was missing", `${where}/Credentials`);
  }
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds']) {
    const value = state[field];
    if (value !== undefined && !isExpression(value) && !isWhole(value, 1)) {
      report.schema('Value must be a positive integer or an expression', `${where}/${field}`);
    }
  }
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    report.schema('HeartbeatSeconds must be smaller than TimeoutSeconds', `${where}/HeartbeatSeconds`);
  }
}

function checkResource(resource: unknown, where: string, report: Report): void {
  try {
    resourceOf(textOf(resource));
  } catch {
    report.schema('Value is not a valid resource ARN', where);
  }
}

function checkChoices(state: Fields, where: string, report: Report): void {
  const choices = listOf(state.Choices);
  if (choices.length === 0) report.schema('At least one choice is required', `${where}/Choices`);
  for (const [index, choice] of choices.entries()) {
    const at = `${where}/Choices[${index}]`;
    const fields = isObject(choice) ? choice : {};
    if (typeof fields.Next !== 'string') report.schema("The field 'Next' is required but was missing", at);
    if (typeof fields.Condition !== 'boolean' && !isExpression(fields.Condition)) {
      report.schema('Condition must be true, false or an expression', `${at}/Condition`);
    }
  }
}

function checkWait(state: Fields, where: string, report: Report): void {
  const { Seconds: seconds, Timestamp: timestamp } = state;
  if ('Seconds' in state === 'Timestamp' in state) {
    report.schema('Exactly one of these fields is required: [Seconds, Timestamp]', where);
    return;
  }
  if ('Seconds' in state && !isExpression(seconds) && !isWhole(seconds, 0)) {
    report.schema('Value must be an integer that is not negative, or an expression', `${where}/Seconds`);
  }
  if (!('Timestamp' in state) || isExpression(timestamp)) return;
  if (parseMoment(textOf(timestamp)) === undefined) {
    report.schema('String does not match RFC3339 timestamp', `${where}/Timestamp`);
  }
}

function checkErrorEquals(rule: unknown, index: number, count: number, where: string, report: Report): void {
  const errors = isObject(rule) ? listOf(rule.ErrorEquals) : [];
  if (errors.length === 0 || errors.some((name) => typeof name !== 'string')) {
    report.schema("The field 'ErrorEquals' must be a list of error names", `${where}/ErrorEquals`);
  }
  if (errors.includes('States.ALL') && (errors.length > 1 || index < count - 1)) {
    report.schema('States.ALL must stand alone and in the last place', `${where}/ErrorEquals`);
  }
}

function checkRetrier(retrier: unknown, index: number, count: number, where: string, report: Report): void {
  checkErrorEquals(retrier, index, count, where, report);
  const fields = isObject(retrier) ? retrier : {};
  const need = (field: string, good: (value: unknown) => boolean, what: string): void => {
    if (fields[field] !== undefined && !good(fields[field])) report.schema(`${field} must be ${what}`, where);
  };
  need('IntervalSeconds', (value) => isWhole(value, 1), 'a positive integer');
  need('MaxAttempts', (value) => isWhole(value, 0), 'an integer that is not negative');
  need('BackoffRate', (value) => typeof value === 'number' && value >= 1, 'at least 1');
  need('JitterStrategy', (value) => value === 'FULL' || value === 'NONE', 'FULL or NONE');
  need('MaxDelaySeconds', (value) => isWhole(value, 1), 'a positive integer');
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
