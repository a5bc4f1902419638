/** The rules of EN 16931, compiled when the stack was synthesized: they lie beside the bundle. */
import { join } from 'node:path';
import type { InvoiceRules } from '../einvoice/port.ts';
import { createSaxonRules } from '../einvoice/saxon/saxon-rules.ts';

export function invoiceRules(): InvoiceRules {
  return createSaxonRules(join(import.meta.dirname, 'rules'));
}
