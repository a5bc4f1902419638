/** The official rules as the tests have them: the set-up brings the stylesheet, and they are compiled once for all tests. */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InvoiceRules } from '../../functions/einvoice/port.ts';
import { createSaxonRules } from '../../functions/einvoice/saxon/saxon-rules.ts';
import { compiledInvoiceRules } from '../../infra/invoice-rules.ts';

const FOLDER = join(import.meta.dirname, '../../.local/en16931');
export const RULES_FILE = join(FOLDER, 'EN16931-UBL-validation.xslt');

/** What lies beside the function that has them. */
export const COMPILED_RULES = join(FOLDER, 'compiled');

/** Compiling takes a quarter of a minute: give a hook that waits for it time. */
export async function officialRules(): Promise<InvoiceRules> {
  if (!existsSync(COMPILED_RULES)) {
    // Tests in other processes may do so at the same time: whoever is first is kept.
    const own = `${COMPILED_RULES}-${process.pid}`;
    for (const [name, content] of Object.entries(await compiledInvoiceRules(RULES_FILE))) {
      await mkdir(dirname(join(own, name)), { recursive: true });
      await writeFile(join(own, name), content);
    }
    await rename(own, COMPILED_RULES).catch((error: unknown) => {
      if (!existsSync(COMPILED_RULES)) throw error;
    });
  }
  return createSaxonRules(join(COMPILED_RULES, 'rules'));
}
