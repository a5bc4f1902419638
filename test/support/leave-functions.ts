/** The functions that the machine of leave requests calls, by name: the inputs of their handlers, the real use-cases. */
import type { WorkingCalendar } from '../../functions/calendar/domain/calendar.ts';
import type { TimePort } from '../../functions/connectors/erp/time-port.ts';
import * as awaitLeaveHandler from '../../functions/people/await-leave.handler.ts';
import { awaitLeave } from '../../functions/people/await-leave.ts';
import * as bookAbsenceHandler from '../../functions/people/book-absence.handler.ts';
import { checkLeaveRequest } from '../../functions/people/check-leave-request.ts';
import * as closeLeaveHandler from '../../functions/people/close-leave.handler.ts';
import { closeLeave } from '../../functions/people/close-leave.ts';
import * as routeLeaveHandler from '../../functions/people/route-leave.handler.ts';
import { routeLeave } from '../../functions/people/route-leave.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { callCommonFunction, type FunctionParts, processIdIn } from './common-functions.ts';

/** What leave requests need beside what every process does. */
export interface LeaveParts {
  readonly time: TimePort;
  readonly calendar: WorkingCalendar;
}

/** What the deployed function of a name would return; it throws as the function would. */
export async function callLeaveFunction(
  parts: FunctionParts & LeaveParts,
  functionName: string,
  payload: unknown,
): Promise<unknown> {
  const { deps, time, calendar, directory, alarms, waitClock, policies, company, pagesUrl } = parts;
  switch (functionName) {
    case 'CheckLeaveRequest':
      return checkLeaveRequest({ ...deps, time, calendar, directory, policies, company }, processIdIn(payload));
    case 'RouteLeave':
      return routeLeave({ ...deps, directory, policies, company }, parseInput(routeLeaveHandler.input, payload));
    case 'BookAbsence':
      return bookAbsenceHandler.bookAbsence(
        { ...deps, time, directory },
        parseInput(bookAbsenceHandler.input, payload),
      );
    case 'AwaitLeave':
      await awaitLeave(
        { ...deps, alarms, waitClock, policies, directory },
        parseInput(awaitLeaveHandler.input, payload),
      );
      return null;
    case 'CloseLeave': {
      const recordUrl = async (id: string) => `${pagesUrl}/record/${id}`;
      return closeLeave({ ...deps, recordUrl }, parseInput(closeLeaveHandler.input, payload));
    }
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}
