import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { MACHINES } from '../../functions/diagrams/machines.ts';
import { createPictureReader } from '../../functions/expenses/receipts/picture-reader.ts';
import { type Bundles, buildBundles } from '../../infra/bundles.ts';
import { compiledRules, RULES_FILE } from '../support/en16931-rules.ts';
import { DIGITAL_CODE, picture } from '../support/sample-pictures.ts';
import { ublInvoice } from '../support/sample-ubl.ts';
import { purchaseForm } from '../support/suite-forms.ts';
import { bundleNames, ROOT, temporaryFolder } from './project.ts';

const DIRECTORY = join(ROOT, 'local/demo/directory.json');
const CALENDAR = join(ROOT, 'local/demo/calendar.json');
const LIMIT_BYTES = 400_000;
/** Who evaluates decision tables, knows people or counts working time: by the words of their use-cases, not by their imports. */
const WITH_COMPANY_FILES = [
  'administration-pages',
  'ask-difference',
  'attachment-page',
  'auditor-pages',
  'await-change',
  'await-expense',
  'await-facts',
  'await-leave',
  'await-office-request',
  'await-payroll',
  'await-payslip',
  'book-absence',
  'check-claim',
  'check-engineering-change',
  'check-leave-request',
  'check-office-request',
  'compare-books',
  'compliance-pages',
  'dashboard-widget',
  'decision-page',
  'diagram-pages',
  'enrich-requisition',
  'follow-policies',
  'hear-requester',
  'keep-file',
  'match-invoices',
  'measure-record',
  'my-pages',
  'open-level',
  'open-payroll-run',
  'operations-pages',
  'order-pages',
  'payslip-page',
  'post-entry',
  'propose-replenishment',
  'reconcile-attendance',
  'record-erp-fact',
  'record-leave',
  'request-payment',
  'ring-alarm',
  'route-approval',
  'route-change',
  'route-expense',
  'route-leave',
  'route-office-request',
  'route-payroll',
  'route-payslip',
  'route-replenishment',
  'send-digests',
  'send-mail',
  'send-weekly-figures',
  'sign-in-page',
  'sweep-intents',
  'timeline-page',
  'validate-requisition',
  'watch-daily',
  'watch-record',
  'worklist-api',
];

/** Who reads pictures, and what lies beside it for that. */
const READS_PICTURES = 'keep-file';
const PICTURE_FILES = ['picture-worker.mjs', 'zxing_reader.wasm'];

/** Who maps forms of OA suites, by the company's tables beside it. */
const MAPS_FORMS = 'take-change';

/** Who shows diagrams, and what lies beside it for that. */
const SHOWS_DIAGRAMS = 'diagram-pages';
const DIAGRAM_FILES = [
  'diagrams',
  ...MACHINES.flatMap((machine) => ['en.bpmn', 'json', 'zh.bpmn'].map((of) => `diagrams/${machine}.${of}`)).sort(),
];

/** Who runs the rules of EN 16931, and what lies beside it for that; the processor is never part of any code. */
const RUNS_RULES = 'check-en16931';
const PROCESSOR_FILES = [
  ...['node_modules', 'node_modules/axios', 'node_modules/axios/index.cjs', 'node_modules/axios/package.json'],
  ...['node_modules/saxon-js', 'node_modules/saxon-js/LICENSE.txt', 'node_modules/saxon-js/SaxonJS2N.js'],
  'node_modules/saxon-js/package.json',
];
const RULE_FILES = ['rules', 'rules/en16931-ubl.sef.json', 'rules/version.txt'];

const COMPANY_FILES = [
  'company',
  'company/calendar.json',
  'company/directory.json',
  'company/forms.json',
  'company/rules.json',
];

const scratch = temporaryFolder();
let bundles: Bundles;
/** Of a company that has otherwise what it may choose: another ERP, and no calendar. */
let others: Bundles;

beforeAll(async () => {
  others = await buildBundles({
    folder: join(scratch, 'others'),
    directoryFile: DIRECTORY,
    currency: 'CNY',
    erp: 'odoo',
  });
  bundles = await buildBundles({
    folder: join(scratch, 'bundles'),
    directoryFile: DIRECTORY,
    currency: 'CNY',
    erp: 'tryton',
    calendarFile: CALENDAR,
    invoiceRulesFile: RULES_FILE,
    formsFiles: { feishu: formsWith({}) },
  });
});

/** A file of forms, but for a change. */
function formsWith(changes: object): string {
  const file = join(scratch, 'forms.json');
  writeFileSync(file, JSON.stringify({ forms: [{ ...purchaseForm, ...changes }] }));
  return file;
}

function files(name: string): readonly string[] {
  return readdirSync(join(scratch, 'bundles', name), { recursive: true })
    .map(String)
    .sort();
}

/** A file like the demonstration's calendar, but for a change. */
function calendarWith(change: (calendar: ReturnType<typeof JSON.parse>) => void): string {
  const calendar = JSON.parse(readFileSync(CALENDAR, 'utf8'));
  change(calendar);
  const file = join(scratch, 'calendar.json');
  writeFileSync(file, JSON.stringify(calendar));
  return file;
}

describe('bundles', () => {
  test('are there for every handler', () => {
    expect([...bundles.keys()].sort()).toEqual(bundleNames());
  });

  test('load by themselves as Lambda loads them, and export their handlers', async () => {
    const urls = bundleNames().map((name) => pathToFileURL(join(scratch, 'bundles', name, 'index.mjs')).href);
    const program = `
      const exported = {};
      for (const url of ${JSON.stringify(urls)}) {
        exported[url] = await import(url).then(({ handler }) => typeof handler, (error) => String(error));
      }
      console.log(JSON.stringify(exported));`;

    // In a process of its own: the runner of tests lends modules a `require` that Lambda does not have.
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);

    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(urls.map((url) => [url, 'function'])));
  });

  test("hold code only, the company's files where they are read, and the decoder of pictures where it is used", () => {
    const withCompany = bundleNames().filter((name) => files(name).includes('company/rules.json'));

    expect(withCompany).toEqual(WITH_COMPANY_FILES);
    for (const name of bundleNames()) {
      const company = withCompany.includes(name) ? COMPANY_FILES : [];
      const rules = name === RUNS_RULES ? [...PROCESSOR_FILES, ...RULE_FILES] : [];
      expect(files(name)).toEqual([
        ...(name === MAPS_FORMS ? ['company', 'company/suite-forms.json'] : []),
        ...[...company, ...(name === SHOWS_DIAGRAMS ? DIAGRAM_FILES : []), 'index.mjs'],
        ...(name === READS_PICTURES ? PICTURE_FILES : []),
        ...rules,
      ]);
    }
  });

  test('read a picture with what lies beside them, and nothing of it is in the code that a cold start loads', async () => {
    const beside = (file: string) => join(scratch, 'bundles', READS_PICTURES, file);
    const reader = createPictureReader({
      workerFile: beside('picture-worker.mjs'),
      wasmFile: beside('zxing_reader.wasm'),
      limitMilliseconds: 20_000,
    });

    expect(await reader.codesIn(await picture([DIGITAL_CODE]))).toEqual([DIGITAL_CODE]);
    expect(readFileSync(beside('index.mjs'), 'utf8')).not.toContain('readBarcodes');
  });

  test('carry nothing of what lays diagrams out: they were made before', () => {
    const carrying = bundleNames().filter((name) =>
      /bpmn:SequenceFlow|bpmndi:BPMNShape/.test(readFileSync(join(scratch, 'bundles', name, 'index.mjs'), 'utf8')),
    );

    expect(carrying).toEqual([]);
  });

  test('check an invoice that has arrived in the bucket by the rules that lie beside them', async () => {
    const bucket = createServer((_request, response) => response.end(ublInvoice({ amount: '181.00' })));
    await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
    const address = bucket.address();
    const env = {
      ...{ ...process.env, ATTACHMENT_BUCKET: 'files', AWS_REGION: 'eu-central-1' },
      ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x' },
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    };
    const index = pathToFileURL(join(scratch, 'bundles', RUNS_RULES, 'index.mjs')).href;
    const program = `
      const { handler } = await import(${JSON.stringify(index)});
      console.log(JSON.stringify(await handler({ key: 'incoming/receipt-1/invoice.xml' }, {})));`;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });
    bucket.close();

    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      report: { outcome: 'checked', rules: '1.3.16 (sha256 39f9d282867f)', fatal: 1, broken: [{ id: 'BR-CO-15' }] },
    });
  });

  test('have the processor of the rules beside the one function that runs them, as its package has it', () => {
    const beside = (file: string) => join(scratch, 'bundles', RUNS_RULES, file);
    const saxon = (file: string) => join(ROOT, 'node_modules/saxon-js', file);

    for (const file of ['LICENSE.txt', 'SaxonJS2N.js']) {
      expect(readFileSync(beside(`node_modules/saxon-js/${file}`)).equals(readFileSync(saxon(file)))).toBe(true);
    }
    const without = bundleNames().filter((name) => name !== RUNS_RULES);
    const mentioning = without.filter((name) =>
      readFileSync(join(scratch, 'bundles', name, 'index.mjs'), 'utf8').includes('saxon'),
    );
    expect(mentioning).toEqual([]);
  });

  test('hold the same bytes of the same rules, whenever and wherever they were compiled', async () => {
    const folders = [join(scratch, 'bundles', RUNS_RULES, 'rules'), await compiledRules()];
    const [here, elsewhere] = folders.map((folder) => readFileSync(join(folder, 'en16931-ubl.sef.json')));

    expect(here?.equals(elsewhere ?? Buffer.of())).toBe(true);
  });

  test('can fetch nothing with the processor that is beside the rules', async () => {
    const axios = join(scratch, 'bundles', RUNS_RULES, 'node_modules/axios/index.cjs');

    const { default: refuse } = await import(pathToFileURL(axios).href);

    expect(() => refuse('https://example.com')).toThrow('nothing is fetched');
  });

  test('have their source maps beside them, not in what is deployed', () => {
    expect(bundleNames().filter((name) => !existsSync(join(scratch, 'bundles-maps', `${name}.mjs.map`)))).toEqual([]);
  });

  test('are under 400 KB but for those that the decision on sizes names', () => {
    const excused = readFileSync(join(ROOT, 'docs/adr/0009-bundle-sizes.md'), 'utf8');
    const large = [...bundles.values()].filter(({ bytes }) => bytes > LIMIT_BYTES).map(({ name }) => name);

    expect(large.filter((name) => !excused.includes(`\`${name}\``))).toEqual([]);
  });

  test("hold the connector to the company's ERP, and to no other", () => {
    const callers = (of: Bundles, call: string) =>
      [...of.values()]
        .filter(({ folder: code }) => readFileSync(join(code, 'index.mjs'), 'utf8').includes(call))
        .map(({ name }) => name);
    expect(callers(others, '/json/2/')).toContain('create-order');
    // Odoo's has no ledger and no time sheets: fewer functions hold it.
    expect(callers(bundles, 'common.db.login')).toEqual(expect.arrayContaining(callers(others, '/json/2/')));
    expect([...callers(others, 'common.db.login'), ...callers(bundles, '/json/2/')]).toEqual([]);
  });

  test('are the same bytes when they are built again, wherever', async () => {
    const again = await buildBundles({
      folder: join(scratch, 'again'),
      directoryFile: DIRECTORY,
      currency: 'CNY',
      erp: 'tryton',
      calendarFile: CALENDAR,
    });
    const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
    const hashes = (of: Bundles) => [...of.values()].map(({ name, folder }) => [name, hash(join(folder, 'index.mjs'))]);

    expect(hashes(again)).toEqual(hashes(bundles));
  });

  test('are not built with a directory that does not hold together, and everything wrong is named', async () => {
    const directoryFile = join(scratch, 'directory.json');
    const directory = JSON.parse(readFileSync(DIRECTORY, 'utf8'));
    directory.people[2].managerId = 'nobody';
    directory.costCentres[0].departmentId = 'nowhere';
    writeFileSync(directoryFile, JSON.stringify(directory));

    const building = buildBundles({ folder: join(scratch, 'never'), directoryFile, currency: 'CNY', erp: 'tryton' });

    await expect(building).rejects.toThrow(/people\[2\]\.managerId.*costCentres\[0\]\.departmentId/s);
    expect(existsSync(join(scratch, 'never'))).toBe(false);
  });

  test('are not built with a directory that has no such post as the rules name, and the cell is named', async () => {
    const directoryFile = join(scratch, 'directory.json');
    const directory = JSON.parse(readFileSync(DIRECTORY, 'utf8'));
    directory.posts = directory.posts.filter(({ postId }: { postId: string }) => postId !== 'it-manager');
    for (const person of directory.people) {
      person.posts = person.posts.filter((post: string) => post !== 'it-manager');
    }
    writeFileSync(directoryFile, JSON.stringify(directory));

    const building = buildBundles({ folder: join(scratch, 'never'), directoryFile, currency: 'CNY', erp: 'tryton' });

    await expect(building).rejects.toThrow(/row 2, column "approver": the company has no post it-manager/);
  });

  test('are not built with a calendar that contradicts itself, and the field is named', async () => {
    const calendarFile = calendarWith((calendar) => calendar.years['2026'].makeUpDays.push('2026-02-16'));

    const building = buildBundles({
      folder: join(scratch, 'never'),
      directoryFile: DIRECTORY,
      calendarFile,
      currency: 'CNY',
      erp: 'tryton',
    });

    await expect(building).rejects.toThrow(/years\.2026\.makeUpDays\[6\].*is a holiday as well/s);
  });

  test('are not built with a calendar of so little work that a wait would outlast the time-outs', async () => {
    const calendarFile = calendarWith((calendar) => {
      calendar.workingHours = [{ from: '09:00', to: '11:00' }];
    });

    const building = buildBundles({
      folder: join(scratch, 'never'),
      directoryFile: DIRECTORY,
      calendarFile,
      currency: 'CNY',
      erp: 'tryton',
    });

    await expect(building).rejects.toThrow(
      /approval-levels\.dmn, table "Approval levels", row 6.*expire after hours must be 1\d\d or less: by the calendar China/s,
    );
  });

  test('count by the clock where the company has no calendar', () => {
    const folder = others.get('open-level')?.folder ?? '';
    expect(JSON.parse(readFileSync(join(folder, 'company/calendar.json'), 'utf8'))).toBeNull();
  });

  test('are not built without a directory, and the missing file is named', async () => {
    const building = buildBundles({
      folder: join(scratch, 'never'),
      directoryFile: join(scratch, 'nowhere.json'),
      currency: 'CNY',
      erp: 'tryton',
    });

    await expect(building).rejects.toThrow(/nowhere\.json.*cannot be read/);
  });

  test('are not built with a table of forms that does not fit the events, and the place in its file is named', async () => {
    const { 'requisition.currency': _currency, ...fields } = purchaseForm.fields;
    const building = buildBundles({
      ...{ folder: join(scratch, 'never'), directoryFile: DIRECTORY, currency: 'CNY' },
      erp: 'tryton',
      formsFiles: { feishu: formsWith({ fields }) },
    });

    await expect(building).rejects.toThrow(
      /forms\.json: forms\[0\]\.fields\.requisition\.currency: is missing, and PurchaseRequisitionSubmitted needs it/,
    );
    expect(existsSync(join(scratch, 'never'))).toBe(false);
  });

  test.each([
    ['is not there', 'nowhere.xslt', undefined, /nowhere\.xslt.*cannot be read.*europeanInvoices\.rulesFile/],
    ['is none of the rules', 'other.xslt', '<xsl:stylesheet/>', /other\.xslt.*is no stylesheet of the rules for UBL/],
    ['is damaged', 'damaged.xslt', 'start', /damaged\.xslt.*cannot be compiled/],
  ])('are not built with a file of rules that %s, and it is named', async (_what, name, content, message) => {
    const invoiceRulesFile = join(scratch, name);
    if (content !== undefined) {
      // The beginning of the real one names all that tells it from others.
      writeFileSync(invoiceRulesFile, content === 'start' ? readFileSync(RULES_FILE).subarray(0, 50_000) : content);
    }

    const building = buildBundles({
      ...{ folder: join(scratch, 'never'), directoryFile: DIRECTORY, currency: 'CNY', erp: 'tryton' },
      invoiceRulesFile,
    });

    await expect(building).rejects.toThrow(message);
    expect(existsSync(join(scratch, 'never'))).toBe(false);
  });
});
