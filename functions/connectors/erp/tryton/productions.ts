/** Production orders of Tryton: from waiting for their components on. */
import * as z from 'zod';
import { type FollowedOrder, MOST_ORDERS, type ReachedStage } from '../orders-port.ts';
import { ordered } from './ordered.ts';
import type { Domain, TrytonSession } from './session.ts';
import { dateField, instant, numberField, textField } from './wire.ts';

const PRODUCTION = 'production';
/** Of one that is ordered and not done; requests and drafts are proposals. */
const OPEN = ['waiting', 'assigned', 'running'];
const PROPOSALS = ['request', 'draft'];
const numberedShape = z.object({ id: z.int(), number: z.string() });

export function openProductions(tryton: TrytonSession, company: number, after: number) {
  const domain: Domain = [
    ['company', '=', company],
    ['number', '!=', null],
    ['state', 'in', OPEN],
    ['id', '>', after],
  ];
  return tryton.find(PRODUCTION, domain, numberedShape, ['number'], {}, MOST_ORDERS);
}

export async function changedProductions(
  tryton: TrytonSession,
  company: number,
  since: Date,
): Promise<readonly string[]> {
  const domain: Domain = [...ordered(company, PROPOSALS), ['last_modified_at', '>=', instant(since)]];
  const productions = await tryton.findInPages(PRODUCTION, domain, numberedShape, ['number']);
  return productions.map(({ number }) => number);
}

const productionShape = z.object({
  id: z.int(),
  number: z.string(),
  state: z.enum(['waiting', 'assigned', 'running', 'done', 'cancelled']),
  quantity: numberField,
  planned_date: dateField.nullable(),
  effective_start_date: dateField.nullable(),
  effective_date: dateField.nullable(),
  'product.': z.object({ code: textField, name: z.string() }).nullable(),
  'unit.': z.object({ name: z.string() }).nullable(),
});
type Production = z.infer<typeof productionShape>;
const PRODUCTION_FIELDS = [
  ...['number', 'state', 'quantity', 'planned_date', 'effective_start_date', 'effective_date'],
  ...['product.code', 'product.name', 'unit.name'],
];

export async function readProduction(
  tryton: TrytonSession,
  company: number,
  number: string,
): Promise<FollowedOrder | undefined> {
  const domain: Domain = [...ordered(company, PROPOSALS), ['number', '=', number]];
  const [production] = await tryton.find(PRODUCTION, domain, productionShape, PRODUCTION_FIELDS);
  if (production === undefined) {
    return undefined;
  }
  const { state, quantity, planned_date: promisedOn, 'product.': product, 'unit.': unit } = production;
  return {
    kind: 'production-order',
    orderNumber: production.number,
    ...(product === null ? {} : { product: { ...product, quantity, unit: unit?.name ?? '' } }),
    ...(promisedOn === null ? {} : { promisedOn }),
    state: state === 'done' ? 'closed' : state === 'cancelled' ? 'cancelled' : 'open',
    reached: reached(production),
  };
}

function reached({
  state,
  effective_start_date: startedOn,
  effective_date: finishedOn,
}: Production): readonly ReachedStage[] {
  const isStarted = state === 'running' || state === 'done';
  return [
    { stage: 'ordered', isWhole: true },
    ...(isStarted
      ? [{ stage: 'in-production', isWhole: true, ...(startedOn === null ? {} : { on: startedOn }) } as const]
      : []),
    ...(state === 'done'
      ? [{ stage: 'finished', isWhole: true, ...(finishedOn === null ? {} : { on: finishedOn }) } as const]
      : []),
  ];
}
