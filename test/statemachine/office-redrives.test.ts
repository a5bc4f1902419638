import { OFFICE } from '../../functions/office/domain/office-process.ts';
import { machineArn } from '../support/machines.ts';
import { handInOffice } from '../support/office-end.ts';
import { OfficeWorld, officeEvent } from '../support/office-world.ts';
import { describeRedrives } from './redrive-suite.ts';

const event = officeEvent();

describeRedrives('the execution of an office request that fails', {
  world: (options) => new OfficeWorld(options),
  event,
  machineArn: machineArn(OFFICE.kind),
  route: 'RouteOfficeRequest',
  firstRoute: 'RouteApproval',
  phase: 'Office approval',
  handIn: (world, expected, unfit) => handInOffice(world, event, expected, unfit),
});
