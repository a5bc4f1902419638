/** Stock that is reported as short becomes an execution: no more of them than the configured rate, and none lost. */
import type { StockPlace, StockPort } from '../connectors/erp/stock-port.ts';
import type { ProcessStarter } from '../process/resumer.ts';
import { takeStart } from '../process/start-rate.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConnectorTransientError } from '../runtime/errors.ts';
import { isBelow, REPLENISHMENT_KIND, stockMark } from './domain/replenishment.ts';
import { nextGeneration, readStockItem } from './stock-items.ts';

export interface StartReplenishmentDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly stock: StockPort;
  readonly starter: ProcessStarter;
  readonly startsPerMinute: number;
}

/** `open`, `paused`: there is nothing to begin. `not-below`: the ERP does not say so. */
export type StartedReplenishment = 'started' | 'already-started' | 'open' | 'paused' | 'not-below';

/**
 * The execution is named after the product, the warehouse and the generation: reported twice, it begins once.
 * @throws ConnectorTransientError when no start is left in this minute: the report comes again.
 */
export async function startReplenishment(
  deps: StartReplenishmentDeps,
  place: StockPlace,
): Promise<StartedReplenishment> {
  const generation = await nextGeneration(deps, (await readStockItem(deps.store, place))?.value);
  if (typeof generation === 'string') {
    return generation;
  }
  if (!(await takeStart(deps, REPLENISHMENT_KIND, deps.startsPerMinute))) {
    throw new ConnectorTransientError(`no start is left in this minute: ${deps.startsPerMinute} have begun`);
  }
  const [level] = await deps.stock.readStock([place]);
  if (level === undefined || !isBelow(level)) {
    return 'not-below';
  }
  const { productCode, warehouse } = place;
  return deps.starter.start(`${REPLENISHMENT_KIND}-${stockMark(place)}-${generation}`, {
    productCode,
    warehouse,
    generation,
  });
}
