import { CHANGE } from '../../functions/engineering/domain/change-process.ts';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, changeEvent } from '../support/change-world.ts';
import { machineArn } from '../support/machines.ts';
import { describeRedrives } from './redrive-suite.ts';

const event = changeEvent();

describeRedrives('the execution of an engineering change that fails', {
  world: (options) => new ChangeWorld(options),
  event,
  machineArn: machineArn(CHANGE.kind),
  route: 'RouteChange',
  firstRoute: 'RouteApproval',
  phase: 'Change approval',
  // Nothing of it stands in the ERP: the bill is as it was.
  handIn: (world, expected, unfit) => handInChange(world, event, { ...expected, erp: 'P-3001 1, P-4001 0.25' }, unfit),
});
