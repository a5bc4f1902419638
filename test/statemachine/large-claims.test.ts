/** Claims that are as large as claims may be, in parts or in money. */
import { describe, expect, it } from 'vitest';
import { actInPerson, viewInPerson } from '../../functions/approvals/act-in-person.ts';
import { listTasks } from '../../functions/approvals/task-list.ts';
import { keepReceipt } from '../../functions/expenses/receipts/keep-receipt.ts';
import { receiptForm } from '../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../support/ambient.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { digitalInvoiceXml } from '../support/sample-invoices.ts';
import { pictureReader } from '../support/sample-pictures.ts';

/** The most that a claim takes of lines, and of receipts. */
const MOST = 200;
/** In bytes: an event of EventBridge, and an item of DynamoDB. */
const EVENT_BYTES = 256 * 1024;
const ITEM_BYTES = 400 * 1024;
const DEPARTMENT_HEAD = 'E-3001';
const FINANCE_DIRECTOR = 'E-3003';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Small things for 4.00 each, every one with a line, a receipt and the file of its invoice, in as many words as an event holds. */
async function largestClaim({ files }: ExpenseWorld) {
  const [randomness, pictures] = [seededRandomness(7), pictureReader()];
  const sellerName = '上海莲花餐饮管理有限公司浦东新区张江高科技园区第一分公司';
  const receipts = [];
  for (let index = 1; index <= MOST; index += 1) {
    const said = { number: String(24_312_000_000_000_000_000n + BigInt(index)), amount: '4.00', sellerName };
    const { fileId, form } = await receiptForm({ files, randomness }, 'E-1001');
    files.send(form, 'invoice.xml', digitalInvoiceXml(said));
    await keepReceipt({ files, pictures, register: undefined }, [...files.arrived.keys()].at(-1) ?? '');
    receipts.push(receipt({ ...said, receiptId: `r${index}`, fileId }));
  }
  const lines = receipts.map(({ receiptId }, index) =>
    line({
      category: 'office',
      amount: '4.00',
      units: 1,
      receiptIds: [receiptId],
      description: `${index + 1} ${'办公用品'.repeat(58)}`,
    }),
  );
  return claimEvent({ claim: { lines, receipts, total: '800.00', justification: '项目'.repeat(1000) } });
}

/** As somebody who is signed in and is asked one thing. */
async function decideSignedIn(world: ExpenseWorld, employeeId: string) {
  const deps = world.decisionDeps();
  const [task] = (await listTasks(deps.store, employeeId, { limit: 10 })).tasks;
  if (task === undefined) {
    throw new Error(`${employeeId} is asked nothing`);
  }
  const own = { ...task, employeeId, via: 'signed-in' } as const;
  const view = await viewInPerson(deps, own);
  if (view === undefined) {
    throw new Error(`${employeeId} sees nothing`);
  }
  const { kind } = await actInPerson(deps, own, view.link, { kind: 'decide', action: 'approve', comment: '' });
  await world.run();
  return kind;
}

describe('a claim of 200 lines and 200 receipts with their files', () => {
  it('is paid by one entry of all its lines, and fits into events and items all the way', async () => {
    const world = new ExpenseWorld();
    let largest = 0;
    world.store.onChange = (change) => {
      largest = Math.max(largest, 'value' in change ? bytesOf(change.value) : 0);
    };
    const event = await largestClaim(world);
    expect(bytesOf(event)).toBeGreaterThan(EVENT_BYTES * 0.8);
    expect(bytesOf(event)).toBeLessThan(EVENT_BYTES);

    await world.submit(event);
    await world.approve();
    await world.settle();

    const { processId } = await world.head(event);
    const written = [...(await world.record(event)), ...(await world.store.readPersonal(processId))];
    // The head holds what was claimed, and is the largest item.
    expect(largest).toBeGreaterThan(bytesOf(event.claim));
    expect(Math.max(largest, ...written.map(bytesOf))).toBeLessThan(ITEM_BYTES);
    const [entry] = world.ledger.allEntries();
    expect(entry?.lines.filter(({ debit }) => debit !== undefined)).toHaveLength(MOST);
    await handInExpense(world, event, {
      record: 'approve paid',
      erp: 'JE-1 stands 800, EP-1 completed 800.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });
});

describe('a claim of much money', () => {
  it('of 6,000 is decided by the manager, and then by the head of the department', async () => {
    const event = claimOf('6000.00', 6);
    const world = new ExpenseWorld();
    await world.submit(event);
    expect(await world.lastAsked()).toBe(MANAGER);
    await world.approve();
    expect(world.ledger.allEntries()).toEqual([]);
    expect(await world.lastAsked()).toBe(DEPARTMENT_HEAD);
    await world.decide(DEPARTMENT_HEAD, 'approve');
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve approve paid',
      erp: 'JE-1 stands 6000, EP-1 completed 6000.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it('above 50,000 is decided by all three levels in their order, each signed in', async () => {
    const event = claimOf('55000.00', 55);
    const world = new ExpenseWorld();
    await world.submit(event);

    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'refused' });
    for (const decider of [MANAGER, DEPARTMENT_HEAD, FINANCE_DIRECTOR]) {
      expect(world.ledger.allEntries()).toEqual([]);
      expect(await world.lastAsked()).toBe(decider);
      expect(await decideSignedIn(world, decider)).toBe('decided');
    }
    await world.settle();

    expect(await deciders(world, event)).toEqual([MANAGER, DEPARTMENT_HEAD, FINANCE_DIRECTOR]);
    await handInExpense(world, event, {
      record: 'approve approve approve paid',
      erp: 'JE-1 stands 55000, EP-1 completed 55000.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });
});

/** One line and its receipt. `units`: of which a rule allows 1,000 each. */
function claimOf(total: string, units: number) {
  return claimEvent({
    claim: {
      lines: [line({ category: 'office', units, amount: total })],
      receipts: [receipt({ amount: total })],
      total,
    },
  });
}

async function deciders(world: ExpenseWorld, event: ReturnType<typeof claimEvent>): Promise<readonly string[]> {
  const made = (await world.record(event)).filter(({ type }) => type === 'DecisionMade');
  return made.map(({ actor }) => actor.id);
}
