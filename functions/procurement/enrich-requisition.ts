/** What the ERP says about the requisition: supplier, products, stock, agreed prices, and the day's exchange rate. */
import type { ErpPort, ProductFacts } from '../connectors/erp/port.ts';
import type { Requisition } from '../events/purchase-requisition-submitted.ts';
import { convert } from '../money/money.ts';
import { updateProcess } from '../process/update-process.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import type { Enrichment, PurchaseState } from './domain/purchase.ts';
import { type CompanyFacts, companyDate, type ErpStepDeps, readPurchase, requisitionOf } from './purchase-deps.ts';
import { refuseRequisition } from './refuse-requisition.ts';

export interface EnrichDeps extends ErpStepDeps {
  readonly company: CompanyFacts;
}

/** @throws ValidationError with everything that the ERP does not know, after it is recorded. */
export async function enrichRequisition(deps: EnrichDeps, processId: string): Promise<void> {
  const head = await readPurchase(deps, processId);
  const requisition = requisitionOf(head.state);
  const today = companyDate(deps.clock, deps.company.timeZone);
  const found = await askErp(deps.erp, requisition, today);
  const issues = [...found.issues];
  if (found.supplier === undefined || found.rate === undefined || issues.length > 0) {
    return refuseRequisition(deps, processId, issues);
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
  };
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) => ({
    ...(state.enrichment === undefined
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
                  onHand: enrichment.products.map(({ code, onHand, unit }) => ({ code, onHand, unit })),
                },
              },
            ],
            state: { ...state, enrichment },
          },
        }
      : {}),
    output: undefined,
  }));
}

async function askErp(erp: ErpPort, requisition: Requisition, today: string) {
  const codes = [...new Set(requisition.lines.map((line) => line.productCode))];
  const supplier = await erp.findSupplier(requisition.supplierCode);
  const products = supplier === undefined ? [] : await erp.findProducts(codes, requisition.supplierCode);
  const rate = await erp.exchangeRate(requisition.currency, today);
  const issues = [
    ...(supplier === undefined ? [supplierIssue(requisition)] : productIssues(requisition, products)),
    ...(rate === undefined ? [rateIssue(requisition, today)] : []),
  ];
  return { supplier, products, rate, issues };
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
