import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrySentence } from '../../functions/audit/entry-words.ts';
import { readFacts } from '../../functions/audit/fact-reader.ts';
import { compileRules } from '../../functions/policy/compile-rules.ts';
import { policyVersions, rememberPolicies } from '../../functions/policy/policy-versions.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import { firstCallOf } from '../support/failing-at-first.ts';
import { interleaved } from '../support/interleaved-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { COMPANY, companyPolicies, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { rulesWith } from '../unit/policy/rule-files.ts';

const newer = createPolicies(await compileRules(rulesWith('&gt; 500000<', '&gt; 600000<')));
const [OLD, NEW] = [companyPolicies.inForce().digest, newer.inForce().digest];

async function routed(world: PurchaseWorld, event: ReturnType<typeof requisitionEvent>) {
  return (await world.record(event)).find(({ type }) => type === 'ApprovalRouted')?.facts ?? {};
}

const digestsIn = async (store: MemoryStore) => (await policyVersions(store)).map(({ digest }) => digest);

describe('two versions of the policies, one after the other', () => {
  it.each(['dies-before', 'dies-after'] as const)(
    'are both remembered once where the function that routes %s it is done and is tried again, and the record names them',
    async (fault) => {
      const store = new MemoryStore();
      const failing = () => firstCallOf('RouteApproval', fault);
      const [first, second] = [requisitionEvent(), requisitionEvent({ requestId: 'PR-2' })];
      const world = new PurchaseWorld({ planted: { store }, fault: failing(), patience: 60 });
      await world.submit(first);
      const remembered = (await policyVersions(store))[0];
      // The second deployment is a day later, on clocks of its own.
      const later = new PurchaseWorld({ planted: { store }, policies: newer, fault: failing(), patience: 60 });
      await later.advance(24);
      await later.submit(second);

      const tries = [world, later].map(({ calls }) => calls.filter((name) => name === 'RouteApproval').length);
      expect(tries).toEqual([2, 2]);
      expect(await digestsIn(store)).toEqual([NEW, OLD]);
      expect((await policyVersions(store))[1]).toEqual(remembered);
      const facts = [await routed(world, first), await routed(later, second)];
      expect(facts.map(({ policyDigest }) => policyDigest)).toEqual([OLD, NEW]);
      const shown = readFacts(facts[1] ?? {}, { language: 'en', timeZone: COMPANY.timeZone, nameOf: (id) => id });
      expect(entrySentence('ApprovalRouted', shown)).toContain(
        `(policies ${NEW.slice(0, 8)}), by rows 1, 4 of approval-levels; row 1 of link-limit`,
      );
      const versions = facts.map(({ ruledBy }) => JSON.stringify(ruledBy).match(/[0-9a-f]{64}/g));
      expect(versions[0]).toHaveLength(2);
      // One table is another one in the new version, and the other is the same.
      expect(versions[0]?.[0]).not.toBe(versions[1]?.[0]);
      expect(versions[0]?.[1]).toBe(versions[1]?.[1]);
    },
  );

  it('are both remembered once, whatever the order in which reads and commits of many end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = new MemoryStore();
        const deps = { store: interleaved(store, scheduler), clock: { now: () => new Date(0) } };
        const commit = store.commit.bind(store);
        let written = 0;
        store.commit = async (transaction) => {
          await commit(transaction);
          written += 1;
        };
        const versions = [companyPolicies, newer, companyPolicies, newer].map((policies) => policies.inForce());

        await scheduler.waitFor(Promise.all(versions.map((version) => rememberPolicies(deps, version))));

        // Neither is written over.
        expect(written).toBe(2);
        expect((await digestsIn(store)).toSorted()).toEqual([OLD, NEW].toSorted());
      }),
      { numRuns: 30 },
    );
  });
});
