import { LEAVE } from '../../functions/people/domain/leave-process.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { machineArn } from '../support/machines.ts';
import { describeRedrives } from './redrive-suite.ts';

const event = leaveEvent();

describeRedrives('the execution of a leave request that fails', {
  world: (options) => new LeaveWorld(options),
  event,
  machineArn: machineArn(LEAVE.kind),
  route: 'RouteLeave',
  firstRoute: 'RouteApproval',
  phase: 'Leave approval',
  handIn: (world, expected, unfit) => handInLeave(world, event, expected, unfit),
});
