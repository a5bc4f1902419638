import { describe, expect, it } from 'vitest';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, leaveWorldWithout } from '../support/leave-world.ts';
import { machineArn } from '../support/machines.ts';
import { redriveFailed } from '../support/redrive.ts';

const event = leaveEvent();

describe('an execution of a leave request that fails', () => {
  it('over an event that cannot be registered leaves nothing behind', async () => {
    const world = new LeaveWorld();
    await world.startExecution({ ...event, oa: { system: 'demo-oa' } });

    expect(world.engine.executions()).toMatchObject([{ status: 'FAILED', error: 'ValidationError' }]);
    const unfit = ['RegisterRequest: event.oa.requestId: Invalid input: expected string, received undefined'];
    await handInLeave(world, event, { record: 'nothing', erp: 'nothing', oa: 'nothing' }, unfit);
  });

  it('before there is a process is begun again by a redrive', async () => {
    const { world, state } = leaveWorldWithout('RegisterRequest');
    await world.submit(event);
    state.isDown = false;

    await redriveFailed(world, machineArn('leave-request'));

    await handInLeave(world, event, { record: '(Leave approval)', erp: 'nothing', oa: 'accepted' });
  });

  it.each([
    ['because not even the operators can be asked', 'RouteLeave'],
    ["because the operators' question cannot be opened", 'OpenLevel'],
  ])('%s goes on with asking them after a redrive', async (_, functionName) => {
    const { world, state } = leaveWorldWithout(functionName);
    await world.submit(event);
    await world.advance(3);
    state.isDown = false;

    await redriveFailed(world, machineArn('leave-request'));
    await world.decide('operators', 'retry');

    const record = '!RouteApproval retry (Leave approval)';
    await handInLeave(world, event, { record, erp: 'nothing', oa: 'accepted' });
  });
});
