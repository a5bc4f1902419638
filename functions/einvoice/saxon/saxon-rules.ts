/**
 * The official rules by SaxonJS: their XSLT makes a report in SVRL (ISO/IEC 19757-3, annex D), whose failed assertions are the
 * broken rules. The stylesheet was compiled before; at run time nothing but the invoice is parsed, and nothing is fetched.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SaxonJS, { type SaxonNode } from 'saxon-js';
import { ConfigError } from '../../runtime/errors.ts';
import type { BrokenRule } from '../domain/rule-report.ts';
import type { InvoiceRules } from '../port.ts';

/** Names of the compiled rules and of the text that says which they are. */
const RULES_FILE = 'en16931-ubl.sef.json';
const VERSION_FILE = 'version.txt';

/** Codes of errors that are of the stylesheet: it is damaged, or of another version of the processor. */
const OF_STYLESHEET = /^(SXJS|XTSE)/;

/**
 * @param folder - of the compiled rules; read at the first call and kept
 */
export function createSaxonRules(folder: string): InvoiceRules {
  let loaded: { readonly stylesheet: unknown; readonly version: string } | undefined;
  const rules = () => {
    loaded ??= { stylesheet: JSON.parse(read(folder, RULES_FILE)), version: read(folder, VERSION_FILE).trim() };
    return loaded;
  };
  return {
    get version() {
      return rules().version;
    },
    async brokenBy(xml) {
      const { stylesheet } = rules();
      const report = evaluated(stylesheet, xml);
      return report && [...failedAssertions(report)];
    },
  };
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new ConfigError(`the rules of EN 16931 are not beside the function: ${file}; deploy it again`, { cause });
  }
}

/** Undefined: a rule met a value that is not of its type. */
function evaluated(stylesheetInternal: unknown, sourceText: string): SaxonNode | undefined {
  try {
    const options = { stylesheetInternal, sourceText, destination: 'document' } as const;
    return unheard(() => SaxonJS.transform(options, 'sync').principalResult);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (OF_STYLESHEET.test(code)) {
      throw new ConfigError(`the rules of EN 16931 cannot be run: ${code}`, { cause });
    }
    return undefined;
  }
}

/** The processor writes the value that it could not count with to the console, whatever its options say: no log may have it. */
function unheard<Result>(work: () => Result): Result {
  const { log } = console;
  console.log = () => undefined;
  try {
    return work();
  } finally {
    console.log = log;
  }
}

function* failedAssertions(report: SaxonNode): Generator<BrokenRule> {
  for (const root of children(report)) {
    for (const node of children(root)) {
      if (node.localName === 'failed-assert') {
        yield {
          id: node.getAttribute('id') ?? '',
          flag: node.getAttribute('flag') === 'warning' ? 'warning' : 'fatal',
          location: shortPath(node.getAttribute('location') ?? ''),
          text: (node.textContent ?? '').trim().replace(/\s+/g, ' '),
        };
      }
    }
  }
}

function* children(node: SaxonNode): Generator<SaxonNode> {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    yield child;
  }
}

/** For people: names without their namespaces. */
function shortPath(path: string): string {
  return path.replace(/\*:|\[namespace-uri\(\)='[^']*'\]/g, '');
}
