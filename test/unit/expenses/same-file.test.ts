/** Receipts that only their files tell from others. */
import { describe, expect, it } from 'vitest';
import { keepReceipt } from '../../../functions/expenses/receipts/keep-receipt.ts';
import { receiptForm } from '../../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { expectOneOfThem } from '../../support/claims-of-one-paper.ts';
import { claimEvent, line, receipt } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { DOCUMENT } from '../../support/sample-files.ts';

const randomness = seededRandomness(7);
const pictures = { codesIn: async () => [] };

/** A file of the employee that was sent and kept. @returns its id */
async function sent({ files }: ExpenseWorld, content: Uint8Array, employeeId = 'E-1001'): Promise<string> {
  const { fileId, form } = await receiptForm({ files, randomness }, employeeId);
  files.send(form, 'receipt', content);
  await keepReceipt({ files, pictures }, [...files.arrived.keys()].at(-1) ?? '');
  return fileId;
}

describe('files in which no machine can read an invoice', () => {
  const unmarked = (fileId: string | undefined, receiptId = 'r1') =>
    receipt({ receiptId, fileId, number: undefined, sellerName: undefined, sellerTaxId: undefined });

  it('count once: of two employees who claim the same bytes at once one goes on, and the other is told', async () => {
    const world = new ExpenseWorld();
    const events = [
      claimEvent({ claim: { receipts: [unmarked(await sent(world, DOCUMENT))] } }),
      claimEvent({
        ...{ employeeId: 'E-1002', requestId: 'EX-2' },
        claim: { receipts: [unmarked(await sent(world, DOCUMENT, 'E-1002'))] },
      }),
    ];

    await expectOneOfThem(world, events);
  });

  it('are the same paper where one claim has the same bytes twice, also when an earlier version kept them', async () => {
    const world = new ExpenseWorld();
    const ids = [await sent(world, DOCUMENT), await sent(world, DOCUMENT)];
    for (const [place, { note: _none, ...kept }] of world.files.kept) {
      world.files.kept.set(place, kept);
    }
    const receipts = ids.map((fileId, index) => unmarked(fileId, `r${index}`));
    const twice = claimEvent({ claim: { receipts, lines: [line({ receiptIds: ['r0', 'r1'] })] } });

    await world.submit(twice);

    expect(world.notices[0]?.text.en).toContain('claim.receipts[1].number: is the same paper as another one');
  });

  it('are needed of a receipt that has neither number nor seller: nothing else tells it from others', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent({ claim: { receipts: [unmarked(undefined)] } });

    await world.submit(event);

    expect(world.notices[0]?.text.en).toContain('claim.receipts[0].number: nothing tells this receipt from any other');
    expect((await world.head(event)).phase).toBe('Rework');
  });
});
