/** What is to be bought so that the stock is filled up: by the ERP's figures of this moment and the company's table. */
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { ErpPort, ProductFacts } from '../connectors/erp/port.ts';
import type { StockLevel, StockPort } from '../connectors/erp/stock-port.ts';
import type { Directory } from '../directory/port.ts';
import { OWN_SYSTEM, SCHEMA_VERSION } from '../events/envelope.ts';
import type { OwnRequisition, Requisition } from '../events/purchase-requisition-submitted.ts';
import { convert, multiply, roundToCurrency } from '../money/money.ts';
import { rememberPolicies } from '../policy/policy-versions.ts';
import type { Policies, ReplenishmentRule } from '../policy/port.ts';
import { type ProcessDeps, registeredHead, updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { filedSchema } from '../requests/domain/request.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import {
  isBelow,
  type Proposal,
  quantityFor,
  REPLENISHMENT_KIND,
  type ReplenishmentHead,
  type ReplenishmentState,
} from './domain/replenishment.ts';

export interface ProposeDeps extends ProcessDeps {
  readonly erp: ErpPort;
  readonly stock: StockPort;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export type Proposed =
  | { readonly outcome: 'proposed' /** What procure-to-pay is started with. */; readonly event: OwnRequisition }
  /** The stock is not below its reorder point any more, or has none. */
  | { readonly outcome: 'recovered' };

/**
 * Idempotent: what was proposed once is proposed again.
 * @throws BusinessRuleError `no-supplier`, `no-price`, `no-rate` or `no-planner`: somebody has to add it, in the ERP or in the
 *   directory.
 */
export async function proposeReplenishment(deps: ProposeDeps, processId: string): Promise<Proposed> {
  const head = await registeredHead<ReplenishmentState>(deps.store, processId);
  if (head.interruption !== undefined) {
    return { outcome: 'recovered' };
  }
  if (head.state.proposal !== undefined) {
    return proposeAgain(deps, head, head.state.proposal);
  }
  const [level] = await deps.stock.readStock([head.state]);
  if (level === undefined || !isBelow(level)) {
    return { outcome: 'recovered' };
  }
  const { requisition, rule } = await compose(deps, level);
  const policy = deps.policies.inForce();
  await rememberPolicies(deps, policy);
  const plannerId = await plannerOf(deps.directory, rule.planner);
  const digest = digestOf(filedSchema.parse(requisition));
  const proposal: Proposal = { plannerId, requisition, digest, pauseDays: rule.pauseDays };
  return updateProcess<ReplenishmentState, Proposed>(deps, processId, (current) => {
    const { state } = current;
    if (state.proposal !== undefined) {
      return { output: proposed(current, state.proposal) };
    }
    return {
      change: {
        entries: [
          {
            type: 'ReplenishmentProposed',
            actor: { kind: 'meridian', id: REPLENISHMENT_KIND },
            facts: {
              ...factsOf(level),
              ...purchaseFacts(requisition),
              requesterId: plannerId,
              digest,
              policyDigest: policy.digest,
              ruledBy: [rule.ruledBy],
            },
          },
        ],
        phase: PHASE,
        state: { ...state, proposal },
      },
      output: proposed(current, proposal),
    };
  });
}

/** The process may have waited for an operator meanwhile. */
function proposeAgain(deps: ProcessDeps, { processId }: ReplenishmentHead, proposal: Proposal): Promise<Proposed> {
  return updateProcess<ReplenishmentState, Proposed>(deps, processId, (head) => ({
    ...(head.phase === PHASE ? {} : { change: { entries: [], phase: PHASE } }),
    output: proposed(head, proposal),
  }));
}

const PHASE = 'Purchase';

function proposed({ processId, startedAt }: ReplenishmentHead, { plannerId, requisition }: Proposal): Proposed {
  return {
    outcome: 'proposed',
    event: {
      metadata: {
        eventId: processId,
        correlationId: processId,
        occurredAt: startedAt,
        schemaVersion: SCHEMA_VERSION,
      },
      oa: { system: OWN_SYSTEM, requestId: processId },
      requester: { employeeId: plannerId },
      requisition,
    },
  };
}

async function compose(deps: ProposeDeps, level: StockLevel) {
  const { supplierCode, productCode, categories, warehouse } = level;
  if (supplierCode === undefined) {
    throw new BusinessRuleError('no-supplier', `the ERP has no supplier of ${productCode}: add one there`);
  }
  const [product] = await deps.erp.findProducts([productCode], supplierCode);
  const price = product?.supplierPrice;
  if (product === undefined || price === undefined) {
    throw new BusinessRuleError('no-price', `the ERP has no price of ${supplierCode} for ${productCode}: add it there`);
  }
  const quantity = quantityFor(level);
  const total = roundToCurrency(multiply(quantity, price.amount), price.currency);
  const rate = await deps.erp.exchangeRate(price.currency, companyDate(deps.clock, deps.company.timeZone));
  if (rate === undefined) {
    throw new BusinessRuleError('no-rate', `the ERP has no exchange rate of ${price.currency} for today: add it there`);
  }
  const { amount } = convert({ amount: total, currency: price.currency }, rate, deps.company.currency);
  const rule = await deps.policies.replenishmentRule({ warehouse, categories, amount });
  const line = { productCode, quantity, unitPrice: price.amount, amount: total };
  return { rule, requisition: requisitionOf(level, product, rule, supplierCode, price.currency, line) };
}

function requisitionOf(
  level: StockLevel,
  { name }: ProductFacts,
  { costCentre }: ReplenishmentRule,
  supplierCode: string,
  currency: string,
  line: Requisition['lines'][number],
): Requisition {
  const { warehouse, productCode, unit, onHand, forecast, minimum, target } = level;
  return {
    title: `补货 Replenishment: ${name} (${productCode}), ${warehouse}`.slice(0, MAX_TITLE),
    justification: `${unit}: 现存 on hand ${onHand}, 预计 forecast ${forecast}, 最低 minimum ${minimum}, 目标 target ${target}`,
    costCentre,
    supplierCode,
    currency,
    lines: [line],
    total: line.amount,
  };
}

/** As the contract of requisitions allows. */
const MAX_TITLE = 200;

/** The first of several holders of a post. */
async function plannerOf(directory: Directory, rule: string): Promise<string> {
  const [kind, id = ''] = rule.split(':');
  const people = kind === 'post' ? await directory.holdersOf(id) : [await directory.person(id)];
  const planner = people.find((person) => person?.active === true);
  if (planner === undefined) {
    throw new BusinessRuleError('no-planner', `nobody plans the stock: ${rule} names nobody who is active`);
  }
  return planner.employeeId;
}

function factsOf({ onHand, forecast, minimum, target, unit }: StockLevel) {
  return { onHand, forecast, minimum, target, unit };
}

function purchaseFacts({ supplierCode, currency, total, costCentre, lines }: Requisition) {
  return { supplierCode, currency, total, costCentre, quantity: lines[0]?.quantity ?? '0' };
}
