/** A leave request's whole process in memory, with the handles that a test pulls: people, the OA, the time sheets and the clock. */
import { createStoreDirectory } from '../../functions/directory/store-directory.ts';
import {
  type LeaveRequestSubmitted,
  leaveRequestEnvelopeSchema,
} from '../../functions/events/leave-request-submitted.ts';
import { LEAVE, type LeaveRequestState } from '../../functions/people/domain/leave-process.ts';
import { hearEarlyReturn } from '../../functions/people/shorten-leave.ts';
import type { FunctionParts } from './common-functions.ts';
import { companyCalendar } from './company-calendar.ts';
import { FakeTime } from './fake-time.ts';
import { callLeaveFunction } from './leave-functions.ts';
import type { WorldOptions } from './process-world.ts';
import { COMPANY, directoryData } from './purchase-company.ts';
import { RequestWorld } from './request-world.ts';

/** The manager of whoever asks for leave. */
export const MANAGER = 'E-2001';
const EMPLOYEE = 'E-1001';

/** The process of leave, over these time sheets and the company's calendar. */
export function leaveProcessOver(time: FakeTime) {
  return {
    machine: LEAVE.kind,
    callFunction: (parts: FunctionParts, name: string, payload: unknown) =>
      callLeaveFunction({ ...parts, time, calendar: companyCalendar }, name, payload),
    kind: LEAVE,
    schema: leaveRequestEnvelopeSchema,
    filedIn: ({ leave }: LeaveRequestSubmitted) => leave,
  };
}

/** The time sheets of the company's people, empty. */
export function emptyTimeSheets(): FakeTime {
  return new FakeTime(directoryData.people.map(({ employeeId, name }) => ({ employeeId, name })));
}

/** As {@link RequestWorld}, with the time sheets. Hours of waits are of the clock. */
export class LeaveWorld extends RequestWorld<LeaveRequestState, LeaveRequestSubmitted> {
  readonly time: FakeTime;

  constructor(options: WorldOptions = {}) {
    const time = emptyTimeSheets();
    super(leaveProcessOver(time), options);
    this.time = time;
  }

  /** The manager says yes. */
  async approve(): Promise<void> {
    await this.decide(MANAGER, 'approve');
  }

  /** The requester says that they come back earlier. */
  async shorten(
    event: LeaveRequestSubmitted,
    to: string,
    { by = event.requester.employeeId, eventId = `until-${to}`, endsAtNoon = false } = {},
  ): Promise<string> {
    return this.#comeBack(event, { by, eventId, to, endsAtNoon, isNotTaken: false });
  }

  /** The requester says that no day of it was taken. */
  async takeNone(event: LeaveRequestSubmitted): Promise<string> {
    const by = event.requester.employeeId;
    return this.#comeBack(event, { by, eventId: 'none', endsAtNoon: false, isNotTaken: true });
  }

  async #comeBack(
    { oa }: LeaveRequestSubmitted,
    { by, eventId, ...said }: { by: string; eventId: string; to?: string; endsAtNoon: boolean; isNotTaken: boolean },
  ): Promise<string> {
    const { metadata } = leaveEvent();
    const heard = await hearEarlyReturn(
      { ...this.deps, company: COMPANY },
      { metadata: { ...metadata, eventId }, oa, shortenedBy: { employeeId: by }, ...said, reason: 'Rain' },
    );
    await this.run();
    return typeof heard === 'string' ? heard : heard.refusal;
  }

  /** What the OA was told of one request. */
  toldOf({ oa }: LeaveRequestSubmitted): readonly string[] {
    const notices = this.notices.filter((notice) => notice.oa.requestId === oa.requestId);
    return notices.sort((one, other) => one.sequence - other.sequence).map(({ status }) => status);
  }

  /** Dates on which the employee is absent in the ERP. */
  async absentOn(): Promise<readonly string[]> {
    const days = await this.time.absencesOf(EMPLOYEE, '2025-01-01', '2027-12-31');
    return days.map(({ date }) => date);
  }

  /** Who stands in at a moment. */
  async substitutes(at: string): Promise<readonly string[]> {
    const people = await createStoreDirectory(this.store, this.directory).substitutesFor(
      EMPLOYEE,
      new Date(at),
      'order',
    );
    return people.map((one) => one.employeeId);
  }
}

/** A world in which a function does not work as long as it is down. */
export function leaveWorldWithout(functionName: string, how: 'refused' | 'dies-before' = 'refused') {
  const state = { isDown: true };
  const world = new LeaveWorld({ fault: (_, name) => (state.isDown && name === functionName ? how : undefined) });
  return { world, state };
}

/** The leave that most stories begin with: four days in March, of which Saturday and Sunday are none. */
export function leaveEvent(
  changes: { readonly leave?: object; readonly requestId?: string; readonly employeeId?: string } = {},
): LeaveRequestSubmitted {
  const { requestId = 'LV-1', employeeId = EMPLOYEE } = changes;
  return {
    metadata: {
      eventId: `event-${requestId}`,
      correlationId: requestId,
      occurredAt: '2026-01-01T08:00:00+08:00',
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId },
    leave: {
      kind: 'annual',
      from: '2026-03-06',
      to: '2026-03-09',
      startsAtNoon: false,
      endsAtNoon: false,
      reason: 'The wedding of my sister',
      ...changes.leave,
    },
  };
}
