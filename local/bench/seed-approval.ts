/** An approval of one level and one person, as a purchase would have routed it, without the purchase around it. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { newApproval } from '../../functions/approvals/domain/approval.ts';
import { ACTIONS, type ApprovalPlan } from '../../functions/approvals/domain/plan.ts';
import { EMPTY_CHAIN } from '../../functions/audit/domain/record.ts';
import { approvalKey } from '../../functions/process/keys.ts';
import { createDynamoStore, type StoreTables } from '../../functions/process/store/dynamodb/dynamo-store.ts';
import { createProcess } from '../../functions/process/update-process.ts';
import { clientOptions } from '../cloud/aws.ts';

/** Whom the seeded approvals ask; ids as in `local/demo/directory.json`. */
export const APPROVER = { employeeId: 'E-2001', email: 'wang.qiang@meridian.example' } as const;

export interface SeededApproval {
  readonly processId: string;
  readonly approvalId: string;
  /** Stands in the subject of its mails. */
  readonly title: string;
}

export function approvalSeeder(endpoint: string, tables: StoreTables): () => Promise<SeededApproval> {
  const store = createDynamoStore({ client: new DynamoDBClient(clientOptions(endpoint)), tables });
  const randomness = { uuid: randomUUID, secret: () => randomUUID() };
  const clock = { now: () => new Date() };
  return async () => {
    const id = randomUUID();
    const seeded = { processId: `P2P-${id}`, approvalId: 'order-measured', title: `Chairs ${id}` };
    const head = {
      processId: seeded.processId,
      kind: 'purchase',
      executionId: id,
      oa: { system: 'bench', requestId: id },
      requesterId: 'E-1001',
      chain: EMPTY_CHAIN,
      status: 'running',
      phase: 'Order approval',
      startedAt: clock.now().toISOString(),
      waits: {},
      answers: {},
      holds: [],
      state: {},
    } as const;
    const routed = {
      type: 'ApprovalRouted',
      actor: { kind: 'meridian', id: 'bench' },
      facts: { subject: 'order' },
    } as const;
    const key = approvalKey(seeded.processId, seeded.approvalId);
    const value = newApproval(planOf(seeded));
    await createProcess({ store, clock, randomness }, head, { entries: [routed] }, [{ kind: 'create', key, value }]);
    return seeded;
  };
}

function planOf({ approvalId, title }: SeededApproval): ApprovalPlan {
  const amount = '3400.00';
  return {
    approvalId,
    subject: 'order',
    documentVersion: 1,
    requesterId: 'E-1001',
    amount,
    linkLimit: '100000',
    excluded: [],
    levels: [
      {
        name: 'Manager',
        rule: 'manager',
        approverIds: [APPROVER.employeeId],
        mode: { kind: 'any' },
        isParallel: false,
        remindAfterHours: 24,
        escalateAfterHours: 48,
        expireAfterHours: 120,
      },
    ],
    actions: ACTIONS.order,
    document: {
      title,
      currency: 'CNY',
      total: amount,
      baseTotal: amount,
      baseCurrency: 'CNY',
      lines: [{ label: 'Office chair', quantity: '5', unitPrice: '680.00', amount }],
      notes: [],
    },
    routing: [],
  };
}
