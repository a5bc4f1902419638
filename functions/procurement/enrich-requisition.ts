/** What the ERP says about the requisition: supplier, products, stock, agreed prices, the day's exchange rate, and the budget. */
import { choicesOf } from '../approvals/domain/chosen.ts';
import { type PlanApprovalDeps, wrongChoices } from '../approvals/plan-approval.ts';
import type { ErpPort, ProductFacts } from '../connectors/erp/port.ts';
import type { Requisition } from '../events/purchase-requisition-submitted.ts';
import { convert } from '../money/money.ts';
import { updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { completed, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { demandNotRefused, refuseRequest } from '../requests/refuse-request.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { type Enrichment, PURCHASE, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { purchaseScope } from './domain/purchase-scope.ts';
import { type ErpStepDeps, requisitionOf } from './purchase-deps.ts';
import { checkSplit } from './split-purchases.ts';

export interface EnrichDeps extends ErpStepDeps, PlanApprovalDeps {
  readonly company: CompanyFacts;
}

/**
 * What was sent in the place of a returned requisition is its next version from here on.
 * @throws ValidationError with everything that the ERP does not know, after it is recorded; ResubmissionRefusedError for a
 *   requisition that was returned, also where somebody whom it names now cannot decide.
 */
export async function enrichRequisition(deps: EnrichDeps, processId: string): Promise<void> {
  const head = await readRequest<PurchaseState>(deps, processId);
  demandNotRefused(head.state);
  const requisition = requisitionOf(head.state);
  const today = companyDate(deps.clock, deps.company.timeZone);
  const found = await askErp(deps.erp, requisition, today);
  const issues = [...found.issues];
  if (found.supplier === undefined || found.rate === undefined || issues.length > 0) {
    return refuseRequest(deps, PURCHASE, processId, issues);
  }
  const enrichment: Enrichment = {
    supplierName: found.supplier.name,
    products: found.products,
    rate: found.rate,
    baseTotal: convert(
      { amount: requisition.total, currency: requisition.currency },
      found.rate,
      deps.company.currency,
    ),
    ...(found.budget === undefined ? {} : { budget: found.budget }),
  };
  const choices = await choiceIssues(deps, head, enrichment);
  if (choices.length > 0) {
    return refuseRequest(deps, PURCHASE, processId, choices);
  }
  await updateProcess<PurchaseState, void>(deps, processId, (current) => ({
    ...(current.state.enrichment === undefined
      ? {
          change: {
            entries: [
              {
                type: 'RequisitionEnriched',
                actor: { kind: 'erp', id: 'erp' },
                facts: {
                  supplierName: enrichment.supplierName,
                  rate: enrichment.rate,
                  rateDate: today,
                  baseTotal: enrichment.baseTotal,
                  ...(enrichment.budget === undefined ? {} : { budget: { ...enrichment.budget } }),
                  version: versionAfter(current),
                  onHand: enrichment.products.map(({ code, onHand, unit }) => ({ code, onHand, unit })),
                },
              },
            ],
            ...completed(current, { ...current.state, enrichment }),
          },
        }
      : {}),
    output: undefined,
  }));
}

/**
 * Whom the requisition names in the place of a returned one: once it is the next version nothing can be sent again, and the
 * routing could only end the purchase. A first requisition ends either way, and the routing says so.
 */
async function choiceIssues(
  deps: EnrichDeps,
  head: PurchaseHead,
  enrichment: Enrichment,
): Promise<readonly FieldIssue[]> {
  const { state, requesterId } = head;
  const { amount } = enrichment.baseTotal;
  if (state.rework?.sent === undefined) {
    return [];
  }
  const requisition = requisitionOf(state);
  // The levels are those of the sum; what the check would remember is left to the routing.
  const together = (await checkSplit(deps, head, amount))?.together;
  return wrongChoices(
    {
      subject: 'order',
      requesterId,
      amount: together?.amount ?? amount,
      costCentre: requisition.costCentre,
      scope: purchaseScope({ requisition, enrichment }, deps.company.currency),
      excluded: [],
      ...choicesOf(requisition),
    },
    deps,
  );
}

async function askErp(erp: ErpPort, requisition: Requisition, today: string) {
  const codes = [...new Set(requisition.lines.map((line) => line.productCode))];
  const supplier = await erp.findSupplier(requisition.supplierCode);
  const products = supplier === undefined ? [] : await erp.findProducts(codes, requisition.supplierCode);
  const rate = await erp.exchangeRate(requisition.currency, today);
  const budget = await erp.readBudget(requisition.costCentre, today);
  const issues = [
    ...(supplier === undefined ? [supplierIssue(requisition)] : productIssues(requisition, products)),
    ...(rate === undefined ? [rateIssue(requisition, today)] : []),
  ];
  return { supplier, products, rate, budget, issues };
}

function supplierIssue(requisition: Requisition): FieldIssue {
  return {
    field: 'requisition.supplierCode',
    problem: `the ERP has no supplier ${requisition.supplierCode}`,
    remedy: 'choose an existing supplier, or have it created in the ERP first',
  };
}

function productIssues(requisition: Requisition, products: readonly ProductFacts[]): FieldIssue[] {
  return requisition.lines.flatMap((line, index) =>
    products.some((product) => product.code === line.productCode)
      ? []
      : [
          {
            field: `requisition.lines[${index}].productCode`,
            problem: `the ERP has no product ${line.productCode} that can be purchased`,
            remedy: 'choose an existing product, or have it created in the ERP first',
          },
        ],
  );
}

function rateIssue(requisition: Requisition, today: string): FieldIssue {
  return {
    field: 'requisition.currency',
    problem: `the ERP has no exchange rate of ${requisition.currency} for ${today}`,
    remedy: 'have the rate entered in the ERP, or file in another currency',
  };
}
