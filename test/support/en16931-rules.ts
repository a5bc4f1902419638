/** The official rules as the tests have them: the set-up brings the stylesheet, and they are compiled once for all tests. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InvoiceRules } from '../../functions/einvoice/port.ts';
import { createSaxonRules } from '../../functions/einvoice/saxon/saxon-rules.ts';
import { compiledInvoiceRules } from '../../infra/invoice-rules.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.local/en16931');
export const RULES_FILE = join(FOLDER, 'EN16931-UBL-validation.xslt');

/** The rules and their version as they lie beside the function; compiling takes a quarter of a minute: give a hook time. */
export async function compiledRules(): Promise<string> {
  if (!existsSync(RULES_FILE)) {
    throw new Error('the rules of EN 16931 are not there: run `node local/setup/setup.mjs --for test`');
  }
  const compiled = join(FOLDER, `compiled-${fingerprint()}`);
  if (!existsSync(compiled)) {
    // Tests in other processes may do so at the same time: whoever is first is kept.
    const own = `${compiled}-${process.pid}`;
    for (const [name, content] of Object.entries(await compiledInvoiceRules(RULES_FILE))) {
      await mkdir(dirname(join(own, name)), { recursive: true });
      await writeFile(join(own, name), content);
    }
    await rename(own, compiled).catch((error: unknown) => {
      if (!existsSync(compiled)) throw error;
    });
  }
  return join(compiled, 'rules');
}

export async function officialRules(): Promise<InvoiceRules> {
  return createSaxonRules(await compiledRules());
}

/** Of all that what is compiled depends on. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const others = ['infra/invoice-rules.ts', 'node_modules/xslt3/package.json'].map((file) => join(ROOT, file));
  for (const file of [RULES_FILE, ...others]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
