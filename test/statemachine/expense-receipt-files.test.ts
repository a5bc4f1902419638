import { describe, expect, it } from 'vitest';
import { viewInPerson } from '../../functions/approvals/act-in-person.ts';
import { listTasks } from '../../functions/approvals/task-list.ts';
import { keepReceipt } from '../../functions/expenses/receipts/keep-receipt.ts';
import { receiptForm } from '../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../support/ambient.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { DOCUMENT } from '../support/sample-files.ts';
import { digitalInvoiceXml, ofdInvoice } from '../support/sample-invoices.ts';

const EMPLOYEE = 'E-1001';
const randomness = seededRandomness(7);

/** A file of the employee that was sent and looked at. @returns its id */
async function sent({ files }: ExpenseWorld, content: Uint8Array, employeeId = EMPLOYEE): Promise<string> {
  const { fileId, form } = await receiptForm({ files, randomness }, employeeId);
  files.send(form, 'receipt', content);
  await keepReceipt(files, [...files.arrived.keys()].at(-1) ?? '');
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

    await handInExpense(world, event, {
      record: 'approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted posted paid',
    });
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
