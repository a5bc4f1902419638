/** A row of the approval levels names who is to know: they are copied as the approval is asked, and nothing waits for them. */
import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { listCopies } from '../../functions/worklist/list-copies.ts';
import { isInvolved } from '../../functions/worklist/list-requests.ts';
import { companyPolicies, directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { handInPurchase } from '../support/purchase-end.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const ACCOUNTANT = 'E-4003';
const ADDRESS = 'wu.fang@meridian.example';
/** 620,000 CNY: the demonstration's tables copy accounting. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '100', unitPrice: '6200.00', amount: '620000.00' }],
    total: '620000.00',
  },
};

/** The company's rules, but every order is copied to accounting and to a post. */
const policies: Policies = {
  ...companyPolicies,
  approvalLevels: async (question) => {
    const [first, ...others] = await companyPolicies.approvalLevels(question);
    const copyTo = { row: 1, rules: ['post:accounting', 'post:it-manager'] };
    return first === undefined || question.subject !== 'order' ? [...others] : [{ ...first, copyTo }, ...others];
  },
};

/** Nobody is IT manager any more, and whoever was in accounting has left. */
const people = directoryData.people.map((one) => ({
  ...one,
  posts: one.posts.filter((post) => post !== 'it-manager'),
  active: one.active && one.employeeId !== ACCOUNTANT,
}));

const copiesOf = (world: PurchaseWorld) =>
  listCopies({ store: world.store, directory: createFileDirectory(directoryData) }, ACCOUNTANT, { limit: 10 });

describe('a purchase whose approval a row of the rules copies to a post', () => {
  it('is mailed to its holder in their language, recorded by its row, and theirs to read', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent(LARGE);

    await world.submit(event);

    const [mail, ...others] = world.mails.filter(({ to }) => to === ADDRESS);
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('抄送：Chairs and paper');
    expect(mail?.text).toContain('抄送人：审批规则');
    const entry = (await world.record(event)).find(({ type }) => type === 'CopiedByRule');
    expect(entry).toMatchObject({
      actor: { kind: 'meridian' },
      facts: { to: [ACCOUNTANT], copies: [{ employeeId: ACCOUNTANT, row: 8, rule: 'post:accounting' }] },
    });
    expect((await copiesOf(world)).copies).toMatchObject([{ title: 'Chairs and paper', total: '620000.00', by: '' }]);
    const { processId } = await world.head(event);
    expect(await isInvolved(world.store, processId, ACCOUNTANT)).toBe(false);
    expect(await world.decideByLink(await world.linkOf(ACCOUNTANT), 'approve')).toMatchObject({
      refusal: 'copied-only',
    });
  });

  it('tells them how it ended, and goes on as without them', async () => {
    const world = new PurchaseWorld({ policies });
    const event = requisitionEvent();
    await world.submit(event);

    await world.approveOrder();

    expect(world.mails.filter(({ to }) => to === ADDRESS).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('抄送：Chairs and paper'),
      expect.stringContaining('已批准'),
    ]);
    expect((await copiesOf(world)).copies).toMatchObject([{ outcome: 'approved' }]);
    expect(await world.head(event)).toMatchObject({ phase: 'Goods receipt' });
    expect(await world.damages(event)).toEqual([]);
  });

  it('is copied once for each version', async () => {
    const world = new PurchaseWorld({ policies });
    const event = requisitionEvent();
    await world.submit(event);
    await world.returnIt('E-2001');
    await world.resubmit(requisitionEvent());

    expect((await world.entryTypes(event)).filter((type) => type === 'CopiedByRule')).toHaveLength(2);
    expect((await copiesOf(world)).copies).toHaveLength(2);
  });

  it('is stopped neither by a vacant post nor by a leaver: nobody is copied, and the record says why', async () => {
    const directory = createFileDirectory({ ...directoryData, people });
    const world = new PurchaseWorld({ policies, directory });
    const event = requisitionEvent();
    await world.submit(event);

    const routed = (await world.record(event)).find(({ type }) => type === 'ApprovalRouted');
    expect(routed?.facts.routing).toEqual([
      expect.objectContaining({ kind: 'not-copied', reason: 'post:accounting (row 1): the post is vacant' }),
      expect.objectContaining({ kind: 'not-copied', reason: 'post:it-manager (row 1): the post is vacant' }),
    ]);
    expect(await world.entryTypes(event)).not.toContain('CopiedByRule');
    expect(await world.decide('E-2001', 'reject', 'too dear')).toMatchObject({ outcome: 'rejected' });
    await handInPurchase(world, event, { record: 'reject rejected', erp: 'nothing', oa: 'accepted rejected' });
  });
});
