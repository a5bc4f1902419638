/**
 * The official rules of EN 16931 as a function needs them: the stylesheet that the European Commission publishes, compiled for
 * SaxonJS, and SaxonJS as its package has it. Its licence takes no modified copies, so that it is not part of any bundle's code.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ValidationError } from '../functions/runtime/errors.ts';

/** What a stylesheet of the rules for UBL holds, in any version. */
const OF_UBL = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';
const VERSION = /Schematron version (\d+(?:\.\d+)*)/;

/** The compiler notes when it ran: without a clock the same rules are the same bytes. */
const NO_CLOCK = `data:text/javascript,${encodeURIComponent(
  'const Clock=Date;globalThis.Date=class extends Clock{constructor(...given){super(...(given.length===0?[0]:given))}static now(){return 0}}',
)}`;

/** SaxonJS fetches documents by this package; a function that checks invoices fetches nothing. */
const NO_AXIOS = "module.exports = () => { throw new Error('nothing is fetched by this function'); };\n";

/**
 * @param file - `EN16931-UBL-validation.xslt` of a release
 * @returns files to lie beside the function, by name
 * @throws ValidationError naming the file: it cannot be read, is something else, or cannot be compiled
 */
export async function compiledInvoiceRules(file: string): Promise<Readonly<Record<string, string>>> {
  const stylesheet = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem(file, 'cannot be read', cause);
  });
  if (!stylesheet.includes(OF_UBL) || !stylesheet.includes('http://purl.oclc.org/dsdl/svrl')) {
    throw problem(file, 'is no stylesheet of the rules for UBL');
  }
  const hash = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12);
  return {
    'rules/en16931-ubl.sef.json': await compiled(file),
    'rules/version.txt': `${VERSION.exec(stylesheet)?.[1] ?? 'unknown version'} (sha256 ${hash})\n`,
  };
}

/** The processor with its licence, unchanged. */
export async function saxonPackage(): Promise<Readonly<Record<string, string>>> {
  const folder = dirname(fileURLToPath(import.meta.resolve('saxon-js')));
  const names = ['LICENSE.txt', 'SaxonJS2N.js', 'package.json'];
  const files = names.map(async (name) => [
    `node_modules/saxon-js/${name}`,
    await readFile(join(folder, name), 'utf8'),
  ]);
  return {
    ...Object.fromEntries(await Promise.all(files)),
    'node_modules/axios/package.json': '{"main":"index.cjs"}\n',
    'node_modules/axios/index.cjs': NO_AXIOS,
  };
}

async function compiled(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-rules-'));
  const compiler = fileURLToPath(import.meta.resolve('xslt3/xslt3.js'));
  const output = join(folder, 'rules.sef.json');
  try {
    const run = [`-xsl:${file}`, `-export:${output}`, '-nogo'];
    await promisify(execFile)(process.execPath, ['--import', NO_CLOCK, compiler, ...run]);
    return await readFile(output, 'utf8');
  } catch (cause) {
    throw problem(file, 'cannot be compiled', cause);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function problem(field: string, what: string, cause?: unknown): ValidationError {
  const remedy =
    'name EN16931-UBL-validation.xslt of a release of the validation artefacts in europeanInvoices.rulesFile of the company file';
  return new ValidationError([{ field, problem: what, remedy }], { cause });
}
