/** The first step of a replenishment: one that is open for a product in a warehouse, however often it is reported. */
import type { StockPlace } from '../connectors/erp/stock-port.ts';
import { runningProcess } from '../process/own-process.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import {
  REPLENISHMENT_KIND,
  type ReplenishmentHead,
  type ReplenishmentState,
  replenishmentId,
} from './domain/replenishment.ts';
import { beginItem, nextGeneration, readStockItem } from './stock-items.ts';

export interface OpenReplenishmentInput extends StockPlace {
  readonly executionId: string;
  /** Which replenishment of the product and warehouse it is to be. */
  readonly generation: number;
}

export interface OpenedReplenishment {
  readonly processId: string;
  readonly registration: 'new' | 'duplicate';
}

/** Whom a replenishment belongs to before it has a planner. */
const NOBODY = 'stock';

/** The same execution asking again (its reply was lost) is not a duplicate. */
export async function openReplenishment(
  deps: ProcessDeps,
  input: OpenReplenishmentInput,
): Promise<OpenedReplenishment> {
  const processId = replenishmentId(input, input.generation);
  const before = await readHead<ReplenishmentState>(deps.store, processId);
  if (before !== undefined) {
    return openedBy(before, input);
  }
  const known = await readStockItem(deps.store, input);
  if ((await nextGeneration(deps, known?.value)) !== input.generation) {
    return { processId, registration: 'duplicate' };
  }
  const { productCode, warehouse, generation, executionId } = input;
  const head = newHead(deps, processId, input);
  const facts = { productCode, warehouse, generation, executionId };
  const entry = {
    type: 'ReplenishmentOpened',
    actor: { kind: 'meridian', id: REPLENISHMENT_KIND },
    facts,
  } as const;
  try {
    const item = { productCode, warehouse, processId, generation, isOpen: true };
    await createProcess(deps, head, { entries: [entry] }, beginItem(known, item), `${productCode} @ ${warehouse}`);
    return { processId, registration: 'new' };
  } catch (error) {
    const winner =
      error instanceof ConcurrencyError ? await readHead<ReplenishmentState>(deps.store, processId) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return openedBy(winner, input);
  }
}

function openedBy({ processId, executionId }: ReplenishmentHead, asking: OpenReplenishmentInput): OpenedReplenishment {
  return { processId, registration: executionId === asking.executionId ? 'new' : 'duplicate' };
}

function newHead({ clock }: ProcessDeps, processId: string, input: OpenReplenishmentInput): ReplenishmentHead {
  const { productCode, warehouse, generation, executionId } = input;
  const state: ReplenishmentState = { productCode, warehouse, generation };
  const own = { processId, kind: REPLENISHMENT_KIND, requesterId: NOBODY, phase: 'Stock', state };
  return runningProcess(own, executionId, clock.now());
}
