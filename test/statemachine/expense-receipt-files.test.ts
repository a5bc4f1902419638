import { describe, expect, it } from 'vitest';
import { viewInPerson } from '../../functions/approvals/act-in-person.ts';
import { listTasks } from '../../functions/approvals/task-list.ts';
import type { InvoiceRegister } from '../../functions/connectors/tax/port.ts';
import type { VerificationPolicy } from '../../functions/expenses/domain/verification.ts';
import { keepReceipt } from '../../functions/expenses/receipts/keep-receipt.ts';
import { receiptForm } from '../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../support/ambient.ts';
import { expectOneOfThem } from '../support/claims-of-one-paper.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { MemoryRegister } from '../support/memory-register.ts';
import { DOCUMENT } from '../support/sample-files.ts';
import { digitalInvoiceXml, ofdInvoice } from '../support/sample-invoices.ts';
import { DIGITAL_CODE, EARLIER_CODE, jpegPicture, picture, pictureReader } from '../support/sample-pictures.ts';

const EMPLOYEE = 'E-1001';
const randomness = seededRandomness(7);
const pictures = pictureReader();

/** A file of the employee that was sent and looked at. @returns its id */
async function sent(
  { files }: ExpenseWorld,
  content: Uint8Array,
  employeeId = EMPLOYEE,
  register?: InvoiceRegister,
): Promise<string> {
  const { fileId, form } = await receiptForm({ files, randomness }, employeeId);
  files.send(form, 'receipt', content);
  await keepReceipt({ files, pictures, register }, [...files.arrived.keys()].at(-1) ?? '');
  return fileId;
}

describe('a claim whose receipts have files', () => {
  it('goes its way where each file says what was entered', async () => {
    const world = new ExpenseWorld();
    const receipts = [
      receipt({ fileId: await sent(world, digitalInvoiceXml({ amount: '100.00' })), amount: '100.00' }),
      receipt({
        receiptId: 'r2',
        number: '12345678',
        amount: '50.00',
        fileId: await sent(world, ofdInvoice({ amount: '50.00' })),
      }),
      receipt({ receiptId: 'r3', number: '7', amount: '30.00', fileId: await sent(world, DOCUMENT) }),
    ];
    const event = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r1', 'r2', 'r3'] })] } });

    await world.submit(event);
    const manager = { ...world.urgeDeps(), files: world.files };
    const [task] = (await listTasks(manager.store, MANAGER, { limit: 10 })).tasks;
    const view = task && (await viewInPerson(manager, { ...task, employeeId: MANAGER, via: 'api' }));
    expect(view?.attachments.map(({ name }) => name)).toEqual(['r1.xml', 'r2.ofd', 'r3.pdf']);
    await world.approve();
    await world.settle();

    await handInExpense(world, event, PAID);
  });

  it('goes back to its employee line by line where a file says otherwise, is not theirs, or was never kept', async () => {
    const world = new ExpenseWorld();
    const receipts = [
      receipt({ fileId: await sent(world, digitalInvoiceXml({ amount: '179.99', date: '2025-12-31' })) }),
      receipt({ receiptId: 'r2', number: '8', fileId: await sent(world, digitalInvoiceXml(), 'E-1002') }),
      receipt({ receiptId: 'r3', number: '9', fileId: await sent(world, Buffer.from('no picture')) }),
    ];
    const wrong = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r1', 'r2', 'r3'] })] } });

    await world.submit(wrong);

    const [notice] = world.notices;
    for (const words of [notice?.text.en ?? '', notice?.text.zh ?? '']) {
      expect(words).toContain('claim.receipts[0].amount');
      expect(words).toContain('claim.receipts[0].date');
      expect(words).toContain('claim.receipts[1].fileId');
      expect(words).toContain('claim.receipts[2].fileId');
      expect(words).toContain('179.99');
    }
    await handInExpense(world, wrong, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });
});

describe('a claim whose receipts are photographs', () => {
  const earlier = (sellerName: string, fileId: string, receiptId = 'r1') =>
    receipt({ receiptId, fileId, number: '12345678', sellerName, sellerTaxId: undefined });

  it('goes its way where the codes say what was entered; whoever decides is told of what no machine could read', async () => {
    const world = new ExpenseWorld();
    const digital = DIGITAL_CODE.replace('180.00', '100.00');
    const receipts = [
      receipt({ amount: '100.00', fileId: await sent(world, await jpegPicture([digital], { degrees: 7, noise: 20 })) }),
      receipt({ receiptId: 'r2', number: '7', amount: '80.00', fileId: await sent(world, await picture([])) }),
    ];
    const event = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r1', 'r2'] })] } });

    await world.submit(event);

    const [task] = (await listTasks(world.urgeDeps().store, MANAGER, { limit: 10 })).tasks;
    const manager = { ...world.urgeDeps(), files: world.files };
    const view = task && (await viewInPerson(manager, { ...task, employeeId: MANAGER, via: 'api' }));
    expect(view?.document.notes?.map(({ value }) => value)).toContain('r2.png');
    await world.approve();
    await world.settle();
    await handInExpense(world, event, PAID);
  });

  it('goes back to its employee where the code says otherwise', async () => {
    const world = new ExpenseWorld();
    const fileId = await sent(world, await picture([DIGITAL_CODE.replace('180.00', '179.99')]));
    const wrong = claimEvent({ claim: { receipts: [receipt({ fileId })] } });

    await world.submit(wrong);

    expect(world.notices[0]?.text.en).toContain('the file says 179.99 CNY');
    await handInExpense(world, wrong, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });

  it('goes back where another claim shows the same invoice at once, whatever is entered of its seller', async () => {
    const world = new ExpenseWorld();
    const one = earlier('Lotus Restaurant', await sent(world, await picture([EARLIER_CODE])));
    const fileId = await sent(world, await jpegPicture([EARLIER_CODE], { degrees: 90 }), 'E-1002');
    const other = earlier('L. R. Ltd', fileId);
    const events = [
      claimEvent({ claim: { receipts: [one] } }),
      claimEvent({ employeeId: 'E-1002', requestId: 'EX-2', claim: { receipts: [other] } }),
    ];

    await expectOneOfThem(world, events);
  });

  it('goes back where it shows one invoice twice itself, whatever is entered of its seller', async () => {
    const world = new ExpenseWorld();
    const receipts = [
      earlier('Lotus Restaurant', await sent(world, await picture([EARLIER_CODE]))),
      earlier('L. R. Ltd', await sent(world, await picture([EARLIER_CODE], { degrees: 90 })), 'r2'),
    ];
    const twice = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r1', 'r2'] })] } });

    await world.submit(twice);

    expect(world.notices[0]?.text.en).toContain('claim.receipts[1].number: is the same paper as another one');
    await handInExpense(world, twice, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });
});

describe('a claim whose invoices are verified', () => {
  const POLICY = { notGenuine: 'return', unavailable: 'review' } as const;
  const ISSUED = { number: '24312000000012345678', date: '2026-01-01', amount: '180.00', amountIs: 'total' } as const;

  /** A claim with one electronic invoice, of which the register knew this when it was sent. */
  async function submitted(
    verificationPolicy: VerificationPolicy | undefined,
    state: 'genuine' | 'voided' | 'down' | 'not-asked',
  ) {
    const world = new ExpenseWorld(verificationPolicy === undefined ? {} : { verificationPolicy });
    const register = new MemoryRegister();
    register.issue(ISSUED, state === 'voided' ? 'voided' : 'genuine');
    register.downFor = state === 'down' ? 2 : 0;
    const fileId = await sent(world, digitalInvoiceXml(), EMPLOYEE, state === 'not-asked' ? undefined : register);
    const event = claimEvent({ claim: { receipts: [receipt({ fileId })] } });
    await world.submit(event);
    const checked = (await world.record(event)).find(({ type }) => type === 'ClaimChecked');
    return { world, event, facts: checked?.facts };
  }

  it.each([
    ['genuine, of which the record has the answer', POLICY, 'genuine', [{ receiptId: 'r1', answer: 'genuine' }]],
    ['not asked about, which the record says', undefined, 'not-asked', 'not-asked'],
  ] as const)('goes its way where they are %s', async (_what, policy, state, register) => {
    const { world, event, facts } = await submitted(policy, state);

    expect(facts).toMatchObject({ register });
    await world.approve();
    await world.settle();
    await handInExpense(world, event, PAID);
  });

  it('goes back to its employee where one is voided', async () => {
    const { world, event } = await submitted(POLICY, 'voided');

    expect(world.notices[0]?.text.en).toContain('claim.receipts[0].fileId: the invoice is voided');
    expect(world.notices[0]?.text.zh).toContain('发票已作废');
    await handInExpense(world, event, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });

  it.each([
    ['voided, where the company leaves that to a reviewer', { ...POLICY, notGenuine: 'review' }, 'voided'],
    ['one of which the register said nothing', POLICY, 'down'],
    ['one that was kept before the company asked a register', POLICY, 'not-asked'],
  ] as const)('goes to a reviewer where one is %s', async (_what, policy, state) => {
    const { world, event, facts } = await submitted(policy, state);

    expect(facts).toMatchObject({ findings: 1, found: [{ field: 'claim.receipts[0].fileId' }] });
    expect((await world.head(event)).phase).toBe('Expense review');
  });
});
