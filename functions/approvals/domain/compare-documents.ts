/** What is other in a document than in the version before, of what people are shown. Pure. */
import { compare, type Money } from '../../money/money.ts';
import type { DecisionDocument, DocumentLine, DocumentNote } from './plan.ts';

/** `before` alone: it was taken out; `after` alone: it was added. */
export interface Changed<Value> {
  readonly before?: Value;
  readonly after?: Value;
}

export interface FieldChange extends Changed<string> {
  readonly field: (typeof FIELDS)[number];
}

export interface NoteChange extends Changed<string> {
  readonly label: DocumentNote['label'];
  readonly isOnPageOnly?: true;
}

/** Amounts are of the currency of their version. */
export interface LineChange extends Changed<LineFigures> {
  readonly label: string;
}

type LineFigures = Omit<DocumentLine, 'label'>;

export interface DocumentChanges {
  /** The version with which it is compared. */
  readonly since: number;
  /** Also where it stayed as it was. */
  readonly total: { readonly before: Money; readonly after: Money };
  readonly fields: readonly FieldChange[];
  /** Further facts, in the order of the document; what is gone comes last. So are the lines. */
  readonly notes: readonly NoteChange[];
  readonly lines: readonly LineChange[];
}

const FIELDS = ['title', 'supplier', 'costCentre'] as const;

/**
 * Lines and facts belong together by their labels; of several of one label those that stayed as they were first, and then in
 * their order. Numbers that are equal are no change, however they are written.
 */
export function compareDocuments(since: number, before: DecisionDocument, after: DecisionDocument): DocumentChanges {
  return {
    since,
    total: { before: totalOf(before), after: totalOf(after) },
    fields: FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
      field,
      ...changed(before[field], after[field]),
    })),
    notes: pairs(before.notes, after.notes, { nameOf: noteName, isSame: isSameNote }).map(noteChange),
    lines: pairs(before.lines, after.lines, { nameOf: ({ label }) => label, isSame: sameLines(before, after) }).map(
      lineChange,
    ),
  };
}

/** Whether the sum is another one, or of another currency. */
export function isTotalChanged({ total: { before, after } }: Pick<DocumentChanges, 'total'>): boolean {
  return before.currency !== after.currency || compare(before.amount, after.amount) !== 0;
}

function totalOf({ total: amount, currency }: DecisionDocument): Money {
  return { amount, currency };
}

function changed<Value>(before: Value | undefined, after: Value | undefined): Changed<Value> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function noteName({ label }: DocumentNote): string {
  return `${label.en}\n${label.zh}`;
}

function isSameNote(one: DocumentNote, other: DocumentNote): boolean {
  return one.value === other.value;
}

function sameLines(before: DecisionDocument, after: DecisionDocument) {
  return (one: DocumentLine, other: DocumentLine): boolean =>
    before.currency === after.currency &&
    one.unit === other.unit &&
    compare(one.quantity, other.quantity) === 0 &&
    compare(one.unitPrice, other.unitPrice) === 0 &&
    compare(one.amount, other.amount) === 0;
}

interface Likeness<One> {
  readonly nameOf: (one: One) => string;
  readonly isSame: (one: One, other: One) => boolean;
}

interface Pair<One> extends Changed<One> {
  /** How it is now, or was last. */
  readonly last: One;
}

/** What changed, was added or was taken out. */
function pairs<One>(
  before: readonly One[],
  after: readonly One[],
  { nameOf, isSame }: Likeness<One>,
): readonly Pair<One>[] {
  const left = [...before];
  const take = (isIt: (one: One) => boolean): One | undefined => {
    const place = left.findIndex(isIt);
    return place === -1 ? undefined : left.splice(place, 1)[0];
  };
  const isOf = (one: One) => (other: One) => nameOf(other) === nameOf(one);
  const others = after.filter((one) => take((other) => isOf(one)(other) && isSame(other, one)) === undefined);
  const met = others.map((one) => ({ last: one, ...changed(take(isOf(one)), one) }));
  return [...met, ...left.map((one) => ({ last: one, ...changed(one, undefined) }))];
}

function noteChange({ last: { label }, before, after }: Pair<DocumentNote>): NoteChange {
  const isOnPageOnly = before?.isOnPageOnly === true || after?.isOnPageOnly === true;
  return { label, ...changed(before?.value, after?.value), ...(isOnPageOnly ? { isOnPageOnly } : {}) };
}

function lineChange({ last: { label }, before, after }: Pair<DocumentLine>): LineChange {
  return { label, ...changed(figuresOf(before), figuresOf(after)) };
}

function figuresOf(line: DocumentLine | undefined): LineFigures | undefined {
  if (line === undefined) {
    return undefined;
  }
  const { label: _beside, ...figures } = line;
  return figures;
}
