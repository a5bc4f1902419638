/** The rules of EN 16931, compiled when the stack was synthesized: they lie beside the bundle. */
import { join } from 'node:path';
import type { InvoiceRules } from '../einvoice/port.ts';
import { createSaxonRules } from '../einvoice/saxon/saxon-rules.ts';

let rules: InvoiceRules | undefined;

/** Kept for the life of the execution environment: to read them takes longer than to ask them. */
export function invoiceRules(): InvoiceRules {
  rules ??= createSaxonRules(join(import.meta.dirname, 'rules'));
  return rules;
}
