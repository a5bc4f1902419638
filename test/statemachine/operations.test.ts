import { describe, expect, it } from 'vitest';
import { type ActOrder, type ActResult, actOnTrouble, previewAct } from '../../functions/operations/act-on-trouble.ts';
import { seeActs } from '../../functions/operations/acts.ts';
import type { OperatorAction } from '../../functions/operations/domain/trouble.ts';
import { listTroubles } from '../../functions/operations/find-trouble.ts';
import { viewProcess } from '../../functions/operations/view-process.ts';
import { ConnectorPermanentError } from '../../functions/runtime/errors.ts';
import { machineArn } from '../support/machines.ts';
import type { WorldOptions } from '../support/process-world.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { virtualExecutions } from '../support/virtual-executions.ts';

const event = requisitionEvent();
const LIN = { name: 'E-0002', via: 'operations-page' } as const;

const READER = { kind: 'person', id: LIN.name } as const;

class OperatedWorld extends PurchaseWorld {
  oaRefuses = false;

  operationDeps() {
    return { ...this.decisionDeps(), executions: virtualExecutions(this.engine, [machineArn('procure-to-pay')]) };
  }

  /** The one thing that waits. */
  async trouble() {
    const { troubles } = await listTroubles(this.operationDeps());
    const [only, ...others] = troubles;
    if (only === undefined || others.length > 0) {
      throw new Error(`${troubles.length} things wait for an operator`);
    }
    return only;
  }

  async operate(action: OperatorAction, reason = 'Mended'): Promise<ActResult> {
    const order: ActOrder = { ref: (await this.trouble()).ref, action, reason, operator: LIN };
    // No operator answers in the millisecond in which a step fails.
    await this.engine.advanceBy(2_000);
    return actOnTrouble(this.operationDeps(), order);
  }

  /** What is shown of what the operator asked for. */
  async stateOf(result: ActResult) {
    return result.kind === 'asked-for' ? (await seeActs(this.operationDeps(), [result.act]))[0]?.state : result.refusal;
  }

  protected override oa() {
    const oa = super.oa();
    return {
      tell: async (notice: Parameters<typeof oa.tell>[0]) => {
        if (this.oaRefuses) {
          throw new ConnectorPermanentError('the request was archived');
        }
        await oa.tell(notice);
      },
    };
  }
}

/** The ERP refuses the order for good. */
async function refusedOrder() {
  const world = new OperatedWorld();
  await world.submit(event);
  world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
  await world.approveOrder();
  return world;
}

/** Nobody can be asked about anything: the execution fails. */
async function failedExecution(functionName = 'RouteApproval') {
  const state = { isDown: true };
  const fault: WorldOptions['fault'] = (_, name) => (state.isDown && name === functionName ? 'refused' : undefined);
  const world = new OperatedWorld({ fault });
  await world.submit(event);
  await world.advance(3);
  return { world, state };
}

describe('a failed step', () => {
  it('is shown with its cause, and with what was already done', async () => {
    const world = await refusedOrder();
    const { processId } = await world.head(event);

    expect(await world.trouble()).toMatchObject({
      ref: { kind: 'question', processId },
      cause: { step: 'CreateOrder', error: 'ConnectorPermanentError', message: expect.stringContaining('fiscal year') },
      actions: ['retry', 'cancel'],
    });
    const done = await viewProcess(world.operationDeps(), processId, READER);
    expect(done?.timeline.entries.map(({ entry }) => entry.type)).toContain('DecisionMade');
    expect(done?.troubles).toHaveLength(1);
  });

  it('that is tried again is asked for, and done only when the step has succeeded', async () => {
    const world = await refusedOrder();
    world.erp.fault = () => undefined;

    const result = await world.operate('retry');
    const before = await world.stateOf(result);
    await world.run();

    expect(before).toBe('asked-for');
    expect(await world.stateOf(result)).toBe('done');
    expect(world.erp.allOrders()).toHaveLength(1);
    expect((await listTroubles(world.operationDeps())).troubles).toEqual([]);
  });

  it('that fails again is never shown as done', async () => {
    const world = await refusedOrder();

    const result = await world.operate('retry');
    await world.run();

    expect(await world.stateOf(result)).toBe('failed-again');
    expect((await world.trouble()).cause.step).toBe('CreateOrder');
  });

  it('that is cancelled is done only once all is undone and the process has ended', async () => {
    const world = await refusedOrder();

    const result = await world.operate('cancel', 'Ordered by telephone');
    const before = await world.stateOf(result);
    await world.run();

    expect(before).toBe('asked-for');
    expect(await world.stateOf(result)).toBe('done');
    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
  });

  it('is named by the record with who decided, where, and why', async () => {
    const world = await refusedOrder();

    await world.operate('cancel', 'Ordered by telephone');

    const made = (await world.record(event)).findLast(({ type }) => type === 'DecisionMade');
    expect(made?.facts).toMatchObject({ action: 'cancel', operator: LIN.name, via: 'operations-page' });
    const personal = await world.store.readPersonal((await world.head(event)).processId);
    expect(personal.find(({ sequence }) => sequence === made?.sequence)?.values.comment).toBe('Ordered by telephone');
  });

  it.each([
    ['skip', 'why not', 'not-offered'],
    ['redrive', '', 'not-offered'],
    ['cancel', ' ', 'reason-needed'],
  ] as const)('takes no %s with the reason "%s"', async (action, reason, refusal) => {
    const world = await refusedOrder();

    expect(await world.operate(action, reason)).toMatchObject({ kind: 'refused', refusal });
    expect((await world.trouble()).actions).toEqual(['retry', 'cancel']);
  });

  it('is answered once: whoever comes second is told that it waits no more', async () => {
    const world = await refusedOrder();
    world.erp.fault = () => undefined;
    const { ref } = await world.trouble();
    const order: ActOrder = { ref, action: 'retry', reason: '', operator: LIN };

    await actOnTrouble(world.operationDeps(), order);
    await world.run();

    expect(await actOnTrouble(world.operationDeps(), order)).toMatchObject({ refusal: 'waits-no-more' });
    expect(await previewAct(world.operationDeps(), [ref], 'retry')).toEqual([{ ref, refusal: 'waits-no-more' }]);
  });
});

describe('a preview', () => {
  it('names exactly the processes that would be touched, and changes nothing', async () => {
    const world = await refusedOrder();
    const { ref, processId, title } = await world.trouble();
    const record = await world.record(event);

    const shown = await previewAct(world.operationDeps(), [ref], 'retry');

    expect(shown).toMatchObject([{ ref, trouble: { processId, title } }]);
    expect(shown[0]?.refusal).toBeUndefined();
    expect(await previewAct(world.operationDeps(), [ref], 'skip')).toMatchObject([{ ref, refusal: 'not-offered' }]);
    expect(await world.record(event)).toEqual(record);
  });
});

describe('a step that is left out', () => {
  it('is done when the process has gone on behind it', async () => {
    const world = new OperatedWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.fault = (operation) => (operation === 'cancelOrder' ? 'refuses' : undefined);
    await world.withdraw(event);
    const waiting = await world.trouble();

    const result = await world.operate('skip', 'Cancelled by hand');
    const before = await world.stateOf(result);
    await world.run();

    expect(waiting.actions).toContain('skip');
    expect(before).toBe('asked-for');
    expect(await world.stateOf(result)).toBe('done');
  });
});

describe('an execution that failed', () => {
  it('is shown with its process, and goes on at the state that failed', async () => {
    const { world, state } = await failedExecution();
    const { processId, executionId } = await world.head(event);
    const shown = await world.trouble();
    state.isDown = false;

    const result = await world.operate('redrive');
    const before = await world.stateOf(result);
    await world.run();

    expect(shown).toMatchObject({ ref: { kind: 'execution', executionId }, processId, actions: ['redrive'] });
    expect(before).toBe('asked-for');
    expect(await world.stateOf(result)).toBe('done');
    const asked = (await world.record(event)).find(({ type }) => type === 'RedriveAsked');
    expect(asked).toMatchObject({
      actor: { kind: 'person', id: LIN.name },
      facts: { executionId, operator: LIN.name },
    });
  });

  it('that fails again is never shown as done', async () => {
    const { world } = await failedExecution();

    const result = await world.operate('redrive');
    await world.advance(3);

    expect(await world.stateOf(result)).toBe('failed-again');
  });

  it('before there was a process is recorded with the operations', async () => {
    const { world, state } = await failedExecution('RegisterRequest');
    const shown = await world.trouble();
    state.isDown = false;

    const result = await world.operate('redrive');
    await world.run();

    expect(shown.processId).toBeUndefined();
    expect(await world.stateOf(result)).toBe('done');
    expect((await world.store.readRecord('operations')).map(({ type }) => type)).toEqual(['RedriveAsked']);
  });

  it('that Step Functions does not take up is recorded as refused, and is not listed as asked for', async () => {
    const { world } = await failedExecution();
    const { executions, ...rest } = world.operationDeps();
    const refusing = { ...executions, redrive: async () => 'ExecutionNotRedrivable' };
    const { ref } = await world.trouble();

    const result = await actOnTrouble(
      { ...rest, executions: refusing },
      { ref, action: 'redrive', reason: '', operator: LIN },
    );

    expect(result).toMatchObject({ kind: 'refused', refusal: 'refused', message: 'ExecutionNotRedrivable' });
    expect((await world.entryTypes(event)).slice(-2)).toEqual(['RedriveAsked', 'RedriveRefused']);
    expect((await viewProcess(world.operationDeps(), (await world.head(event)).processId, READER))?.acts).toEqual([]);
  });
});

describe('a message that the OA refused', () => {
  async function untold() {
    const world = new OperatedWorld();
    world.oaRefuses = true;
    await world.submit(event);
    return world;
  }

  it('waits with the reason, and is sent again as the same message', async () => {
    const world = await untold();
    const shown = await world.trouble();
    const about = (await world.record(event)).find(({ type }) => type === 'OaNotTold')?.facts;
    world.oaRefuses = false;

    const result = await world.operate('send-again');
    const before = await world.stateOf(result);
    await world.run();

    expect(shown).toMatchObject({ cause: { message: 'the request was archived' }, actions: ['send-again'] });
    expect(before).toBe('asked-for');
    expect(await world.stateOf(result)).toBe('done');
    expect(world.notices).toMatchObject([{ messageId: about?.messageId, sequence: about?.about, status: 'accepted' }]);
    expect(await world.damages(event)).toEqual([]);
  });

  it('that is refused again waits again', async () => {
    const world = await untold();

    const result = await world.operate('send-again');
    await world.run();

    expect(await world.stateOf(result)).toBe('failed-again');
    expect((await world.trouble()).ref.kind).toBe('message');
  });
});
