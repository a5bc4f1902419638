/**
 * Reads a cell of a decision table strictly: only forms that mean the same to a reader, to FEEL and to our search for
 * gaps. What FEEL would read otherwise than meant is refused by name. Used when tables are compiled, never at run time.
 */
import { type ColumnType, isExactNumber } from './table.ts';

/** What a cell lets pass. `negated` turns it round. */
export type CellTest =
  | { readonly kind: 'any' }
  | { readonly kind: 'values'; readonly values: readonly (string | boolean)[]; readonly negated: boolean }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[]; readonly negated: boolean };

/** Infinite ends are never included. */
export interface Range {
  readonly from: number;
  readonly fromIncluded: boolean;
  readonly to: number;
  readonly toIncluded: boolean;
}

export interface CellProblem {
  readonly problem: string;
  readonly remedy: string;
}

export type CellReading = { readonly test: CellTest } | CellProblem;

/** A hazard that is visible in the text outside of quotes. */
interface Hazard {
  readonly pattern: RegExp;
  readonly problem: (found: string) => string;
  readonly remedy: string;
}

const HAZARDS: readonly Hazard[] = [
  {
    pattern: /[\u2010-\u201f\u2032\u2033\u2212\u2260\u2264\u2265\u3000-\u303f\uff00-\uffef]/u,
    problem: (found) => `the character ${found} is full-width or typographic`,
    remedy: 'type it with the ASCII keyboard layout, such as , < > "',
  },
  {
    pattern: /\d,\d+|\d[_'\s\u00a0\u2009\u202f]\d{3}(?!\d)/u,
    problem: (found) => `${found} groups digits or has a decimal comma, and FEEL reads a comma as "or"`,
    remedy:
      'write 1000 for a thousand and 0.5 for a half; separate alternatives with a comma and a space, such as 5, 100',
  },
  {
    pattern: /\b(and|or)\b/u,
    problem: (found) => `"${found}" makes the cell compare with a yes or no, so that it never fires as meant`,
    remedy: 'write an interval such as [5..10], or alternatives separated by commas',
  },
  {
    pattern: /\?/u,
    problem: () => 'a test written with "?" is misread for yes-or-no inputs',
    remedy: 'write the value itself, such as true, false, > 5 or "text"',
  },
  {
    pattern: /\d[eE][+-]?\d/u,
    problem: (found) => `${found} is a number with an exponent`,
    remedy: 'write all digits',
  },
];

const FORMS: { readonly [type in ColumnType]: string } = {
  string: '"text", "one", "other" or not("text")',
  number: '5, < 5, >= 5, [5..10], (5..10] or not(5), or several of them separated by commas',
  boolean: 'true or false',
};

/** An empty cell means any value, as DMN modelers show it. */
export function readCell(text: string, type: ColumnType): CellReading {
  const cell = text.trim();
  if (cell === '-' || cell === '') {
    return { test: { kind: 'any' } };
  }
  const hazard = hazardOf(cell);
  if (hazard !== undefined) {
    return hazard;
  }
  const negation = /^not\s*\((.*)\)$/su.exec(cell);
  const list = negation?.[1] ?? cell;
  return readList(splitList(list), type, negation !== null);
}

/** A result: one literal of the column's type. A number stays text. */
export function readResult(text: string, type: ColumnType): { readonly value: string | boolean } | CellProblem {
  const cell = text.trim();
  if (cell === '' || cell === '-') {
    return { problem: 'a result is missing', remedy: `write ${type === 'string' ? '"text"' : `a ${type}`}` };
  }
  const hazard = hazardOf(cell);
  if (hazard !== undefined) {
    return hazard;
  }
  if (type === 'number') {
    return isExactNumber(cell) ? { value: cell } : numberProblem(cell);
  }
  return readLiteral(cell, type);
}

/** A list of results, such as those of a column; undefined: there is none. */
export function readResults(
  text: string | undefined,
  type: ColumnType,
): readonly (string | boolean)[] | CellProblem | undefined {
  if (text === undefined || text.trim() === '' || text.trim() === '-') {
    return undefined;
  }
  const values = splitList(text).map((item) => readResult(item, type));
  return (
    values.find((value): value is CellProblem => 'problem' in value) ??
    values.flatMap((value) => ('value' in value ? [value.value] : []))
  );
}

function hazardOf(cell: string): CellProblem | undefined {
  const outside = cell.replaceAll(/"[^"]*"/gu, '""');
  if ((outside.match(/"/gu)?.length ?? 0) % 2 === 1) {
    return { problem: 'a quote is not closed', remedy: 'write texts as "text"' };
  }
  for (const { pattern, problem, remedy } of HAZARDS) {
    const found = pattern.exec(outside);
    if (found !== null) {
      return { problem: problem(found[0]), remedy };
    }
  }
  return undefined;
}

/** At commas outside of quotes. */
function splitList(list: string): readonly string[] {
  return list.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/u).map((item) => item.trim());
}

function readList(items: readonly string[], type: ColumnType, negated: boolean): CellReading {
  if (type === 'number') {
    const ranges = items.map(readRange);
    const wrong = ranges.find(isProblem);
    return (
      wrong ?? {
        test: { kind: 'ranges', ranges: ranges.filter((range): range is Range => !isProblem(range)), negated },
      }
    );
  }
  const values = items.map((item) => readLiteral(item, type));
  const wrong = values.find(isProblem);
  return wrong ?? { test: { kind: 'values', values: values.flatMap((v) => (isProblem(v) ? [] : [v.value])), negated } };
}

function readLiteral(item: string, type: 'string' | 'boolean'): { readonly value: string | boolean } | CellProblem {
  if (type === 'boolean') {
    return item === 'true' || item === 'false' ? { value: item === 'true' } : wrongForm(item, type);
  }
  const content = /^"([^"\\]*)"$/u.exec(item)?.[1];
  if (content === undefined) {
    return wrongForm(item, type);
  }
  return content === content.trim()
    ? { value: content }
    : { problem: `${item} begins or ends with a space`, remedy: `write "${content.trim()}"` };
}

function readRange(item: string): Range | CellProblem {
  const comparison = /^(<=|>=|<|>)?\s*(-?(?:\d|\.(?!\.))+)$/u.exec(item);
  if (comparison !== null) {
    const [, operator, limit = ''] = comparison;
    return isExactNumber(limit) ? comparedTo(operator, Number(limit)) : numberProblem(limit);
  }
  const interval = /^([[(\]])\s*(-?\d[\d.]*?)\s*\.\.\s*(-?\d[\d.]*)\s*([\])[])$/u.exec(item);
  if (interval === null) {
    return wrongForm(item, 'number');
  }
  const [, start, from = '', to = '', end] = interval;
  const inexact = [from, to].find((limit) => !isExactNumber(limit));
  if (inexact !== undefined) {
    return numberProblem(inexact);
  }
  const range = { from: Number(from), fromIncluded: start === '[', to: Number(to), toIncluded: end === ']' };
  const isEmpty = range.from > range.to || (range.from === range.to && !(range.fromIncluded && range.toIncluded));
  return isEmpty
    ? { problem: `the interval ${item} is empty or reversed`, remedy: 'write the lower end first' }
    : range;
}

function comparedTo(operator: string | undefined, limit: number): Range {
  switch (operator) {
    case '<':
    case '<=':
      return { from: -Infinity, fromIncluded: false, to: limit, toIncluded: operator === '<=' };
    case '>':
    case '>=':
      return { from: limit, fromIncluded: operator === '>=', to: Infinity, toIncluded: false };
    default:
      return { from: limit, fromIncluded: true, to: limit, toIncluded: true };
  }
}

function numberProblem(text: string): CellProblem {
  return {
    problem: `${text} is not a plain decimal of at most 15 digits`,
    remedy: 'write digits with at most one point and no zeros in front, such as 1250.50',
  };
}

function wrongForm(item: string, type: ColumnType): CellProblem {
  const isName = /^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(item) && item !== 'true' && item !== 'false';
  return isName
    ? { problem: `the variable "${item}" is unknown`, remedy: `a text needs quotes; a ${type} cell is ${FORMS[type]}` }
    : { problem: `"${item}" is not a test of a ${type}`, remedy: `write ${FORMS[type]}` };
}

function isProblem(value: object): value is CellProblem {
  return 'problem' in value;
}
