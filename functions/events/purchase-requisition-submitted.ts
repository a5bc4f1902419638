/** `meridian.oa` / `PurchaseRequisitionSubmitted`: an employee filed a purchase requisition in the OA. */
import * as z from 'zod';
import { currencySchema, decimalSchema } from '../money/money.ts';
import { choicesShape } from './choices.ts';
import { referenceSchema, requestEnvelopeSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_SUBMITTED = 'PurchaseRequisitionSubmitted';

/** At most this many lines: larger requisitions are split by the OA. */
const MAX_LINES = 100;
/** One line of a requisition. */
export const requisitionLineSchema = z.object({
  productCode: z.string().min(1).max(64),
  /** The company's own name of the kind of thing, such as `custom-made`: rules of approval name it, beside those that the ERP has. */
  category: z.string().min(1).max(32).optional(),
  /** In the product's unit of the ERP; more than zero, at most 4 digits after the point. */
  quantity: decimalSchema,
  /** Net price per unit in the requisition's currency; at most 4 digits after the point. */
  unitPrice: decimalSchema,
  /** Net amount: quantity x unit price, rounded half up to the currency's minor unit. */
  amount: decimalSchema,
});

/** What is asked for. Lines are numbered from 1 by their order. */
export const requisitionSchema = z.object({
  title: z.string().min(1).max(200),
  justification: z.string().max(2000).default(''),
  costCentre: z.string().min(1).max(32),
  /** The legal entity that buys, by the company's own code; else that of the cost centre, where the directory knows it. */
  legalEntity: z.string().min(1).max(32).optional(),
  supplierCode: z.string().min(1).max(64),
  currency: currencySchema,
  lines: z.array(requisitionLineSchema).min(1).max(MAX_LINES),
  /** Sum of the lines' amounts. */
  total: decimalSchema,
  ...choicesShape,
});
export type Requisition = z.infer<typeof requisitionSchema>;
export type RequisitionLine = z.infer<typeof requisitionLineSchema>;

/** The least that must be readable for the request to be known and its sender answered. */
export const requisitionEnvelopeSchema = requestEnvelopeSchema.extend({
  requisition: z.record(z.string(), z.unknown()),
});

/** As procure-to-pay begins: with the event of an OA, or with what Meridian's own replenishments ask for. */
export const registeredRequisitionSchema = requisitionEnvelopeSchema.extend({
  oa: referenceSchema,
  /** Step Functions shows by it which execution started which. */
  AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string().optional(),
});

/** What a replenishment asks for. */
export const ownRequisitionSchema = registeredRequisitionSchema.extend({ requisition: requisitionSchema });
export type OwnRequisition = z.infer<typeof ownRequisitionSchema>;

export const purchaseRequisitionSubmittedSchema = requisitionEnvelopeSchema.extend({ requisition: requisitionSchema });
export type PurchaseRequisitionSubmitted = z.infer<typeof purchaseRequisitionSubmittedSchema>;
