import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { RuleReport } from '../../../functions/einvoice/domain/rule-report.ts';
import type { InvoiceChecker } from '../../../functions/einvoice/port.ts';
import { checkReceiptFile } from '../../../functions/expenses/domain/check-receipt-file.ts';
import { europeanIdentities, receiptIdentities } from '../../../functions/expenses/domain/receipt-identity.ts';
import { ruleFindings, TOLD_OF_CLAIM } from '../../../functions/expenses/domain/rule-findings.ts';
import { readClaimFiles } from '../../../functions/expenses/receipts/claim-files.ts';
import { keepReceipt } from '../../../functions/expenses/receipts/keep-receipt.ts';
import { readReceipt } from '../../../functions/expenses/receipts/read-receipt.ts';
import { readUbl } from '../../../functions/expenses/receipts/read-ubl.ts';
import { placeOf, receiptForm, reportPlaceOf } from '../../../functions/expenses/receipts/receipt-upload.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { claimEvent, receipt } from '../../support/expense-company.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { bytes, ublCreditNote, ublInvoice } from '../../support/sample-ubl.ts';

const FINE: RuleReport = { outcome: 'checked', rules: '1', fatal: 0, warnings: 0, broken: [] };
const POLICY = { fatal: 'return', warning: 'review' } as const;

function read(xml: string) {
  return readUbl(bytes(xml))?.invoice;
}

describe('an invoice of EN 16931', () => {
  it('is read: number, day, total with VAT, currency, and seller and buyer with their VAT ids', () => {
    expect(read(ublInvoice())).toEqual({
      number: 'INV-2026-17',
      date: '2026-01-01',
      amount: '180.00',
      currency: 'EUR',
      sellerName: 'Hotel Edelweiß GmbH',
      sellerTaxId: 'ATU12345675',
      buyerTaxId: 'DE123456788',
    });
  });

  it('is read whatever prefixes it has, and with characters by their numbers', () => {
    const prefixed = ublInvoice({ sellerName: 'Hotel Edelwei&#223; &#x26; S&#246;hne' })
      .replaceAll('cbc:', 'b:')
      .replace('xmlns:cbc', 'xmlns:b')
      .replaceAll(/<(\/?)Invoice\b/g, '<$1inv:Invoice')
      .replace(' xmlns=', ' xmlns:inv=');

    expect(read(prefixed)).toMatchObject({ number: 'INV-2026-17', sellerName: 'Hotel Edelweiß & Söhne' });
  });

  it.each([
    ['no day', ublInvoice({ date: '2026-02-30' })],
    ['a total that is none', ublInvoice({ amount: 'many' })],
    ['no currency', ublInvoice({ currency: '' })],
    ['a number that is longer than a claim can say', ublInvoice({ number: 'X'.repeat(65) })],
  ])('with %s is not whole', (_what, xml) => {
    expect(readUbl(bytes(xml))).toMatchObject({ root: 'Invoice', invoice: undefined });
  });

  it('has a seller without a VAT id too, and whatever else a seller is registered for is no VAT id', () => {
    const other = ublInvoice().replace(
      'ATU12345675</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT',
      'X1</cbc:CompanyID><cac:TaxScheme><cbc:ID>LOC',
    );

    expect(read(ublInvoice({ sellerVat: '' }))).not.toHaveProperty('sellerTaxId');
    expect(read(other)).not.toHaveProperty('sellerTaxId');
  });
});

describe('a receipt and its invoice of EN 16931', () => {
  const entered = {
    number: 'INV-2026-17',
    currency: 'EUR',
    sellerName: 'Hotel Edelweiß GmbH',
    sellerTaxId: 'ATU12345675',
  };

  it.each([
    ['all', {}, []],
    ['the number by other signs', { number: 'inv 2026/17' }, []],
    ['another number', { number: 'INV-2026-18' }, ['receipt-number-differs']],
    ['another currency', { currency: 'CNY' }, ['receipt-amount-differs']],
    ['a cent more', { amount: '180.01' }, ['receipt-amount-differs']],
    ['another day', { date: '2026-01-02' }, ['receipt-date-differs']],
    ['the VAT id of another seller', { sellerTaxId: 'ATU99999999' }, ['receipt-seller-differs']],
    ['the seller by name alone', { sellerTaxId: undefined }, []],
    ['another seller by name alone', { sellerTaxId: undefined, sellerName: 'Hotel B' }, ['receipt-seller-differs']],
  ])('that say %s alike or not is told so', (_what, change, codes) => {
    const invoice = read(ublInvoice());
    if (invoice === undefined) throw new Error('not read');
    const findings = checkReceiptFile(
      receipt({ ...entered, ...change }),
      0,
      { kind: 'european', invoice, report: FINE },
      'DE123456788',
    );

    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  it('that is made out to another company goes back', () => {
    const invoice = read(ublInvoice());
    if (invoice === undefined) throw new Error('not read');

    expect(
      checkReceiptFile(receipt(entered), 0, { kind: 'european', invoice, report: FINE }, 'DE999999999'),
    ).toMatchObject([
      { code: 'receipt-buyer-differs', reason: { en: expect.stringContaining('made out to DE123456788') } },
    ]);
  });

  it('is one paper by the VAT id of its seller and its number, by whatever name its seller is entered', () => {
    const said = { number: 'INV-2026-17', sellerTaxId: 'ATU 123 456 75', sellerName: 'Hotel' };
    const one = europeanIdentities({ number: 'INV-2026-17', sellerName: 'Hotel Edelweiß' }, said);
    const typed = receiptIdentities({ number: 'inv2026 17', sellerTaxId: 'ATU12345675' });

    expect(one).toEqual(expect.arrayContaining([...typed]));
    expect(one).not.toContain(europeanIdentities({}, { ...said, sellerTaxId: 'DE1' })[0]);
    expect(europeanIdentities({}, { number: '1', sellerName: 'Hotel B' })).toEqual(['name:HOTELB:1']);
  });

  it('has three marks at most, which are reserved together', () => {
    const said = { number: '1', sellerTaxId: 'ATU2', sellerName: 'C' };

    expect(europeanIdentities({ number: '1', sellerTaxId: 'ATU1', sellerName: 'B' }, said)).toHaveLength(3);
  });
});

describe('the rules that an invoice breaks', () => {
  const rule = (index: number, flag: 'fatal' | 'warning' = 'fatal') => ({
    ...{ id: `BR-${index}`, flag, location: '/Invoice[1]', times: index },
    text: `[BR-${index}]-The total must be right.`,
  });
  const checked = (fatal: number, warnings = 0): RuleReport => ({
    ...{ outcome: 'checked', rules: '1', fatal, warnings },
    broken: [
      ...Array.from({ length: fatal }, (_, index) => rule(index + 1)),
      ...Array.from({ length: warnings }, (_, index) => rule(index + 100, 'warning')),
    ].slice(0, 40),
  });
  const told = (report: RuleReport, policy: Parameters<typeof ruleFindings>[3] = POLICY, room?: number) =>
    ruleFindings({ receiptId: 'r1' }, 2, report, policy, room);

  it('are told one by one, with what they demand and where, in both languages', () => {
    expect(told(checked(2))).toMatchObject([
      {
        ...{ code: 'receipt-rule-broken', severity: 'return', field: 'claim.receipts[2].fileId', receiptId: 'r1' },
        reason: {
          en: 'claim.receipts[2].fileId: the invoice breaks the rule BR-1 at /Invoice[1] ("The total must be right"); ask the seller for a corrected one.',
          zh: expect.stringContaining('违反规则 BR-1'),
        },
      },
      { reason: { en: expect.stringContaining('BR-2 at /Invoice[1], the first of 2 places') } },
    ]);
    expect(told(FINE)).toEqual([]);
  });

  it.each([
    [{ fatal: 'return', warning: 'review' }, ['return', 'review']],
    [{ fatal: 'review', warning: 'accept' }, ['review']],
  ] as const)('become what the company chose: %j', (policy, severities) => {
    expect(told(checked(1, 1), policy).map(({ severity }) => severity)).toEqual(severities);
  });

  it('beyond five of a receipt, and beyond what a claim has room for, are told as a number', () => {
    const nine = told(checked(9, 3));
    expect(nine.map(({ reason }) => reason.en).slice(5)).toEqual([
      expect.stringContaining('breaks 4 more rules'),
      expect.stringContaining('breaks 3 more rules'),
    ]);
    expect(told(checked(9), POLICY, 0)).toMatchObject([
      { reason: { en: expect.stringContaining('breaks 9 more rules') } },
    ]);
  });

  it('are few in a claim of 200 such invoices: its head keeps them', async () => {
    const files = new MemoryFiles();
    const ids = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(32, '0'));
    const [fileId = ''] = ids;
    await files.keep({ ...placeOf('E-1', fileId), mediaType: 'application/xml' }, bytes(ublInvoice()));
    await files.keep(
      { ...reportPlaceOf('E-1', fileId), mediaType: 'application/json' },
      strToU8(JSON.stringify(checked(40, 9))),
    );
    const receipts = ids.map((_, index) =>
      receipt({ receiptId: `r${index}`, fileId, number: 'INV-2026-17', currency: 'EUR', sellerTaxId: 'ATU12345675' }),
    );

    const { findings, ruled } = await readClaimFiles(
      { files, clock: { now: () => new Date(0) }, taxIds: {}, rulePolicy: { fatal: 'review', warning: 'review' } },
      claimEvent({ claim: { receipts } }).claim,
      'E-1',
    );

    expect(findings.filter(({ reason }) => reason.en.includes('breaks the rule')).length).toBeLessThanOrEqual(
      TOLD_OF_CLAIM,
    );
    expect(Buffer.byteLength(JSON.stringify(findings))).toBeLessThan(250_000);
    expect(Buffer.byteLength(JSON.stringify(ruled))).toBeLessThan(60_000);
  });

  it('are the seller’s to mend where they cannot be evaluated, and a person’s where nobody asked them', () => {
    expect(told({ outcome: 'inapplicable', rules: '1' })).toMatchObject([
      { code: 'receipt-rule-broken', severity: 'return' },
    ]);
    expect(told({ outcome: 'unchecked' }, { fatal: 'return', warning: 'accept' })).toMatchObject([
      { code: 'receipt-rules-not-asked', severity: 'review' },
    ]);
  });
});

describe('the file of an invoice of EN 16931', () => {
  async function arrived(xml: string, checker: InvoiceChecker = { check: async () => FINE }) {
    const files = new MemoryFiles();
    const { fileId, form } = await receiptForm({ files, randomness: seededRandomness(1) }, 'E-1');
    files.send(form, 'invoice.xml', bytes(xml));
    const key = [...files.arrived.keys()].at(-1) ?? '';
    const keep = () => keepReceipt({ files, pictures: { codesIn: async () => [] }, checker }, key);
    return { files, keep, key, read: async () => (await readReceipt(files, 'E-1', fileId)).file };
  }

  it('is kept with what the rules say of it, which are asked about where it arrived', async () => {
    const keys: string[] = [];
    const report = { ...FINE, warnings: 1 };
    const { keep, read, key } = await arrived(ublInvoice(), {
      check: async (asked) => {
        keys.push(asked);
        return report;
      },
    });

    expect(await keep()).toBe('kept');
    expect(await read()).toMatchObject({ kind: 'european', invoice: { number: 'INV-2026-17' }, report });
    expect(keys).toEqual([key]);
  });

  it('is not taken where the company takes none, and where the rules’ function finds none', async () => {
    const { files, key } = await arrived(ublInvoice());
    expect(await keepReceipt({ files, pictures: { codesIn: async () => [] } }, key)).toBe('refused');

    const { keep, read } = await arrived(ublInvoice(), { check: async () => undefined });
    expect(await keep()).toBe('refused');
    expect(await read()).toEqual({ kind: 'missing' });
  });

  it('stays where it arrived while the rules cannot be asked', async () => {
    const { files, keep, read } = await arrived(ublInvoice(), {
      check: async () => Promise.reject(new ConnectorTransientError('busy')),
    });

    await expect(keep()).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    expect(files.arrived.size).toBe(1);
    expect(await read()).toEqual({ kind: 'missing' });
  });

  it('counts as not checked where what the rules said is not beside it', async () => {
    const { files, keep, read } = await arrived(ublInvoice());
    await keep();
    const [report = ''] = [...files.kept.keys()].filter((name) => name.endsWith('.en16931'));
    files.kept.delete(report);

    expect(await read()).toMatchObject({ kind: 'european', report: { outcome: 'unchecked' } });
  });

  it('proves no expense where it is a credit note, and is unreadable where it is not whole', async () => {
    const credit = await arrived(ublCreditNote());
    await credit.keep();
    expect(await credit.read()).toEqual({ kind: 'credit-note' });
    expect(checkReceiptFile(receipt(), 0, await credit.read())).toMatchObject([
      { code: 'receipt-credit-note', severity: 'return' },
    ]);

    const half = await arrived(ublInvoice({ date: '' }));
    await half.keep();
    expect(await half.read()).toEqual({ kind: 'unreadable' });
  });
});
