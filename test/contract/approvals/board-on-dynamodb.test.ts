/**
 * Twenty people decide in the same instant, and the requester withdraws, against DynamoDB as the local cloud has it.
 * @module-tag long
 */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LinkDecisionResult } from '../../../functions/approvals/act-by-link.ts';
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import type { DecisionDeps } from '../../../functions/approvals/decision-deps.ts';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { backOffMs } from '../../../functions/process/back-off.ts';
import { dispatchEffect } from '../../../functions/process/dispatch-effects.ts';
import type { PendingEffect } from '../../../functions/process/domain/process.ts';
import type { EffectQueue } from '../../../functions/process/effect-queue.ts';
import { effectKey } from '../../../functions/process/keys.ts';
import type { ProcessResumer } from '../../../functions/process/resumer.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { readHead } from '../../../functions/process/update-process.ts';
import { PURCHASE } from '../../../functions/procurement/domain/purchase.ts';
import { withdrawRequest } from '../../../functions/requests/withdraw-request.ts';
import { VirtualAlarms } from '../../support/ambient.ts';
import { askBoard, boardEvent, SIGNERS, voteAtOnce, withdrawal } from '../../support/board.ts';
import { copyProcess } from '../store/copy-process.ts';
import { makeTables, useDynamo } from '../store/store-tables.ts';

const dynamo = useDynamo();

/** The same open question, with its links, in DynamoDB. */
async function askBoardThere(mode: ApprovalLevelRule['mode']) {
  const { world, links } = await askBoard(mode);
  const { processId } = await world.head(boardEvent);
  const store = createDynamoStore({ client: dynamo(), tables: await makeTables(dynamo()) });
  await copyProcess(world.store, store, processId, links);
  const backOff = (attempt: number) => pause(backOffMs(attempt, Math.random()));
  return { deps: { ...world.decisionDeps(), store, backOff }, store, links, processId };
}

/** Sends what waits in the outbox to resume the machine, each of it twice, and counts how often it was resumed. */
async function resumptions(deps: DecisionDeps, processId: string): Promise<number> {
  let count = 0;
  const resumer: ProcessResumer = {
    resume: async () => {
      count += 1;
      return 'resumed';
    },
  };
  const queue: EffectQueue = { send: async () => undefined };
  const queues = { mail: queue, 'tell-oa': queue, warn: queue };
  const pending = await deps.store.list<PendingEffect>(effectKey(processId, '').partition, '');
  for (const { value } of [...pending, ...pending]) {
    if (value.effect.kind === 'resume') {
      await dispatchEffect({ ...deps, resumer, queues, alarms: new VirtualAlarms() }, value);
    }
  }
  return count;
}

/** Who was told that they decided stands in the record once, and nobody else does. */
async function expectAnswersRecorded(
  store: ProcessStore,
  processId: string,
  answers: readonly LinkDecisionResult[],
): Promise<void> {
  const record = await store.readRecord(processId);
  const head = await readHead(store, processId);
  expect(verifyChain(processId, record, head === undefined ? {} : { expectedHead: head.chain })).toEqual([]);
  const made = record.filter(({ type }) => type === 'DecisionMade').map(({ actor }) => actor.id);
  const told = SIGNERS.filter((_signer, index) => answers[index]?.kind === 'decided');
  expect(made.toSorted()).toEqual(told);
}

describe('twenty approvers in the same instant, in DynamoDB', () => {
  it.each([
    ['all of them say yes', { kind: 'all' } as const, 20, 'approved'],
    ['eleven are needed and eleven say yes', { kind: 'quorum', needed: 11 } as const, 11, 'approved'],
    ['all must sign and one says no', { kind: 'all' } as const, 19, 'rejected'],
  ])('are each counted once and answered where %s', async (_, mode, yes, outcome) => {
    const { deps, store, links, processId } = await askBoardThere(mode);
    const votes = SIGNERS.map((_signer, index) => index < yes);

    const answers = await voteAtOnce(deps, links, votes);

    await expectAnswersRecorded(store, processId, answers);
    const [approval] = await listApprovals(store, processId);
    expect(approval).toMatchObject({ status: 'closed', outcome });
    expect(await resumptions(deps, processId)).toBe(1);
  });

  it.each([
    ['one is enough', { kind: 'any' } as const, 1],
    ['eleven are enough', { kind: 'quorum', needed: 11 } as const, 11],
    ['all must sign', { kind: 'all' } as const, 20],
  ])('are answered as recorded when the requester withdraws as well, where %s', async (_, mode, needed) => {
    const { deps, store, links, processId } = await askBoardThere(mode);

    const [withdrawn, answers] = await Promise.all([
      withdrawRequest(deps, PURCHASE, withdrawal),
      voteAtOnce(
        deps,
        links,
        SIGNERS.map(() => true),
      ),
    ]);

    expect(withdrawn).toBe('withdrawn');
    await expectAnswersRecorded(store, processId, answers);
    const [approval] = await listApprovals(store, processId);
    const isApproved = approval?.outcome === 'approved';
    expect(approval).toMatchObject({ status: 'closed', outcome: isApproved ? 'approved' : 'withdrawn' });
    const refusals = answers.map((answer) => (answer.kind === 'refused' ? answer.refusal : undefined));
    expect([undefined, isApproved ? 'already-decided' : 'withdrawn']).toEqual(expect.arrayContaining(refusals));
    expect(refusals.filter((refusal) => refusal === undefined).length === needed).toBe(isApproved);
    const record = await store.readRecord(processId);
    expect(record.filter(({ type }) => type === 'Withdrawn')).toHaveLength(1);
    expect((await readHead(store, processId))?.interruption).toMatchObject({ outcome: 'withdrawn' });
    expect(await resumptions(deps, processId)).toBe(1);
  });
});
