/** The functions that the machine of engineering changes calls, by name: the inputs of their handlers, the real use-cases. */
import type { EngineeringPort } from '../../functions/connectors/erp/engineering-port.ts';
import * as awaitChangeHandler from '../../functions/engineering/await-change.handler.ts';
import { awaitChange } from '../../functions/engineering/await-change.ts';
import { checkEngineeringChange } from '../../functions/engineering/check-engineering-change.ts';
import * as closeChangeHandler from '../../functions/engineering/close-change.handler.ts';
import { closeChange } from '../../functions/engineering/close-change.ts';
import * as routeChangeHandler from '../../functions/engineering/route-change.handler.ts';
import { routeChange } from '../../functions/engineering/route-change.ts';
import * as writeBomHandler from '../../functions/engineering/write-bom.handler.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { callCommonFunction, type FunctionParts, processIdIn } from './common-functions.ts';

/** What engineering changes need beside what every process does. */
export interface ChangeParts {
  readonly engineering: EngineeringPort;
}

/** What the deployed function of a name would return; it throws as the function would. */
export async function callChangeFunction(
  parts: FunctionParts & ChangeParts,
  functionName: string,
  payload: unknown,
): Promise<unknown> {
  const { deps, engineering, directory, alarms, waitClock, policies, company, pagesUrl } = parts;
  switch (functionName) {
    case 'CheckEngineeringChange':
      return checkEngineeringChange({ ...deps, engineering, directory, policies, company }, processIdIn(payload));
    case 'RouteChange':
      return routeChange({ ...deps, directory, policies, company }, parseInput(routeChangeHandler.input, payload));
    case 'WriteBom':
      return writeBomHandler.writeBom({ ...deps, engineering }, parseInput(writeBomHandler.input, payload));
    case 'AwaitChange':
      await awaitChange(
        { ...deps, alarms, waitClock, policies, directory },
        parseInput(awaitChangeHandler.input, payload),
      );
      return null;
    case 'CloseChange': {
      const recordUrl = async (id: string) => `${pagesUrl}/record/${id}`;
      return closeChange({ ...deps, recordUrl }, parseInput(closeChangeHandler.input, payload));
    }
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}
