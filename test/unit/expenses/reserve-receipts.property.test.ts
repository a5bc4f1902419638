/** Two employees who claim the same papers in the same instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reserveReceipts } from '../../../functions/expenses/reserve-receipts.ts';
import { claimEvent, line } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { interleaved } from '../../support/interleaved-store.ts';

/** Above what one transaction reserves, so that others come between. */
const OWN = 13;
const SHARED = 12;

/** A paper is known by what was entered of it, what its code says, and what its file says; others know it by other marks. */
interface Paper {
  readonly id: string;
  readonly marks: readonly string[];
}

/** Marks of its own beside that which all share who hold it. */
const anyPaper = (id: string, whose: string) =>
  fc
    .subarray([`${id} by code, ${whose}`, `${id} by hand, ${whose}`])
    .map((own): Paper => ({ id, marks: [`${id} by number`, ...own] }));

const anyPapers = (whose: string) => {
  const ids = [
    ...Array.from({ length: SHARED }, (_, index) => `shared ${index}`),
    ...Array.from({ length: OWN }, (_, index) => `${whose} ${index}`),
  ];
  return fc
    .shuffledSubarray(ids, { minLength: ids.length })
    .chain((order) => fc.tuple(...order.map((id) => anyPaper(id, whose))));
};

/** Claims of three employees; none of them shows a paper yet. */
async function threeClaims() {
  const world = new ExpenseWorld();
  const claim = { lines: [line({ amount: '20.00', units: 1, receiptIds: [] })], receipts: [], total: '20.00' };
  const ids = [];
  for (const [index, employeeId] of ['E-1001', 'E-1002', 'E-1021'].entries()) {
    const event = claimEvent({ claim, employeeId, requestId: `EX-${index}` });
    await world.submit(event);
    ids.push((await world.head(event)).processId);
  }
  const [one = '', other = '', third = ''] = ids;
  return { world, one, other, third };
}

describe('two employees who claim the same papers at once', () => {
  it('each have what the other has not: one of them each paper, whole, and nobody the half of one', async () => {
    const winners = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyPapers('one'), anyPapers('other'), fc.scheduler(), async (ones, others, scheduler) => {
        const { world, one, other, third } = await threeClaims();
        const deps = { ...world.decisionDeps(), store: interleaved(world.store, scheduler) };
        const reserve = async (processId: string, papers: readonly Paper[]) => {
          const refused = (
            await reserveReceipts(
              deps,
              processId,
              papers.map(({ marks }) => marks),
            )
          ).map(indexOf);
          return papers.filter((_, index) => !refused.includes(index));
        };

        const [wonByOne, wonByOther] = await scheduler.waitFor(
          Promise.all([reserve(one, ones), reserve(other, others)]),
        );

        const won = [...wonByOne, ...wonByOther];
        const all = new Set([...ones, ...others].map(({ id }) => id));
        expect(won.map(({ id }) => id).toSorted()).toEqual([...all].toSorted());
        expect(await takenOf(world, third, [...ones, ...others])).toEqual(new Set(won.flatMap(({ marks }) => marks)));
        for (const [name, papers] of Object.entries({ one: wonByOne, other: wonByOther })) {
          if (papers.some(({ id }) => id.startsWith('shared'))) {
            winners.add(name);
          }
        }
      }),
      { numRuns: 30 },
    );
    expect(winners).toEqual(new Set(['one', 'other']));
  });
});

/** Marks that somebody has reserved: a third employee is refused them. */
async function takenOf(world: ExpenseWorld, third: string, papers: readonly Paper[]): Promise<ReadonlySet<string>> {
  const marks = [...new Set(papers.flatMap((paper) => paper.marks))];
  const issues = await reserveReceipts(
    world.decisionDeps(),
    third,
    marks.map((mark) => [mark]),
  );
  return new Set(issues.map((issue) => marks[indexOf(issue)] ?? ''));
}

function indexOf({ field }: { readonly field: string }): number {
  return Number(/\[(\d+)\]/.exec(field)?.[1]);
}
