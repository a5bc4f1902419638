/**
 * What the rules tell documents apart by, beside subject, amount and cost centre. A document of several lines is asked about
 * line by line: no line hides behind another, whichever comes first. Pure.
 */

/** A kind of line. */
export interface LineKind {
  /** By the company's own name, such as `custom-made`; empty: it has none. */
  readonly category: string;
  /** ISO 4217. Amounts are compared in the company's currency whatever it is. */
  readonly currency: string;
}

/** What a document says of itself. */
export interface DocumentScope {
  /** The legal entity that it names, by the company's own code. Absent: it names none. */
  readonly legalEntity?: string;
  /** Every kind of its lines, each once; never empty. */
  readonly lines: readonly LineKind[];
}

/** What the rules are asked about: as {@link DocumentScope}, with what the directory adds. */
export interface AskedScope extends DocumentScope {
  /** Every legal entity that the document concerns, in order, each once: the one that it names, and that of whoever bears it. */
  readonly legalEntities: readonly string[];
}

/** One question to a table. Empty texts: it has none. */
export interface LineQuestion extends LineKind {
  readonly legalEntity: string;
}

/** A document of no categories. */
export function plainScope(currency: string): DocumentScope {
  return { lines: [{ category: '', currency }] };
}

/** Each kind once, in an order of its own: two documents of the same kinds say the same. */
export function kindsOf(lines: readonly LineKind[]): readonly LineKind[] {
  const byKey = new Map(lines.map(({ category, currency }) => [`${category}\n${currency}`, { category, currency }]));
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, kind]) => kind);
}

/** Every line for every legal entity: what a table is asked, one after the other. */
export function questionsOf({
  lines,
  legalEntities,
}: Pick<AskedScope, 'lines' | 'legalEntities'>): readonly LineQuestion[] {
  const entities = legalEntities.length === 0 ? [''] : legalEntities;
  return lines.flatMap((line) => entities.map((legalEntity) => ({ ...line, legalEntity })));
}

/** Whether the rules are asked nothing about the one that they were not asked about the other. */
export function isWithin(scope: AskedScope, before: AskedScope): boolean {
  const known = new Set(questionsOf(before).map(keyOf));
  return questionsOf(scope).every((question) => known.has(keyOf(question)));
}

function keyOf({ category, currency, legalEntity }: LineQuestion): string {
  return JSON.stringify([category, currency, legalEntity]);
}
