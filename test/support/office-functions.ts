/** The functions that the machine of office requests calls, by name: the inputs of their handlers, the real use-cases. */
import * as awaitHandler from '../../functions/office/await-office-request.handler.ts';
import { awaitOfficeRequest } from '../../functions/office/await-office-request.ts';
import { checkOfficeRequest } from '../../functions/office/check-office-request.ts';
import * as closeHandler from '../../functions/office/close-office-request.handler.ts';
import { closeOfficeRequest } from '../../functions/office/close-office-request.ts';
import type { CompiledForm } from '../../functions/office/compile-form.ts';
import { numberDocument } from '../../functions/office/number-document.ts';
import * as routeHandler from '../../functions/office/route-office-request.handler.ts';
import { routeOfficeRequest } from '../../functions/office/route-office-request.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { callCommonFunction, type FunctionParts, processIdIn } from './common-functions.ts';

/** What the deployed function of a name would return; it throws as the function would. */
export async function callOfficeFunction(
  parts: FunctionParts & { readonly startingForms: readonly CompiledForm[] },
  functionName: string,
  payload: unknown,
): Promise<unknown> {
  const { deps, directory, alarms, waitClock, policies, company, pagesUrl, startingForms } = parts;
  switch (functionName) {
    case 'CheckOfficeRequest':
      return checkOfficeRequest({ ...deps, directory, policies, company, startingForms }, processIdIn(payload));
    case 'RouteOfficeRequest':
      return routeOfficeRequest({ ...deps, directory, policies, company }, parseInput(routeHandler.input, payload));
    case 'NumberDocument':
      return numberDocument({ ...deps, company }, processIdIn(payload));
    case 'AwaitOfficeRequest':
      await awaitOfficeRequest(
        { ...deps, alarms, waitClock, policies, directory },
        parseInput(awaitHandler.input, payload),
      );
      return null;
    case 'CloseOfficeRequest': {
      const recordUrl = async (id: string) => `${pagesUrl}/record/${id}`;
      return closeOfficeRequest({ ...deps, recordUrl }, parseInput(closeHandler.input, payload));
    }
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}
