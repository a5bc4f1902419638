import { reportDaysOfDataLeft } from '../runtime/calendar.ts';
import { erpPort, ledgerPort } from '../runtime/erp.ts';
import { eventHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './sweep-intents.env.ts';
import { type IntentSweep, sweepIntents } from './sweep-intents.ts';

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, async (_event: unknown, variables): Promise<IntentSweep> => {
  reportDaysOfDataLeft(variables);
  const deps = processDeps(variables);
  return sweepIntents({ ...deps, erp: erpPort(variables, deps), ledger: ledgerPort(variables, deps) });
});
