import { beforeAll, describe, expect, it } from 'vitest';
import { checkEn16931 } from '../../functions/einvoice/check-en16931.ts';
import type { InvoiceRules } from '../../functions/einvoice/port.ts';
import { keepReceipt } from '../../functions/expenses/receipts/keep-receipt.ts';
import { receiptForm } from '../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../support/ambient.ts';
import { officialRules } from '../support/en16931-rules.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { bytes, ublInvoice } from '../support/sample-ubl.ts';

const EMPLOYEE = 'E-1001';
const randomness = seededRandomness(16931);
/** What the claim says of the sample, which is in the company's currency here. */
const ENTERED = { number: 'INV-2026-17', sellerName: 'Hotel Edelweiß GmbH', sellerTaxId: 'ATU12345675' };
const sample = (changes: Parameters<typeof ublInvoice>[0] = {}) => ublInvoice({ currency: 'CNY', ...changes });

let rules: InvoiceRules;
beforeAll(async () => {
  rules = await officialRules();
});

/** A file of the employee that was sent, checked by the official rules, and kept. @returns its id */
async function sent({ files }: ExpenseWorld, xml: string, employeeId = EMPLOYEE): Promise<string> {
  const { fileId, form } = await receiptForm({ files, randomness }, employeeId);
  files.send(form, 'invoice.xml', bytes(xml));
  const checker = { check: (key: string) => checkEn16931({ files, rules }, key) };
  await keepReceipt({ files, pictures: { codesIn: async () => [] }, checker }, [...files.arrived.keys()].at(-1) ?? '');
  return fileId;
}

describe('a claim whose receipts are invoices of EN 16931', () => {
  it('goes its way where they keep the official rules and say what was entered; the record has which rules were asked', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent({ claim: { receipts: [receipt({ ...ENTERED, fileId: await sent(world, sample()) })] } });

    await world.submit(event);

    const checked = (await world.record(event)).find(({ type }) => type === 'ClaimChecked');
    expect(checked?.facts).toMatchObject({
      findings: 0,
      en16931: [{ receiptId: 'r1', outcome: 'checked', rules: '1.3.16 (sha256 39f9d282867f)', broken: [] }],
    });
    await world.approve();
    await world.settle();
    await handInExpense(world, event, PAID);
  });

  it('goes back to its employee line by line where they break a fatal rule, and where they say otherwise', async () => {
    const world = new ExpenseWorld();
    const wrongSum = await sent(world, sample({ number: 'A-1', amount: '181.00' }));
    const receipts = [
      receipt({ ...ENTERED, number: 'A-1', amount: '181.00', fileId: wrongSum }),
      receipt({ ...ENTERED, receiptId: 'r2', number: 'A-3', fileId: await sent(world, sample({ number: 'A-2' })) }),
    ];
    const wrong = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r1', 'r2'] })] } });

    await world.submit(wrong);

    const { en = '', zh = '' } = world.notices[0]?.text ?? {};
    expect(en).toContain('claim.receipts[0].fileId: the invoice breaks the rule BR-CO-15 at /Invoice[1]');
    expect(en).toContain('claim.receipts[1].number: is A-3, but the file says A-2');
    expect(zh).toContain('违反规则 BR-CO-15');
    await handInExpense(world, wrong, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });

  it.each([
    ['a rule that only warns', sample().replace('<cbc:IssueDate>', '<cbc:UUID>1</cbc:UUID><cbc:IssueDate>'), {}],
    ['a fatal rule that the company leaves to a reviewer', sample().replace('>380<', '>999<'), { fatal: 'review' }],
    ['none that could be asked in time', sample({ lines: 1_700 }), {}],
  ] as const)('goes to a reviewer where one breaks %s', async (_what, xml, choice) => {
    const world = new ExpenseWorld({ rulePolicy: { fatal: 'return', warning: 'review', ...choice } });
    const event = claimEvent({ claim: { receipts: [receipt({ ...ENTERED, fileId: await sent(world, xml) })] } });

    await world.submit(event);

    expect((await world.head(event)).phase).toBe('Expense review');
  });

  it('goes back where another claim shows the same invoice of the same seller, whatever is entered of its name', async () => {
    const world = new ExpenseWorld();
    const mine = receipt({ ...ENTERED, fileId: await sent(world, sample()) });
    const typed = receipt({ ...ENTERED, number: 'inv 2026 17', sellerName: 'Edelweiss' });
    await world.submit(claimEvent({ claim: { receipts: [mine] } }));
    const again = claimEvent({ employeeId: 'E-1002', requestId: 'EX-2', claim: { receipts: [typed] } });

    await world.submit(again);

    expect(world.notices.find(({ status }) => status === 'returned')?.text.en).toContain(
      'stands on another claim already',
    );
    expect((await world.head(again)).phase).toBe('Rework');
  });

  it('goes its way beside another claim of the same number by another seller', async () => {
    const world = new ExpenseWorld();
    const others = sample({ sellerVat: 'ATU66666666', sellerName: 'Hotel B' });
    const one = claimEvent({ claim: { receipts: [receipt({ ...ENTERED, fileId: await sent(world, sample()) })] } });
    const entered = { ...ENTERED, sellerName: 'Hotel B', sellerTaxId: 'ATU66666666' };
    const other = claimEvent({
      ...{ employeeId: 'E-1002', requestId: 'EX-2' },
      claim: { receipts: [receipt({ ...entered, fileId: await sent(world, others, 'E-1002') })] },
    });

    await world.submit(one);
    await world.submit(other);

    expect((await world.head(other)).phase).toBe('Expense approval');
  });
});
