/** An engineering change's whole process in memory, with the handles that a test pulls: people, the OA, the bills and the clock. */
import { CHANGE, type ChangeState } from '../../functions/engineering/domain/change-process.ts';
import { type StartedProposal, startProposedChange } from '../../functions/engineering/start-proposed-change.ts';
import {
  type EngineeringChangeSubmitted,
  engineeringChangeEnvelopeSchema,
} from '../../functions/events/engineering-change-submitted.ts';
import { callChangeFunction } from './change-functions.ts';
import { FakeEngineering } from './fake-engineering.ts';
import type { WorldOptions } from './process-world.ts';
import { RequestWorld } from './request-world.ts';

/** Who decides beside each other: engineering, production, purchasing and quality. */
export const DEPARTMENTS = ['E-3002', 'E-2006', 'E-4001', 'E-2005'] as const;
export const COST_CONTROL = 'E-3003';
const REQUESTER = 'E-1009';

/** As {@link RequestWorld}, with the bills of materials. */
export class ChangeWorld extends RequestWorld<ChangeState, EngineeringChangeSubmitted> {
  readonly engineering: FakeEngineering;

  constructor(options: WorldOptions = {}) {
    const engineering = new FakeEngineering();
    super(
      {
        machine: CHANGE.kind,
        callFunction: (parts, name, payload) => callChangeFunction({ ...parts, engineering }, name, payload),
        kind: CHANGE,
        schema: engineeringChangeEnvelopeSchema,
        filedIn: ({ change }) => change,
      },
      options,
    );
    this.engineering = engineering;
  }

  /** The poller has seen that a bill is proposed in the ERP, and what follows happens. */
  async hearProposal(proposalId: string): Promise<StartedProposal> {
    const { directory } = this.decisionDeps();
    const deps = { ...this.deps, engineering: this.engineering, directory, starter: this.starter() };
    const metadata = {
      eventId: `erp-proposal-${proposalId}`,
      correlationId: `bom-${proposalId}`,
      occurredAt: '2026-01-01T00:00:00.000Z',
      schemaVersion: '1.0',
    };
    const started = await startProposedChange(deps, { metadata, erp: { system: 'tryton' }, proposalId });
    await this.run();
    return started;
  }

  /** Every department says yes. */
  async approve(): Promise<void> {
    for (const person of DEPARTMENTS) {
      await this.decide(person, 'approve');
    }
  }
}

/** A world in which a function does not work as long as it is down. */
export function changeWorldWithout(functionName: string, how: 'refused' | 'dies-before' = 'refused') {
  const state = { isDown: true };
  const world = new ChangeWorld({ fault: (_, name) => (state.isDown && name === functionName ? how : undefined) });
  return { world, state };
}

/**
 * The change that most stories begin with: the pressure transmitter, which is made of one sensor and a quarter of a kilogram
 * of wire, gets less wire. Nothing is needed no more, so that cost control is not asked.
 */
export function changeEvent(
  changes: { readonly change?: object; readonly requestId?: string; readonly employeeId?: string } = {},
): EngineeringChangeSubmitted {
  const { requestId = 'EC-1', employeeId = REQUESTER } = changes;
  return {
    metadata: {
      eventId: `event-${requestId}`,
      correlationId: requestId,
      occurredAt: '2026-01-01T08:00:00+08:00',
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId },
    change: {
      title: 'Shorter leads',
      reason: 'The new housing is smaller',
      productCode: 'P-9001',
      effectiveOn: '2026-03-01',
      components: [
        { productCode: 'P-3001', quantity: '1' },
        { productCode: 'P-4001', quantity: '0.2' },
      ],
      ...changes.change,
    },
  };
}
