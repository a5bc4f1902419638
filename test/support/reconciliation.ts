/** The comparison of a world's records with the books of its ERP, with a queue that a test lets through. */
import { BOOK_SECTIONS } from '../../functions/connectors/erp/books-port.ts';
import { LEAVE } from '../../functions/people/domain/leave-process.ts';
import type { ProcessHead } from '../../functions/process/domain/process.ts';
import { compareBooks } from '../../functions/reconciliation/compare-books.ts';
import { processIdOfKey, unknownDocument } from '../../functions/reconciliation/domain/unknown-document.ts';
import type { BooksReport } from '../../functions/reconciliation/port.ts';
import { readMismatches } from '../../functions/reconciliation/read-mismatches.ts';
import type { ReconcilePayrollDeps } from '../../functions/reconciliation/reconcile-payroll.ts';
import { walkBooks } from '../../functions/reconciliation/walk-books.ts';
import { ConcurrencyError } from '../../functions/runtime/errors.ts';
import { FakeAuditor } from './fake-auditor.ts';
import { FakeTime } from './fake-time.ts';
import { COMPANY, companyPolicies } from './purchase-company.ts';
import type { RequestWorld } from './request-world.ts';

type World = Pick<RequestWorld<never, never>, 'store' | 'erp' | 'ledger' | 'bankAccounts' | 'urgeDeps' | 'run'> & {
  /** Of worlds with leave. */
  readonly time?: FakeTime;
  /** Of worlds with payroll. */
  readonly payroll?: ReconcilePayrollDeps['payroll'];
};

const NO_RUNS: ReconcilePayrollDeps['payroll'] = {
  files: { read: noFile, find: noFile, write: noFile },
  calendar: undefined,
  timeZone: COMPANY.timeZone,
  correctedMonths: 3,
};

function noFile(): never {
  throw new Error('this world has no runs of payroll');
}

export class Reconciliation {
  readonly books: FakeAuditor;
  /** What waits, with when it is to be looked at. */
  readonly queue: (BooksReport & { readonly at: number })[] = [];
  private readonly world: World;

  constructor(world: World, pageSize = 2) {
    this.world = world;
    const { erp, ledger, bankAccounts: accounts } = world;
    this.books = new FakeAuditor({ erp, ledger, accounts, clock: this.deps().clock, pageSize });
  }

  /** One walk; `pages`: after so many the time is over. */
  walk({ since = '2020-01-01', pages = 1000 } = {}) {
    const { store, clock } = this.deps();
    let left = pages;
    const until = new Date(clock.now().getTime() + 60_000);
    const counted = {
      now: () => {
        left -= 1;
        return left < 0 ? until : clock.now();
      },
    };
    return walkBooks({
      ...{ store, clock: counted, books: this.books, queue: this.sending(), system: 'fake' },
      ...{ since: new Date(since), until },
    });
  }

  /** Everything is looked at whose time has come; gives how many cases were opened. */
  async work(): Promise<number> {
    let opened = 0;
    for (;;) {
      const now = this.deps().clock.now().getTime();
      const index = this.queue.findIndex(({ at }) => at <= now);
      const [next] = index < 0 ? [] : this.queue.splice(index, 1);
      if (next === undefined) {
        await this.world.run();
        return opened;
      }
      // As it comes out of the queue.
      opened += (await compareBooks(this.compareDeps(), JSON.parse(JSON.stringify(next.detail)))).opened;
    }
  }

  /** All that waits is looked at in the same instant; what another look was faster than comes back. */
  async workAtOnce(): Promise<void> {
    const all = this.queue.splice(0);
    const looks = await Promise.allSettled(all.map(({ detail }) => compareBooks(this.compareDeps(), detail)));
    this.queue.push(...all.filter((_, index) => looks[index]?.status === 'rejected'));
    const reasons = looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : []));
    const unforeseen = reasons.find((reason) => !(reason instanceof ConcurrencyError));
    if (unforeseen !== undefined) {
      throw unforeseen;
    }
    await this.world.run();
  }

  /** One process is compared on demand. */
  async ask(processId: string): Promise<void> {
    await this.sending().send([{ detail: { kind: 'process', processId, seen: [] } }]);
  }

  private sending() {
    return {
      send: async (reports: readonly BooksReport[]) => {
        const now = this.deps().clock.now().getTime();
        this.queue.push(...reports.map((report) => ({ ...report, at: now + (report.delaySeconds ?? 0) * 1000 })));
      },
    };
  }

  private compareDeps() {
    const { erp, ledger, time = new FakeTime([]) } = this.world;
    const { payroll = NO_RUNS } = this.world;
    return {
      ...{ ...this.deps(), policies: companyPolicies, erp, ledger, time },
      ...{ books: this.books, queue: this.sending(), payroll },
    };
  }

  private deps() {
    return this.world.urgeDeps();
  }
}

/** All that the books of a world have otherwise than its records, or that no process made, one line for each. */
export async function bookDifferences(world: World): Promise<readonly string[]> {
  const { store, erp, ledger, time = new FakeTime([]) } = world;
  const options = { order: 'oldest-first', limit: 1000 } as const;
  const lists = await Promise.all(
    (['processes', 'ended-processes'] as const).map((name) => store.listByTime<ProcessHead>(name, options)),
  );
  const lines: string[] = [];
  const heads = new Map(lists.flat().map(({ value }) => [value.processId, value]));
  // Worlds may share a store and keep the time sheets of leave elsewhere.
  const isElsewhere = ({ kind }: ProcessHead) => kind === LEAVE.kind && world.time === undefined;
  for (const { processId } of [...heads.values()].filter((head) => !isElsewhere(head))) {
    const mismatches = await readMismatches({ store, erp, ledger, time, policies: companyPolicies }, processId);
    lines.push(...(mismatches ?? []).map(({ field, expected, found }) => `${field}: ${expected} is ${found}`));
  }
  const books = new FakeAuditor({ erp, ledger, clock: world.urgeDeps().clock, pageSize: 1000 });
  for (const section of BOOK_SECTIONS) {
    for (const document of (await books.changed(section, undefined, new Date(0))).documents) {
      const head = heads.get(processIdOfKey(document.key) ?? '');
      const process =
        head === undefined
          ? undefined
          : {
              processId: head.processId,
              isEnded: head.status === 'ended',
              entries: await store.readRecord(head.processId),
            };
      lines.push(...(unknownDocument(document, process) === undefined ? [] : [`${document.number} is nobody's`]));
    }
  }
  return lines;
}
