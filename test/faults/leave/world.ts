/** Leave requests in a world in which every message is on its way by itself, and every function can be killed at every await. */
import type { TimePort } from '../../../functions/connectors/erp/time-port.ts';
import type { LeaveRequestSubmitted } from '../../../functions/events/leave-request-submitted.ts';
import type { LeaveRequestState } from '../../../functions/people/domain/leave-process.ts';
import { hearEarlyReturn } from '../../../functions/people/shorten-leave.ts';
import type { FunctionParts } from '../../support/common-functions.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import type { FakeTime } from '../../support/fake-time.ts';
import { callLeaveFunction } from '../../support/leave-functions.ts';
import { emptyTimeSheets, leaveProcessOver } from '../../support/leave-world.ts';
import { COMPANY } from '../../support/purchase-company.ts';
import type { Guard } from '../kit/invocations.ts';
import { bookFaults, ChaosWorld, type Planted, type Trial } from '../requests/world.ts';

/** The new end of a leave, or that none of it was taken, and who says so. */
interface EarlyReturn {
  readonly to?: string;
  readonly endsAtNoon: boolean;
  readonly isNotTaken: boolean;
  readonly by: string;
}

/** As {@link Planted}, with what only leave can have wrong. */
export interface PlantedInLeave extends Planted {
  /** Around the connector of the time sheets. */
  readonly aroundTime?: (time: TimePort) => TimePort;
}

export class LeaveChaosWorld extends ChaosWorld<LeaveRequestState, LeaveRequestSubmitted> {
  readonly time: FakeTime;
  private readonly aroundTime: NonNullable<PlantedInLeave['aroundTime']>;

  constructor(trial: Trial<PlantedInLeave>) {
    const time = emptyTimeSheets();
    super(leaveProcessOver(time), trial);
    this.time = time;
    this.aroundTime = trial.planted.aroundTime ?? ((port) => port);
  }

  /** Told again, it is the same message. */
  async comeBack({ oa, metadata }: LeaveRequestSubmitted, { by, ...said }: EarlyReturn): Promise<string> {
    const eventId = said.isNotTaken ? 'none' : `until-${said.to}-${said.endsAtNoon}`;
    const event = { metadata: { ...metadata, eventId }, oa, shortenedBy: { employeeId: by }, ...said, reason: 'Rain' };
    return this.hear('early return', (deps) => hearEarlyReturn({ ...deps, company: COMPANY }, event));
  }

  protected override callAs(guard: Guard, parts: FunctionParts, name: string, payload: unknown): Promise<unknown> {
    const time = this.aroundTime(guard<TimePort>('time', this.time, bookFaults));
    return callLeaveFunction({ ...parts, time, calendar: companyCalendar }, name, payload);
  }
}
