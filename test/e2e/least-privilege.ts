/** What the stories of `purchase.test.ts` used of what the roles of the stack are allowed: the last word on its one cloud. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, type RunnerTask } from 'vitest';
import { ROOT } from '../../local/cloud/paths.ts';
import type { E2eCloud } from '../support/e2e-cloud.ts';
import { type Evidence, gatherEvidence } from '../support/least-privilege/evidence.ts';
import { productionTemplate } from '../support/least-privilege/production-template.ts';
import { disputed, readReasons } from '../support/least-privilege/reasons.ts';
import { decide } from '../support/least-privilege/simulate.ts';

/** @param world - asked when the stories are over */
export function provesLeastPrivilege(world: () => E2eCloud): void {
  describe('least privilege', () => {
    let evidence: Evidence;
    beforeAll(async () => {
      evidence = await gatherEvidence(productionTemplate(), world().cloud, world().recordedCalls());
    });

    it('every call that was made is allowed by the role of the function or the machine that made it', () => {
      const refused = evidence.judged
        .filter(({ verdict }) => verdict !== 'Allowed')
        .map(({ request, role, verdict }) => `${role.name}: ${request.action} on ${request.resource} is ${verdict}`);

      expect(refused).toEqual([]);
      expect(new Set(evidence.judged.map(({ role }) => role.name)).size).toBeGreaterThan(20);
    });

    it('a call is refused as soon as the permission that it needs is taken away', async () => {
      const kept: string[] = [];
      for (const { request, role, grants } of evidence.judged) {
        const others = role.permissions.filter((permission) => !grants.includes(permission));
        const verdict = await decide(evidence.policies, role, others, request);
        if (grants.length !== 1 || verdict !== 'ImplicitlyDenied') {
          kept.push(`${role.name}: ${request.action} on ${request.resource} (${grants.length} permissions)`);
        }
      }

      expect(kept).toEqual([]);
    });

    it('every permission was used, or docs/permissions.md says why it is there', ({ task, skip }) => {
      // What a story did not get to, or was not asked to, nobody has used.
      skip(!storiesPassed(task.file.tasks, task), 'not all stories were told to their ends');
      const used = new Set(evidence.judged.flatMap(({ grants }) => grants));
      const permissions = evidence.policies.roles.flatMap((role) => role.permissions);
      const reasons = readReasons(readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8'));

      expect(disputed(permissions, used, reasons)).toEqual([]);
      expect(used.size).toBeGreaterThan(100);
    });
  });
}

function storiesPassed(tasks: readonly RunnerTask[], own: RunnerTask): boolean {
  return tasks.every((task) =>
    task.type === 'suite' ? storiesPassed(task.tasks, own) : task === own || task.result?.state === 'pass',
  );
}
