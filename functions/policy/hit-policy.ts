/** Which of the rows that fire are the answer of a decision table (DMN 1.3, chapter 8.2.8). */

export type HitPolicy = 'UNIQUE' | 'ANY' | 'FIRST' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';

export const HIT_POLICIES: readonly HitPolicy[] = [
  'UNIQUE',
  'ANY',
  'FIRST',
  'PRIORITY',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
];

/** Whether a table with this hit policy has one answer, and not a list of them. */
export function isSingleHit(policy: HitPolicy): boolean {
  return policy === 'UNIQUE' || policy === 'ANY' || policy === 'FIRST' || policy === 'PRIORITY';
}

/** What a hit policy must know of rows beyond their order. */
export interface RowComparison<Row> {
  readonly isSame: (left: Row, right: Row) => boolean;
  /** Place of each result in the order of its column's values, 0 the first; compared from the left. */
  readonly ranks: (row: Row) => readonly number[];
}

/**
 * The rows of the answer, in its order; `several` when rows fire together that the policy does not allow together.
 * `fired`: in the order of the table.
 */
export function chooseRows<Row>(
  policy: HitPolicy,
  fired: readonly Row[],
  { isSame, ranks }: RowComparison<Row>,
): readonly Row[] | 'several' {
  const [first, ...others] = fired;
  switch (policy) {
    case 'UNIQUE':
      return others.length > 0 ? 'several' : fired;
    case 'ANY':
      return first !== undefined && others.some((row) => !isSame(first, row)) ? 'several' : fired.slice(0, 1);
    case 'FIRST':
      return fired.slice(0, 1);
    case 'PRIORITY':
      return byRank(fired, ranks).slice(0, 1);
    case 'OUTPUT ORDER':
      return byRank(fired, ranks);
    case 'RULE ORDER':
    case 'COLLECT':
      return fired;
  }
}

/** Rows of one rank keep the order of the table. */
function byRank<Row>(rows: readonly Row[], ranks: (row: Row) => readonly number[]): readonly Row[] {
  return rows.toSorted((left, right) => compareRanks(ranks(left), ranks(right)));
}

export function compareRanks(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((rank, index) => rank !== right[index]);
  return place === -1 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}
