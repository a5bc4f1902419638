/** `meridian.erp` / `SupplierInvoiceReceived`: a supplier's invoice was entered. A pointer: the reader asks the ERP again before it believes it. */
import * as z from 'zod';
import { erpFactSchema } from './erp-fact.ts';

export const SUPPLIER_INVOICE_RECEIVED = 'SupplierInvoiceReceived';

export const supplierInvoiceReceivedSchema = erpFactSchema.extend({ invoiceId: z.string().min(1).max(64) });
