/** A purchase in pieces whose other pieces come while one of them waits: found when somebody approves it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actByLink } from '../../../functions/approvals/act-by-link.ts';
import { REFUSALS } from '../../../functions/approvals/refusal-words.ts';
import { entrySentence } from '../../../functions/audit/entry-words.ts';
import { readFacts } from '../../../functions/audit/fact-reader.ts';
import type { Policies } from '../../../functions/policy/port.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { PURCHASE, type PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import { enrichRequisition } from '../../../functions/procurement/enrich-requisition.ts';
import { piecesNow } from '../../../functions/procurement/pieces-now.ts';
import { routeApproval } from '../../../functions/procurement/route-approval.ts';
import { checkSplit } from '../../../functions/procurement/split-purchases.ts';
import { validateRequisition } from '../../../functions/procurement/validate-requisition.ts';
import { processIdOf, registerRequest } from '../../../functions/requests/register-request.ts';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { interleaved } from '../../support/interleaved-store.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { COMPANY, companyPolicies, OPERATORS_MAIL, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver, taskPaths } from '../worklist/open-my-pages.ts';
import { apiOver } from '../worklist/open-worklist-api.ts';

const [MANAGER, HEAD, DIRECTOR] = ['E-2001', 'E-3001', 'E-3003'];

/** A purchase of 3,400: the manager alone decides it, and the limit for pieces is 5,000 in 30 days. */
function piece(requestId: string) {
  const lines = [{ productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' }];
  return requisitionEvent({ requestId, requisition: { lines, total: '3400.00' } });
}

const [FIRST, SECOND] = [piece('PR-1'), piece('PR-2')];

/** The first waits for its manager when the second comes. */
async function twoPieces(options: ConstructorParameters<typeof PurchaseWorld>[0] = {}) {
  const world = new PurchaseWorld(options);
  await world.submit(FIRST);
  const link = await world.linkOf(MANAGER);
  await world.submit(SECOND);
  return { world, link, other: await world.linkOf(MANAGER) };
}

async function nameOf(world: PurchaseWorld, employeeId: string): Promise<string> {
  return (await world.directory.person(employeeId))?.name ?? employeeId;
}

describe('the first piece of a purchase, approved when a second one has come', () => {
  it('is refused by name, tells who may, and goes to whom the rules name for the sum', async () => {
    const { world, link } = await twoPieces();

    const refused = await world.decideByLink(link, 'approve');

    const mayDecide = [await nameOf(world, HEAD)];
    expect(refused).toMatchObject({ kind: 'refused', refusal: 'split-purchases', mayDecide });
    const entries = (await world.record(FIRST)).slice(-3);
    const split = { splitAmount: '6800', splitCurrency: 'CNY', splitWith: [processIdOf(PURCHASE, SECOND.oa)] };
    expect(entries).toMatchObject([
      { type: 'DecisionRefused', facts: { refusal: 'split-purchases', may: [HEAD], ...split } },
      { type: 'AmountRaised', facts: { before: '3400.00', signInIds: [], ...split } },
      { type: 'TaskRerouted', facts: { operator: 'split purchases', isAskedAgain: false } },
    ]);
    const words = entries.map(({ type, facts }) =>
      entrySentence(type, readFacts(facts, { language: 'en', timeZone: COMPANY.timeZone, nameOf: (id) => id })),
    );
    expect(words[1]).toContain('6,800.00 with other purchases from the supplier (1)');
    expect(words[2]).toContain('Together with other purchases it goes to');

    expect(await world.decideByLink(link, 'approve')).toMatchObject({ kind: 'decided', outcome: 'next-level' });
    expect(await world.decide(HEAD, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });
    expect(world.mails.filter(({ text }) => text.includes('6800 CNY (> 5000 CNY, 30 d)')).length).toBeGreaterThan(1);
    expect(await world.damages(FIRST)).toEqual([]);
  });

  it('is refused likewise in a session and by the API, and may still be rejected', async () => {
    const { world } = await twoPieces();
    const first = processIdOf(PURCHASE, FIRST.oa);
    const { as } = apiOver(world);
    const { body } = await as(MANAGER).get('/api/v1/tasks');
    const task = (Array.isArray(body.tasks) ? body.tasks : []).find(({ processId }) => processId === first);
    const path = `/api/v1/tasks/${first}/${task.approvalId}`;
    const { level, round, documentVersion } = (await as(MANAGER).get(path)).body;
    const approve = { kind: 'decide', action: 'approve', level, round, documentVersion };

    const answer = await as(MANAGER).post(`${path}/actions`, approve, 'key-1');

    expect(answer).toMatchObject({ status: 409, body: { code: 'split-purchases' } });
    expect(answer.body.detail).toContain(HEAD);
    const reject = { ...approve, action: 'reject', comment: 'One order, please' };
    expect((await as(MANAGER).post(`${path}/actions`, reject, 'key-2')).body).toMatchObject({ outcome: 'rejected' });
  });

  it('is refused on the page, which says who may', async () => {
    const { world } = await twoPieces();
    const manager = await pagesOver(world).signIn(MANAGER);
    const list = await manager.get('/me/tasks');
    const path = taskPaths(list.text).find((one) => one.includes(processIdOf(PURCHASE, FIRST.oa))) ?? '';

    const shown = await manager.send(path, { action: 'approve' });

    expect(shown.status).toBe(409);
    expect(shown.text).toContain(REFUSALS['split-purchases'].title.zh);
    expect(shown.text).toContain(await nameOf(world, HEAD));
    expect(shown.text).toContain('6800 CNY (&gt; 5000 CNY, 30 d)');
  });

  it('is approved by itself when the second was rejected before', async () => {
    const { world, link, other } = await twoPieces();
    await world.decideByLink(other, 'reject', 'Not now');

    expect(await world.decideByLink(link, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });
  });

  it('is refused where both are approved in the same instant, and the second goes on with the sum', async () => {
    const { world, link, other } = await twoPieces();

    const results = await Promise.all([link, other].map((one) => world.clickByLink(one, 'approve')));

    expect(results).toMatchObject([
      { kind: 'refused', refusal: 'split-purchases' },
      { kind: 'decided', outcome: 'next-level' },
    ]);
  });

  it('is asked about anew where several sign and one has said yes to less, by links of their own', async () => {
    const times = { remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 120 };
    const approvers = ['manager', 'post:finance-director'].map((rule) => ({ rule, weight: 1 }));
    const level = { level: 'Both', approvers, mode: { kind: 'all' }, isParallel: false, ...times } as const;
    const world = new PurchaseWorld({ policies: { ...companyPolicies, approvalLevels: async () => [level] } });
    await world.submit(FIRST);
    const [manager, director] = [await world.linkOf(MANAGER), await world.linkOf(DIRECTOR)];
    await world.decideByLink(manager, 'approve');
    await world.submit(SECOND);

    expect(await world.decideByLink(director, 'approve')).toMatchObject({ refusal: 'split-purchases' });

    expect(await world.entryTypes(FIRST)).toContain('TaskRerouted');
    expect(await world.decideByLink(director, 'approve')).toMatchObject({ refusal: 'already-decided' });
    expect((await world.decide(MANAGER, 'approve')).kind).toBe('decided');
    expect(await world.decide(DIRECTOR, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });
    const made = (await world.record(FIRST)).filter(({ type }) => type === 'DecisionMade');
    expect(made.map(({ actor }) => actor.id)).toEqual([MANAGER, MANAGER, DIRECTOR]);
    expect(await world.damages(FIRST)).toEqual([]);
  });

  it('stays where it is when nobody may decide about the sum, and the operators are told', async () => {
    const now = { nobodyIsLeft: false };
    const policies: Policies = {
      ...companyPolicies,
      approvalLevels: async (question) => {
        if (now.nobodyIsLeft) {
          throw new BusinessRuleError('no-approver', 'nobody is left');
        }
        return companyPolicies.approvalLevels(question);
      },
    };
    const { world, link } = await twoPieces({ policies });
    now.nobodyIsLeft = true;

    expect(await world.decideByLink(link, 'approve')).toMatchObject({ refusal: 'split-purchases', mayDecide: [] });

    const told = world.mails.filter(({ to }) => to === OPERATORS_MAIL).at(-1);
    expect(told?.text).toContain('together with other purchases from the supplier (6800 CNY)');
    expect(await world.entryTypes(FIRST)).not.toContain('DecisionMade');
    expect(await world.decideByLink(link, 'reject', 'Then not')).toMatchObject({ outcome: 'rejected' });
  });
});

/** A store that says in which order its callers came to their commits. */
function heard(store: ProcessStore, name: string, order: string[]): ProcessStore {
  return {
    ...interleavable(store),
    commit: async (transaction) => {
      await store.commit(transaction);
      order.push(...transaction.entries.map(({ type }) => `${name} ${type}`));
    },
  };
}

function interleavable(store: ProcessStore): ProcessStore {
  return {
    read: (key) => store.read(key),
    list: (...input) => store.list(...input),
    page: (...input) => store.page(...input),
    listByTime: (...input) => store.listByTime(...input),
    commit: (transaction) => store.commit(transaction),
    readRecord: (...input) => store.readRecord(...input),
    readPersonal: (...input) => store.readPersonal(...input),
  };
}

it('a piece is approved by itself only before the next one is routed, however the two meet', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new PurchaseWorld();
      await world.submit(FIRST);
      const secret = await world.linkOf(MANAGER);
      const deps = { ...world.decisionDeps(), erp: world.erp, company: COMPANY };
      const { oa, requester, requisition } = SECOND;
      const processId = processIdOf(PURCHASE, oa);
      const filed = { oa, requesterId: requester.employeeId, filed: JSON.parse(JSON.stringify(requisition)) };
      await registerRequest(deps, PURCHASE, { executionId: oa.requestId, eventId: oa.requestId, ...filed });
      await validateRequisition(deps, processId);
      await enrichRequisition(deps, processId);
      const order: string[] = [];
      const storeOf = (name: string) => heard(interleaved(world.store, scheduler), name, order);
      const wish = { kind: 'decide', action: 'approve', comment: '' } as const;

      const [decided] = await scheduler.waitFor(
        Promise.all([
          actByLink({ ...deps, store: storeOf('first') }, { secret, wish, address: '192.0.2.1' }),
          routeApproval({ ...deps, store: storeOf('second') }, { processId, subject: 'order', stepId: 'step' }),
        ]),
      );

      const isFirst = order.indexOf('first DecisionMade') < order.indexOf('second ApprovalRouted');
      expect(decided.kind).toBe(isFirst && order.includes('first DecisionMade') ? 'decided' : 'refused');
      seen.add(decided.kind);
    }),
    { numRuns: 60 },
  );
  expect([...seen].toSorted()).toEqual(['decided', 'refused']);
});

const [LIMIT, WINDOW_DAYS, HOUR] = [1000, 30, 3_600_000];

it('what a piece is judged by is the dearest window that it is in, also where that ends after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ amount: fc.integer({ min: 1, max: 1100 }), hours: fc.constantFrom(0, 1, 100, 200, 250) }), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.nat({ max: 7 }),
      async (filed, one) => {
        const store = new MemoryStore();
        const clock = new SettableClock('2026-01-01T00:00:00.000Z');
        const splitLimits = async () => [{ limit: String(LIMIT), windowDays: WINDOW_DAYS }];
        const deps = { store, clock, policies: { ...companyPolicies, splitLimits } };
        const all: { readonly at: number; readonly amount: number }[] = [];
        for (const [index, { amount, hours }] of filed.entries()) {
          clock.forward((hours * HOUR) / 1000);
          const check = await checkSplit(deps, headOf(index, amount), String(amount));
          if (check !== undefined) {
            await store.commit({ entries: [], personal: [], changes: [check.change] });
          }
          all.push({ at: clock.now().getTime(), amount });
        }
        const own = one % filed.length;

        const { together } = await piecesNow(deps, headOf(own, all[own]?.amount ?? 0));

        expect(Number(together?.amount ?? 0)).toBe(expected(all, own));
      },
    ),
    { numRuns: 200 },
  );
});

/** Every window of the limit's length that the purchase is in, tried out; 0: none is above the limit. */
function expected(all: readonly { readonly at: number; readonly amount: number }[], own: number): number {
  const mine = all[own] ?? { at: 0, amount: 0 };
  if (mine.amount > LIMIT) {
    return 0;
  }
  const length = WINDOW_DAYS * 24 * HOUR;
  const pieces = all.filter(({ amount }) => amount <= LIMIT);
  const ends = pieces.map(({ at }) => at).filter((at) => at >= mine.at && at - mine.at <= length);
  const sums = ends.map((end) =>
    pieces.filter(({ at }) => at <= end && end - at <= length).reduce((sum, { amount }) => sum + amount, 0),
  );
  const most = Math.max(0, ...sums);
  return most > LIMIT ? most : 0;
}

function headOf(index: number, amount: number): PurchaseHead {
  const requisition = { costCentre: 'CC-100', supplierCode: 'SUP-001' };
  const state = { requisition, enrichment: { baseTotal: { amount: String(amount) } } };
  // Of a head nothing else is read.
  return JSON.parse(
    JSON.stringify({ processId: `P2P-${index}`, kind: 'procure-to-pay', requesterId: 'E-1001', state }),
  );
}
