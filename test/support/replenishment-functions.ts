/** The functions that a replenishment and its purchase call, by name: the inputs of their handlers, the real use-cases. */
import type { StockPort } from '../../functions/connectors/erp/stock-port.ts';
import * as closeHandler from '../../functions/inventory/close-replenishment.handler.ts';
import { closeReplenishment } from '../../functions/inventory/close-replenishment.ts';
import * as openHandler from '../../functions/inventory/open-replenishment.handler.ts';
import { openReplenishment } from '../../functions/inventory/open-replenishment.ts';
import { proposeReplenishment } from '../../functions/inventory/propose-replenishment.ts';
import * as routeHandler from '../../functions/inventory/route-replenishment.handler.ts';
import { routeReplenishment } from '../../functions/inventory/route-replenishment.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { type FunctionParts, processIdIn } from './common-functions.ts';
import { callFunction } from './purchase-functions.ts';

interface ReplenishmentParts extends FunctionParts {
  readonly stock: StockPort;
}

/** What the deployed function of a name would return; it throws as the function would. */
export async function callReplenishmentFunction(
  parts: ReplenishmentParts,
  functionName: string,
  payload: unknown,
): Promise<unknown> {
  const { deps, erp, stock, directory, policies, company } = parts;
  switch (functionName) {
    case 'OpenReplenishment':
      return openReplenishment(deps, parseInput(openHandler.input, payload));
    case 'ProposeReplenishment':
      return proposeReplenishment({ ...deps, erp, stock, directory, policies, company }, processIdIn(payload));
    case 'RouteReplenishment':
      return routeReplenishment({ ...deps, directory, policies, company }, parseInput(routeHandler.input, payload));
    case 'CloseReplenishment':
      return closeReplenishment(deps, parseInput(closeHandler.input, payload));
    default:
      return callFunction(parts, functionName, payload);
  }
}
