/** What a claim is allowed by its journeys and by the limits of its employee's grade, as both stand now. */
import type { Directory } from '../directory/port.ts';
import type { ExpenseClaim } from '../events/expense-claim-submitted.ts';
import { readJourney } from '../people/read-journey.ts';
import type { ExpenseLimit, Policies } from '../policy/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Journey } from './domain/check-journeys.ts';
import type { ExpenseHead } from './domain/expense.ts';

type Claimant = Pick<ExpenseHead, 'requesterId' | 'oa'>;

/** Approved ones of the employee that the claim names, by the OA's number. */
export function journeysOf(
  store: ProcessStore,
  { lines }: Pick<ExpenseClaim, 'lines'>,
  { requesterId, oa }: Claimant,
): Promise<ReadonlyMap<string, Journey>> {
  const named = distinct(lines.flatMap(({ journey }) => journey ?? []));
  return known(
    named.map((journey) => [journey, journey]),
    (requestId) => readJourney(store, { system: oa.system, requestId }, requesterId),
  );
}

/** By category; what nobody of the employee's grade may claim is missing. */
export async function limitsOf(
  { directory, policies }: { readonly directory: Directory; readonly policies: Policies },
  { lines }: Pick<ExpenseClaim, 'lines'>,
  { requesterId }: Claimant,
): Promise<ReadonlyMap<string, ExpenseLimit>> {
  const grade = (await directory.person(requesterId))?.grade ?? '';
  return known(
    distinct(lines.map(({ category }) => category)).map((category) => [category, category]),
    (category) => policies.expenseLimit({ category, grade }),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** What is known of each, by name. */
export async function known<Asked, Answer>(
  named: readonly (readonly [string, Asked])[],
  ask: (asked: Asked) => Promise<Answer | undefined>,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = await Promise.all(named.map(async ([name, asked]) => [name, await ask(asked)] as const));
  return new Map(answers.flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer] as const])));
}
