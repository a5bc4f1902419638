/** Tasks that come to somebody who is away or has left, through the real machines: never stuck, and the record says for whom. */
import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule } from '../../functions/approvals/domain/level-rule.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Directory } from '../../functions/directory/port.ts';
import { companyPolicies, directoryData, OPERATORS_MAIL, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const [MANAGER, COLLEAGUE, HEAD, FINANCE, CHIEF] = ['E-2001', 'E-2002', 'E-3001', 'E-3003', 'E-0002'];

function directoryWithout(away: string, substituteId: string): Directory {
  const leave = { from: '2025-12-20T00:00:00+08:00', until: '2026-02-01T00:00:00+08:00', substituteId };
  const people = directoryData.people.map((person) =>
    person.employeeId === away ? { ...person, absences: [leave] } : person,
  );
  return createFileDirectory({ ...directoryData, people });
}

/** People leave while a test goes on. */
function directoryOf(gone: ReadonlySet<string>): Directory {
  const directory = createFileDirectory(directoryData);
  return {
    ...directory,
    person: async (id) => {
      const person = await directory.person(id);
      return person === undefined || !gone.has(id) ? person : { ...person, active: false };
    },
  };
}

async function factsOf(world: PurchaseWorld, type: string) {
  return (await world.record(event)).filter((entry) => entry.type === type).map(({ facts }) => facts);
}

describe('a task that is transferred to somebody who is away', () => {
  it('goes to whoever stands in for them, who decides for whose it was', async () => {
    const world = new PurchaseWorld({ directory: directoryWithout(COLLEAGUE, FINANCE) });
    await world.submit(event);
    await world.act(MANAGER, { kind: 'transfer', to: COLLEAGUE, comment: '' });

    expect(await world.decide(FINANCE, 'approve')).toMatchObject({ kind: 'decided' });

    expect(await factsOf(world, 'TaskTransferred')).toMatchObject([{ employeeId: MANAGER, to: COLLEAGUE }]);
    expect(await factsOf(world, 'SubstituteAsked')).toMatchObject([{ from: COLLEAGUE, to: FINANCE }]);
    expect(await factsOf(world, 'DecisionMade')).toMatchObject([{ employeeId: FINANCE, onBehalfOf: MANAGER }]);
    expect(await world.damages(event)).toEqual([]);
  });

  it('does not come back to whoever transfers it', async () => {
    const world = new PurchaseWorld({ directory: directoryWithout(COLLEAGUE, MANAGER) });
    await world.submit(event);

    await world.act(MANAGER, { kind: 'transfer', to: COLLEAGUE, comment: '' });

    expect(await factsOf(world, 'SubstituteAsked')).toEqual([]);
    expect(await world.decide(COLLEAGUE, 'approve')).toMatchObject({ kind: 'decided' });
  });
});

describe('an escalation to somebody who is away', () => {
  it('brings in whoever stands in for them, and the record says for whom', async () => {
    const world = new PurchaseWorld({ directory: directoryWithout(HEAD, FINANCE) });
    await world.submit(event);
    await world.advance(48);

    expect(await world.decide(FINANCE, 'approve')).toMatchObject({ kind: 'decided' });

    expect(await factsOf(world, 'LevelEscalated')).toMatchObject([{ addedIds: [FINANCE] }]);
    // On the level of who is away they are not asked as well: one person approves one level.
    expect(await factsOf(world, 'SubstituteAsked')).toMatchObject([{ level: 0, from: HEAD, to: FINANCE }]);
    expect(await factsOf(world, 'DecisionMade')).toMatchObject([{ employeeId: FINANCE, onBehalfOf: HEAD }]);
  });

  it('goes past whoever has left to the next above', async () => {
    const gone = new Set<string>();
    const world = new PurchaseWorld({ directory: directoryOf(gone) });
    await world.submit(event);
    gone.add(HEAD);
    await world.advance(48);

    expect(await factsOf(world, 'LevelEscalated')).toMatchObject([{ addedIds: [CHIEF] }]);
    expect(await factsOf(world, 'SubstituteAsked')).toEqual([]);
  });
});

describe('somebody who has left when their level opens', () => {
  it('is not asked, but whoever is next above', async () => {
    const gone = new Set<string>();
    const world = new PurchaseWorld({ directory: directoryOf(gone) });
    await world.submit(event);
    gone.add(HEAD);
    await world.decide(MANAGER, 'approve');

    expect(await world.decide(CHIEF, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });

    expect(await factsOf(world, 'SubstituteAsked')).toMatchObject([{ from: HEAD, to: CHIEF }]);
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('is chosen for it by nobody, also where nobody else could be: the operators are told', async () => {
    const gone = new Set<string>();
    const times = { remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 120 };
    const rule = (level: string, approver: string): ApprovalLevelRule => {
      return { level, approvers: [{ rule: approver, weight: 1 }], mode: { kind: 'any' }, isParallel: false, ...times };
    };
    const rules = [rule('Manager', 'manager'), rule('Finance', 'previous@post:finance-director')];
    const world = new PurchaseWorld({
      directory: directoryOf(gone),
      policies: { ...companyPolicies, approvalLevels: async () => rules },
    });
    await world.submit(event);
    gone.add(FINANCE);

    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ refusal: 'nobody-to-choose' });
    await world.run();

    expect(await factsOf(world, 'DecisionRefused')).toMatchObject([{ refusal: 'nobody-to-choose' }]);
    const told = world.mails.filter(({ to }) => to === OPERATORS_MAIL).map(({ text }) => text);
    expect(told).toEqual([expect.stringContaining('could be chosen for the next level')]);
    gone.delete(FINANCE);
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'decided', outcome: 'next-level' });
  });
});

describe('whoever has approved one level', () => {
  it('is not asked in the place of somebody who is away on the next one, which whoever is above decides in time', async () => {
    const world = new PurchaseWorld({ directory: directoryWithout(HEAD, MANAGER) });
    await world.submit(event);
    await world.decide(MANAGER, 'approve');

    expect(await factsOf(world, 'SubstituteAsked')).toEqual([]);
    await world.advance(48);
    expect(await factsOf(world, 'LevelEscalated')).toMatchObject([{ addedIds: [CHIEF] }]);
    expect(await world.decide(CHIEF, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });
    expect(await world.damages(event)).toEqual([]);
  });
});
