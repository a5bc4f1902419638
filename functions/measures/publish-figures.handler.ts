import { eventHandler } from '../runtime/handler.ts';
import { logMetrics } from '../runtime/measures.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './publish-figures.env.ts';
import { publishFigures } from './publish-figures.ts';

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, (_event: unknown, variables) => {
  const { store, clock } = processDeps(variables);
  return publishFigures({ store, clock, metrics: logMetrics(variables), currency: companyFacts(variables).currency });
});
