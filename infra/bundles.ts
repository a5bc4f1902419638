/**
 * Bundles of the functions: one folder per `functions/**\/<name>.handler.ts[x]`, with all that it needs and nothing else.
 * Functions that decide by the company's directory, rules and calendar get these files beside their code, checked here, so that a
 * mistake in them fails the deployment and not a process. The function that reads pictures gets its decoder, and the one that
 * checks invoices of EN 16931 the rules and their processor; the one that maps forms of OA suites gets the company's tables of them, and the
 * one that shows processes their diagrams.
 */

import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { boundOfWorkingHours, parseCalendar } from '../functions/calendar/calendar-file.ts';
import { diagramFiles } from '../functions/diagrams/make-diagrams.ts';
import { parseDirectory } from '../functions/directory/directory-file.ts';
import { parseForms } from '../functions/intake/forms-file.ts';
import { compileFormFolder } from '../functions/office/form-folder.ts';
import { compileCompanyRules } from '../functions/policy/compile-rules.ts';
import { ValidationError } from '../functions/runtime/errors.ts';
import type { Company } from './config.ts';
import { compiledInvoiceRules, saxonPackage } from './invoice-rules.ts';

const ROOT = join(import.meta.dirname, '..');
/** Whoever bundles this module reads the company's files. */
const COMPANY_FILES_MODULE = 'functions/runtime/company-files.ts';

/** Whoever bundles this module reads pictures, by a thread and a decoder that lie beside it. */
const PICTURES_MODULE = 'functions/runtime/pictures.ts';

/** Whoever bundles this module runs the rules of EN 16931, by a processor that lies beside it. */
const RULES_MODULE = 'functions/einvoice/saxon/saxon-rules.ts';

/** Whoever bundles this module maps forms of OA suites. */
const SUITE_FORMS_MODULE = 'functions/runtime/suite-forms.ts';

/** Whoever bundles this module shows diagrams of the machines. */
const DIAGRAMS_MODULE = 'functions/runtime/deployed-diagrams.ts';

/** Modules that bring the connector of one ERP each. */
const ERP_VENDORS = /\/functions\/runtime\/erp-vendors\/(\w+)\.ts$/;

const NO_VENDOR = ['erp', 'ledger', 'time', 'engineering', 'stock', 'orders', 'books']
  .map((port) => `export const ${port} = undefined;`)
  .join(' ');

/** How code becomes a function's, for whoever makes more of its kind. */
export const BUNDLING = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // ES modules where a package has them: only these can be cut down to what is used.
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': join(ROOT, 'functions/runtime/lambda-credentials.ts'),
  },
  legalComments: 'none',
  // Its licence takes no modified copies: it lies beside the one function that has it.
  external: ['saxon-js'],
  // CommonJS packages inside ask for Node's own modules by a name that ES modules do not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} as const satisfies esbuild.BuildOptions;

/** A function's code, ready to be deployed. */
export interface Bundle {
  /** File name of the handler without `.handler.ts`. */
  readonly name: string;
  /** Holds `index.mjs` and, for some, `company/`, the reader of pictures, diagrams, or the rules of invoices with their processor. */
  readonly folder: string;
  /** Of `index.mjs`, which is all that a cold start loads. */
  readonly bytes: number;
}

/** All bundles by name. */
export type Bundles = ReadonlyMap<string, Bundle>;

export interface BundleOptions {
  /** Folder for the bundles; what was in it is deleted. Source maps go to `<folder>-maps`. */
  readonly folder: string;
  readonly directoryFile: string;
  /** ISO 4217: of the amounts in the rules. */
  readonly currency: string;
  /** Functions hold the connector of this ERP and of no other. */
  readonly erp: Company['erp']['kind'];
  /** Undefined: the company counts hours by the clock. */
  readonly calendarFile?: string | undefined;
  /** Undefined: the company takes no invoices of EN 16931, and the function that checks them is not deployed. */
  readonly invoiceRulesFile?: string | undefined;
  /** Tables of forms by the name of the suite; without them the company has none. */
  readonly formsFiles?: Readonly<Record<string, string>>;
}

/**
 * Bundles every handler, the same bytes for the same sources.
 * @throws ValidationError naming everything that is wrong with the directory, or with the calendar or the rules.
 */
export async function buildBundles({
  folder,
  invoiceRulesFile,
  formsFiles = {},
  erp,
  ...files
}: BundleOptions): Promise<Bundles> {
  const maps = `${folder}-maps`;
  // First: what is wrong with them is told at once, and nothing is built for it.
  const company = await companyFiles(files);
  const forms = await suiteForms(formsFiles);
  const rules = invoiceRulesFile === undefined ? {} : await compiledInvoiceRules(invoiceRulesFile);
  const [reader, saxon, diagrams, built] = await Promise.all([
    pictureReader(),
    saxonPackage(),
    diagramFiles(join(ROOT, 'statemachines')),
    bundleHandlers(folder, erp),
  ]);
  await Promise.all([folder, maps].map((path) => rm(path, { recursive: true, force: true })));
  const bundles = new Map<string, Bundle>();
  for (const { path, contents } of built.outputFiles) {
    const name = relative(folder, dirname(path));
    if (path.endsWith('.map')) {
      await write(join(maps, `${name}.mjs.map`), contents);
      continue;
    }
    await write(path, contents);
    bundles.set(name, { name, folder: dirname(path), bytes: contents.byteLength });
    const beside = {
      ...(holds(built.metafile, path, COMPANY_FILES_MODULE) ? company : {}),
      ...(holds(built.metafile, path, PICTURES_MODULE) ? reader : {}),
      ...(holds(built.metafile, path, SUITE_FORMS_MODULE) ? forms : {}),
      ...(holds(built.metafile, path, DIAGRAMS_MODULE) ? diagrams : {}),
      ...(holds(built.metafile, path, RULES_MODULE) ? { ...saxon, ...rules } : {}),
    };
    for (const [file, content] of Object.entries(beside)) {
      await write(join(dirname(path), file), content);
    }
  }
  return bundles;
}

function bundleHandlers(folder: string, erp: BundleOptions['erp']) {
  const handlers = globSync('functions/**/*.handler.{ts,tsx}', { cwd: ROOT }).sort();
  const names = handlers.map((file) => file.replace(/^.*\/|\.handler\.tsx?$/g, ''));
  return esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: handlers.map((file, index) => ({ in: file, out: `${names[index]}/index` })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    external: [...BUNDLING.external],
    plugins: [onlyErp(erp)],
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
}

function onlyErp(erp: BundleOptions['erp']): esbuild.Plugin {
  return {
    name: 'only-erp',
    setup(build) {
      build.onLoad({ filter: ERP_VENDORS }, ({ path }) => {
        const kind = ERP_VENDORS.exec(path)?.[1];
        return kind === erp ? undefined : { contents: NO_VENDOR, loader: 'js' };
      });
    },
  };
}

/** Each file is always there: one that is missing beside a function means that the deployment went wrong. */
async function companyFiles({
  directoryFile,
  calendarFile,
  currency,
}: Omit<BundleOptions, 'folder' | 'invoiceRulesFile' | 'formsFiles' | 'erp'>) {
  const [directory, calendar] = await Promise.all([
    readJson(directoryFile, 'directory').then(parseDirectory),
    calendarFile === undefined ? null : readJson(calendarFile, 'calendar').then(parseCalendar),
  ]);
  const bound = calendar === null ? undefined : boundOfWorkingHours(calendar);
  const rules = await compileCompanyRules(join(ROOT, 'rules'), { directory, currency }, bound);
  return {
    'company/directory.json': JSON.stringify(directory),
    'company/calendar.json': JSON.stringify(calendar),
    'company/rules.json': JSON.stringify(rules),
    'company/forms.json': JSON.stringify(await compileFormFolder(join(ROOT, 'rules/forms'), bound)),
  };
}

/** @throws ValidationError naming what is wrong, by its file and its place there. */
async function suiteForms(files: Readonly<Record<string, string>>) {
  const tables = await Promise.all(
    Object.entries(files).map(async ([system, file]) => [system, await formsOf(file)] as const),
  );
  return { 'company/suite-forms.json': JSON.stringify(Object.fromEntries(tables)) };
}

async function formsOf(file: string) {
  const json = await readJson(file, 'forms');
  try {
    return parseForms(json);
  } catch (cause) {
    if (!(cause instanceof ValidationError)) {
      throw cause;
    }
    throw new ValidationError(
      cause.issues.map((issue) => ({ ...issue, field: `${file}: ${issue.field}` })),
      { cause },
    );
  }
}

/** The thread that reads pictures, and its decoder as the package has it: a function fetches neither. */
async function pictureReader() {
  const worker = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ['functions/expenses/receipts/picture-worker.ts'],
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    external: [...BUNDLING.external],
    write: false,
    logLevel: 'silent',
  });
  const decoder = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return {
    'picture-worker.mjs': worker.outputFiles[0]?.contents ?? '',
    'zxing_reader.wasm': await readFile(decoder),
  };
}

async function readJson(file: string, kind: 'directory' | 'calendar' | 'forms'): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? `is no JSON: ${cause.message}` : 'cannot be read';
    const remedy = `name it in ${kind}File of the company file; an example is ${EXAMPLES[kind]}`;
    throw new ValidationError([{ field: file, problem, remedy }], { cause });
  }
}

/** By the kind of a file. */
const EXAMPLES = {
  directory: 'local/demo/directory.json',
  calendar: 'local/demo/calendar.json',
  forms: 'docs/suites.md',
} as const;

function holds({ outputs }: esbuild.Metafile, path: string, module: string): boolean {
  return (outputs[relative(ROOT, path)]?.inputs[module]?.bytesInOutput ?? 0) > 0;
}

async function write(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
