/** Executions that no request of an OA began fail: operators are shown whose process it is. */
import { describe, expect, it } from 'vitest';
import { replenishmentId } from '../../functions/inventory/domain/replenishment.ts';
import { actOnTrouble, previewAct } from '../../functions/operations/act-on-trouble.ts';
import { listTroubles } from '../../functions/operations/find-trouble.ts';
import { machineArn } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD } from '../support/payroll-world.ts';
import type { ProcessWorld, WorldOptions } from '../support/process-world.ts';
import { companyPolicies } from '../support/purchase-company.ts';
import { FIXTURE, ReplenishmentWorld } from '../support/replenishment-world.ts';
import { virtualExecutions } from '../support/virtual-executions.ts';

const OPERATOR = { name: 'E-0002', via: 'operations-page' } as const;

/** Nothing but the first step of a machine works, so that nobody can be asked. */
function allBut(first: string): { readonly fault: NonNullable<WorldOptions['fault']> } {
  return { fault: (_, name) => (name === first ? undefined : 'refused') };
}

/** What operators are shown of the one execution that failed, and the record in which its redrive stands. */
async function shownOf(world: ProcessWorld, machine: string) {
  await world.advance(3);
  const clock = { now: () => world.engine.now() };
  const randomness = { secret: () => 'secret', uuid: () => 'act-1' };
  const executions = virtualExecutions(world.engine, [machineArn(machine)]);
  const { store, directory } = world;
  const deps = { store, clock, randomness, directory, policies: companyPolicies, executions };
  const { troubles } = await listTroubles(deps);
  const refs = troubles.map(({ ref }) => ref).filter(({ kind }) => kind === 'execution');
  const [preview] = await previewAct(deps, refs, 'redrive');
  const [ref] = refs;
  if (ref === undefined || refs.length > 1) throw new Error(`${refs.length} executions failed`);
  await actOnTrouble(deps, { ref, action: 'redrive', reason: '', operator: OPERATOR });
  const { processId = 'operations' } = preview?.trouble ?? {};
  return { processId, record: (await store.readRecord(processId)).map(({ type }) => type) };
}

describe('the preview of a redrive names the process, and the redrive stands in its record', () => {
  it('of a replenishment', async () => {
    const world = new ReplenishmentWorld(allBut('OpenReplenishment'));
    await world.report(FIXTURE);

    const shown = await shownOf(world, 'replenishment');

    expect(shown.processId).toBe(replenishmentId(FIXTURE, 1));
    expect(shown.record).toContain('RedriveAsked');
  });

  it.each([
    ['of a run of payroll that somebody started for a month', { period: '2025-12' }],
    ['of a run of payroll that the schedule started, for the month before', {}],
  ])('%s', async (_name, input) => {
    const world = new PayrollWorld(allBut('OpenPayrollRun'));
    await world.begin(input);

    const shown = await shownOf(world, 'payroll-run');

    expect(shown.processId).toBe(world.runId);
    expect(shown.record).toContain('RedriveAsked');
  });

  it('of a payslip', async () => {
    const isOfPayslips = /^(Publish|Route)Payslip$/;
    const world = new PayrollWorld({ fault: (_, name) => (isOfPayslips.test(name) ? 'refused' : undefined) });
    await world.begin();
    await world.payrollAnswers();
    await world.advance(3);

    const executions = virtualExecutions(world.engine, [machineArn('payslip')]);
    const { troubles } = await listTroubles({ store: world.store, executions });
    const failed = troubles.filter(({ ref }) => ref.kind === 'execution');
    expect(failed).toHaveLength(ACTIVE);
    for (const { processId = '', executionId = '' } of failed) {
      expect(processId).toMatch(new RegExp(`^payslip-${PERIOD}-E-\\d+$`));
      expect(await executions.describe(executionId)).toMatchObject({
        input: { employeeId: processId.slice(`payslip-${PERIOD}-`.length) },
      });
    }
  });

  it('of a second run of a month, which is no process, names none', async () => {
    const world = new PayrollWorld({
      fault: (call, name) => (name === 'OpenPayrollRun' && call === 1 ? undefined : 'refused'),
    });
    await world.begin();
    await world.advance(3);
    const first = world.engine.executions().length;
    await world.begin();

    expect(world.engine.executions()).toHaveLength(first + 1);
    const executions = virtualExecutions(world.engine, [machineArn('payroll-run')]);
    const { troubles } = await listTroubles({ store: world.store, executions });
    expect(troubles.map(({ processId }) => processId).toSorted()).toEqual([world.runId, undefined]);
  });
});
