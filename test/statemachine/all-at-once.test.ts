/**
 * People who act in the same instant: each voice counts once, everybody is answered, and the process goes on once.
 * @module-tag long
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkDecisionResult } from '../../functions/approvals/act-by-link.ts';
import type { ApprovalLevelRule } from '../../functions/approvals/domain/level-rule.ts';
import { PURCHASE } from '../../functions/procurement/domain/purchase.ts';
import { withdrawRequest } from '../../functions/requests/withdraw-request.ts';
import { askBoard, boardEvent, SIGNERS, voteAtOnce, withdrawal } from '../support/board.ts';
import { interleaved } from '../support/interleaved-store.ts';
import type { PurchaseWorld } from '../support/purchase-world.ts';

const ALL = { kind: 'all' } as const;
const HALF = { kind: 'quorum', needed: 11 } as const;
const everybody = SIGNERS.map(() => true);
const anyVotes = fc.array(fc.boolean(), { minLength: SIGNERS.length, maxLength: SIGNERS.length });

/** The whole board votes while `order` lets one after the other read and write. */
async function voted(mode: ApprovalLevelRule['mode'], votes: readonly boolean[], scheduler: fc.Scheduler) {
  const { world, links } = await askBoard(mode);
  const deps = { ...world.decisionDeps(), store: interleaved(world.store, scheduler) };
  const answers = await scheduler.waitFor(voteAtOnce(deps, links, votes));
  const resumptions = world.store.effects().filter(({ effect }) => effect.kind === 'resume');
  await world.run();
  return { world, answers, resumptions };
}

/** Who was told that they decided stands in the record as often as that, and so does who was refused. */
async function expectAnswersRecorded(world: PurchaseWorld, answers: readonly LinkDecisionResult[]): Promise<void> {
  const record = await world.record(boardEvent);
  const timesOf = (type: string) =>
    SIGNERS.map((id) => record.filter((entry) => entry.type === type && entry.actor.id === id).length);
  const told = (kind: string) => answers.map((answer) => (answer.kind === kind ? 1 : 0));
  expect(timesOf('DecisionMade')).toEqual(told('decided'));
  expect(timesOf('DecisionRefused')).toEqual(told('refused'));
  expect(await world.damages(boardEvent)).toEqual([]);
}

describe('twenty approvers in the same instant', () => {
  it('who all must sign are each counted once, and one order follows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, answers, resumptions } = await voted(ALL, everybody, scheduler);

        expect(answers.map(({ kind }) => kind)).toEqual(SIGNERS.map(() => 'decided'));
        expect(resumptions).toHaveLength(1);
        await expectAnswersRecorded(world, answers);
        expect(world.erp.allOrders()).toHaveLength(1);
        expect(world.told().filter((status) => status === 'ordered')).toHaveLength(1);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['all must sign', ALL, SIGNERS.length],
    ['eleven are enough', HALF, 11],
  ] as const)('of whom some say no come to one outcome where %s', async (_, mode, needed) => {
    await fc.assert(
      fc.asyncProperty(anyVotes, fc.scheduler(), async (votes, scheduler) => {
        const { world, answers, resumptions } = await voted(mode, votes, scheduler);

        const isApproved = votes.filter(Boolean).length >= needed;
        expect(resumptions).toHaveLength(1);
        await expectAnswersRecorded(world, answers);
        expect(world.erp.allOrders()).toHaveLength(isApproved ? 1 : 0);
        expect(world.told().filter((status) => status === 'ordered')).toHaveLength(isApproved ? 1 : 0);
        expect(world.told().filter((status) => status === 'rejected')).toHaveLength(isApproved ? 0 : 1);
        expect(await world.entryTypes(boardEvent)).not.toContain('ResumeRefused');
      }),
      { numRuns: 12 },
    );
  });
});

/** Everybody but the last of the board has said this, one after the other: theirs is the voice that decides. */
const BEFORE = [
  ['one is enough', { kind: 'any' }, []],
  ['all must sign and all others have', ALL, everybody.slice(1)],
  ['eleven are enough and ten have said yes', HALF, everybody.slice(1).map((_, index) => index < 10)],
] as const;
const LAST = SIGNERS.length - 1;

describe('a decision and a withdrawal in the same instant', () => {
  it.each(BEFORE)('end in what was written first, and the OA hears of one end, where %s', async (_, mode, before) => {
    const winners = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.scheduler(), async (isYes, scheduler) => {
        const { world, links } = await askBoard(mode);
        for (const [index, saidYes] of before.entries()) {
          await world.clickByLink(links[index] ?? '', saidYes ? 'approve' : 'reject', saidYes ? '' : 'No');
        }
        const deps = { ...world.decisionDeps(), store: interleaved(world.store, scheduler) };

        const [withdrawn, [answer]] = await scheduler.waitFor(
          Promise.all([withdrawRequest(deps, PURCHASE, withdrawal), voteAtOnce(deps, links.slice(LAST), [isYes])]),
        );
        const record = await world.record(boardEvent);
        await world.run();

        const ofLast = record.filter(({ type, actor }) => type.startsWith('Decision') && actor.id === SIGNERS[LAST]);
        expect(ofLast.map(({ type }) => type)).toEqual([
          answer?.kind === 'refused' ? 'DecisionRefused' : 'DecisionMade',
        ]);
        if (answer?.kind === 'refused') {
          winners.add('withdrawal');
          expect(answer.refusal).toBe('withdrawn');
        } else {
          winners.add(isYes ? 'approval' : 'rejection');
          expect(answer).toMatchObject({ kind: 'decided', outcome: isYes ? 'approved' : 'rejected' });
        }
        // Whoever says no ends it; a yes that came first is still undone by the withdrawal.
        const isRejected = answer?.kind === 'decided' && !isYes;
        expect(withdrawn).toEqual(isRejected ? expect.objectContaining({ refusal: 'ended' }) : 'withdrawn');
        const outcome = isRejected ? 'rejected' : 'withdrawn';
        expect(await world.head(boardEvent)).toMatchObject({ outcome, status: 'ended' });
        expect(world.erp.allOrders().filter(({ state }) => state !== 'cancelled')).toEqual([]);
        const told = world.told().filter((status) => !['accepted', 'approved', 'ordered'].includes(status));
        expect(told.toSorted()).toEqual(isRejected ? ['rejected', 'withdrawal-refused'] : ['withdrawn']);
        expect(await world.damages(boardEvent)).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect([...winners].toSorted()).toEqual(['approval', 'rejection', 'withdrawal']);
  });
});
