/** Compliance at work on the records of a world: what the stream would bring is looked at when a test says so. */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { type ListedCase, openCaseIds, readCase } from '../../functions/compliance/case-store.ts';
import { decideCase } from '../../functions/compliance/decide-case.ts';
import type { CaseDecision, CaseState } from '../../functions/compliance/domain/case-state.ts';
import { openCase } from '../../functions/compliance/open-case.ts';
import { watchRecord } from '../../functions/compliance/watch-record.ts';
import type { Policies } from '../../functions/policy/port.ts';
import type { ProcessHead } from '../../functions/process/domain/process.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import { COMPANY, companyPolicies } from './purchase-company.ts';
import type { RequestWorld } from './request-world.ts';

/** Holds the post of the demonstration company's compliance officer. */
export const OFFICER = 'E-5002';

type World = Pick<RequestWorld<never, never>, 'store' | 'urgeDeps' | 'run' | 'approvals'>;

/** All cases that are not settled. */
export async function openCasesIn(store: ProcessStore): Promise<readonly ListedCase[]> {
  const cases: ListedCase[] = [];
  for await (const caseId of openCaseIds(store)) {
    const state = await readCase(store, caseId);
    if (state === undefined) throw new Error(`${caseId} is on the list of open cases, and is none`);
    cases.push({ caseId, state });
  }
  return cases;
}

export class Compliance {
  private readonly world: World;
  private readonly policies: Policies;

  constructor(world: World, policies: Policies = companyPolicies) {
    this.world = world;
    this.policies = policies;
  }

  deps() {
    return { ...this.world.urgeDeps(), policies: this.policies, company: COMPANY, approvals: this.world.approvals() };
  }

  /** All entries of all records of processes come once more; what follows happens. */
  async watch(): Promise<void> {
    for (const { processId, entries } of await this.records()) {
      await watchRecord(this.deps(), processId, entries);
    }
    await this.world.run();
  }

  /** As `watch`, one entry at a time, in an order of the test's choosing. */
  async watchEach(order: (entries: readonly RecordEntry[]) => readonly RecordEntry[]): Promise<void> {
    const entries = (await this.records()).flatMap((record) => record.entries);
    for (const entry of order(entries)) {
      await watchRecord(this.deps(), entry.processId, [entry]);
    }
    await this.world.run();
  }

  /** So many cases of waits that are overdue, about no process. */
  async openMany(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      const about = { processIds: [], evidence: [], facts: {} };
      await openCase(this.deps(), { detector: 'overdue', subject: `wait ${number}`, ...about });
    }
  }

  async decide(caseId: string, decision: CaseDecision, by = OFFICER, reason = 'Looked at it') {
    const answer = await decideCase(this.deps(), { caseId, by, decision, reason });
    await this.world.run();
    return answer;
  }

  /** Cases that are not settled. */
  async open(): Promise<readonly (CaseState & { readonly caseId: string })[]> {
    return (await openCasesIn(this.world.store)).map(({ caseId, state }) => ({ ...state, caseId }));
  }

  /** The one case that is open. */
  async only(): Promise<string> {
    const [one, ...others] = await this.open();
    if (one === undefined || others.length > 0) {
      throw new Error(`there is not one open case, but ${JSON.stringify([one, ...others])}`);
    }
    return one.caseId;
  }

  async read(caseId: string): Promise<CaseState> {
    const state = await readCase(this.world.store, caseId);
    if (state === undefined) {
      throw new Error(`there is no case ${caseId}`);
    }
    return state;
  }

  private async records() {
    const options = { order: 'oldest-first', limit: 1000 } as const;
    const lists = await Promise.all(
      (['processes', 'ended-processes'] as const).map((name) =>
        this.world.store.listByTime<ProcessHead>(name, options),
      ),
    );
    return Promise.all(
      lists.flat().map(async ({ value: { processId } }) => ({
        processId,
        entries: await this.world.store.readRecord(processId),
      })),
    );
  }
}
