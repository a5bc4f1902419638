/**
 * The business state of one replenishment: one product in one warehouse, from the reorder point that it fell below to the
 * purchase that fills it up. Pure. Quantities are plain decimals in the unit that the product is bought in.
 */
import { createHash } from 'node:crypto';
import type { StockLevel, StockPlace } from '../../connectors/erp/stock-port.ts';
import type { Requisition } from '../../events/purchase-requisition-submitted.ts';
import { add, compare, divide, multiply, subtract } from '../../money/money.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import type { FailureAction, StepFailure } from '../../requests/domain/step-failure.ts';

/** Name of the state machine, and of the actor in the record. */
export const REPLENISHMENT_KIND = 'replenishment';

/** `replenished`: the purchase is paid. The others but `recovered` are how people, or the checks, ended it. */
export type ReplenishmentOutcome =
  | 'replenished'
  | 'recovered'
  | 'refused'
  | 'rejected'
  | 'withdrawn'
  | 'cancelled'
  | 'expired';

export interface ReplenishmentState extends StockPlace {
  /** Counts the replenishments of the product in the warehouse, from 1. */
  readonly generation: number;
  /** What is to be bought, once it is known. */
  readonly proposal?: Proposal;
}

/** What is asked of procure-to-pay: exactly this, by {@link digest}, is believed to be Meridian's own. */
export interface Proposal {
  /** Employee id of the planner, who is the requester of the purchase. */
  readonly plannerId: string;
  readonly requisition: Requisition;
  /** SHA-256 of the requisition, see `digestOf`. */
  readonly digest: string;
  /** Days in which it is not begun again after people said no. */
  readonly pauseDays: number;
}

export type ReplenishmentHead = ProcessHead<ReplenishmentState>;

/** One for each product, warehouse and generation, ever. */
export function replenishmentId(place: StockPlace, generation: number): string {
  return `REP-${hashOf(place, String(generation)).slice(0, 20)}`;
}

/** Tells a product in a warehouse from all others. */
export function stockMark(place: StockPlace): string {
  return hashOf(place).slice(0, 32);
}

function hashOf({ warehouse, productCode }: StockPlace, ...more: readonly string[]): string {
  return createHash('sha256')
    .update([warehouse, productCode, ...more].join('\n'))
    .digest('hex');
}

export function isBelow({ forecast, minimum }: Pick<StockLevel, 'forecast' | 'minimum'>): boolean {
  return compare(forecast, minimum) < 0;
}

/** The ERP's rule: as much as the forecast, which counts what is on order, is short of the target; in whole steps. */
export function quantityFor({ target, forecast, step }: Pick<StockLevel, 'target' | 'forecast' | 'step'>): string {
  const short = subtract(target, forecast);
  const steps = divide(short, step, 0);
  const quantity = multiply(steps, step);
  return compare(quantity, short) < 0 ? add(quantity, step) : quantity;
}

/** Ends after which people do not want to see the same warning again for a while. */
const SAID_NO: readonly ReplenishmentOutcome[] = ['refused', 'rejected', 'withdrawn', 'cancelled', 'expired'];

export function isPausing(outcome: ReplenishmentOutcome): boolean {
  return SAID_NO.includes(outcome);
}

/** A replenishment whose end failed cannot be given up: it ends. */
export function replenishmentFailureActions({ step }: StepFailure): readonly FailureAction[] {
  return step === 'CloseReplenishment' ? ['retry'] : ['retry', 'cancel'];
}
