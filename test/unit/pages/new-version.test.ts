/** What approvers see of a version that takes the place of a returned one: what was said about that, and what changed. */
import { describe, expect, it } from 'vitest';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { claimEvent, line } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { HEAD as OFFICE_HEAD, OfficeWorld, officeEvent } from '../../support/office-world.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { firstTask, pagesOver } from '../worklist/open-my-pages.ts';
import { apiOver, firstTaskOf } from '../worklist/open-worklist-api.ts';
import { openDecisionPage } from './open-decision-page.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const COLLEAGUE = 'E-4005';
/** Of ten boxes of paper and four chairs, fewer chairs are left, and a lamp is added in place of the paper. */
const FEWER = {
  title: 'Chairs and a lamp',
  lines: [
    { productCode: 'P-1001', quantity: '3', unitPrice: '680.00', amount: '2040.00' },
    { productCode: 'P-2001', quantity: '1', unitPrice: '600.00', amount: '600.00' },
  ],
  total: '2640.00',
};

/** Said yes to by the manager, returned by the head, sent again, and with the manager. */
async function resubmitted(changes: object = FEWER) {
  const opened = await openDecisionPage();
  const { world, event } = opened;
  await world.decide(MANAGER, 'approve', 'we need them');
  await world.returnIt(HEAD, 'Ten chairs are too many');
  expect(await world.resubmit(event, { changes })).toBe('taken');
  const pageOf = async (employeeId: string, language = 'en') =>
    (await opened.visit(`/d/${await world.linkOf(employeeId)}?lang=${language}`)).text;
  return { ...opened, pageOf };
}

describe('the page of a new version', () => {
  it('shows what was said about the version before, with its version, and that it is the second', async () => {
    const { pageOf } = await resubmitted();

    const page = await pageOf(MANAGER);

    const said = card(page, 'said-before');
    expect(said).toMatch(/Approved · 王强 Wang Qiang · about version 1[\s\S]*we need them/);
    expect(said).toMatch(/Returned to the requester · .*about version 1[\s\S]*Ten chairs are too many/);
    expect(page).toContain('<dt>Version</dt><dd>2</dd>');
    expect(await pageOf(MANAGER, 'zh')).toMatch(/版本<\/dt><dd>第 2 版<[\s\S]*此前版本的审批意见[\s\S]*针对第 1 版/);
  });

  it('shows the fields and lines that are other, with how they were', async () => {
    const { pageOf } = await resubmitted();

    const changes = card(await pageOf(MANAGER), 'changes');

    expect(changes).toContain('Changed since version 1');
    expect(changes).toMatch(/<dt>Total<\/dt><dd>CN¥[\d,.]+ → now CN¥2,640\.00</);
    expect(changes).toContain('<dd>Chairs and paper → now Chairs and a lamp</dd>');
    expect(changes).toMatch(/P-2001\)<\/dt><dd>added: 1 /);
    expect(changes).toMatch(/P-1002\)<\/dt><dd>taken out: /);
    expect(card(await pageOf(MANAGER, 'zh'), 'changes')).toMatch(/与第 1 版相比的变更[\s\S]*新增：1 [\s\S]*删除：/);
  });

  it('says so where nothing that is shown has changed', async () => {
    const { pageOf } = await resubmitted({});

    expect(card(await pageOf(HEAD), 'changes')).toContain('Nothing of what is shown has changed.');
  });

  it('shows a vote that stands among those that count, and not among what was said before', async () => {
    const { pageOf } = await resubmitted({});

    const page = await pageOf(HEAD);

    expect(card(page, 'earlier')).toMatch(/about version 1, and still counted[\s\S]*we need them/);
    expect(card(page, 'said-before')).toContain('Ten chairs are too many');
    expect(card(page, 'said-before')).not.toContain('we need them');
  });

  it('shows nothing of the version before to whoever gave the task away', async () => {
    const { world, pageOf } = await resubmitted();
    await world.act(MANAGER, { kind: 'transfer', to: COLLEAGUE, comment: '' });

    expect(await pageOf(MANAGER)).not.toMatch(/said-before|we need them/);
    expect(await pageOf(COLLEAGUE)).toContain('we need them');
  });

  it('of a first version says nothing about versions', async () => {
    const { world, visit } = await openDecisionPage();

    expect((await visit(`/d/${await world.linkOf(MANAGER)}?lang=en`)).text).not.toMatch(
      /Version|"changes"|said-before/,
    );
  });

  it('has each voice once, and compares with the version before alone', async () => {
    const { world, event, pageOf } = await resubmitted();
    await world.returnIt(MANAGER, 'Still too many');
    const changes = { ...FEWER, title: 'Chairs and one lamp' };
    expect(await world.resubmit(event, { version: 2, changes })).toBe('taken');

    const page = await pageOf(MANAGER);

    expect(card(page, 'changes')).toContain('Changed since version 2');
    expect(card(page, 'changes')).not.toContain('P-1002');
    const said = [...card(page, 'said-before').matchAll(/about version (\d)[\s\S]*?class="quote">([^<]*)/g)];
    expect(said.map(([, version, words]) => [version, words])).toEqual([
      ['1', 'we need them'],
      ['1', 'Ten chairs are too many'],
      ['2', 'Still too many'],
    ]);
  });
});

it('the mail of a new version has what changed, and says where the rest is, without what was said', async () => {
  const { world } = await resubmitted();

  const { text } = world.mails.findLast(({ to }) => to === 'wang.qiang@meridian.example') ?? { text: '' };

  expect(text).toContain('第 2 版（此前版本的审批意见见页面）');
  expect(text).toMatch(/与第 1 版相比的变更 · 合计：¥[\d,.]+ → 现为 ¥2,640\.00/);
  expect(text).toMatch(/与第 1 版相比的变更 · .*P-2001\)：新增：1/);
  expect(text).not.toContain('we need them');
});

describe.each([
  [
    'a requisition',
    async () => {
      const world = new PurchaseWorld();
      const event = requisitionEvent();
      await world.submit(event);
      return { world, approver: MANAGER, again: () => world.resubmit(event, { changes: FEWER }) };
    },
    { total: { after: { amount: '2640.00' } } },
  ],
  [
    'a claim',
    async () => {
      const world = new ExpenseWorld();
      const event = claimEvent();
      await world.submit(event);
      const changes = { lines: [line({ description: 'Dinner with two customers' })] };
      return { world, approver: MANAGER, again: () => world.resubmit(event, { changes }) };
    },
    {
      lines: [
        { label: expect.stringContaining('two customers'), after: { amount: '180.00' } },
        { label: expect.stringContaining('a customer'), before: { amount: '180.00' } },
      ],
    },
  ],
  [
    'a leave',
    async () => {
      const world = new LeaveWorld();
      const event = leaveEvent();
      await world.submit(event);
      const changes = { reason: 'A wedding, two days' };
      return { world, approver: MANAGER, again: () => world.resubmit(event, { changes }) };
    },
    { notes: [{ label: { en: 'Reason' }, after: 'A wedding, two days' }] },
  ],
  [
    'an office request',
    async () => {
      const world = new OfficeWorld();
      const event = officeEvent();
      await world.submit(event);
      return { world, approver: OFFICE_HEAD, again: () => world.resubmit(event, { changes: {} }) };
    },
    { notes: [] },
  ],
  [
    'an engineering change',
    async () => {
      const world = new ChangeWorld();
      const event = changeEvent({ employeeId: 'E-1001' });
      await world.submit(event);
      const changes = { reason: 'A stronger one' };
      return { world, approver: DEPARTMENTS[0], again: () => world.resubmit(event, { changes }) };
    },
    { notes: [{ label: { en: 'Reason' }, after: 'A stronger one' }] },
  ],
] as const)('of %s', (_kind, submitted, changed) => {
  it('the API and the page have what was said and what changed', async () => {
    const { world, approver, again } = await submitted();
    await world.returnIt(approver, 'Please look at it again');
    expect(await again()).toBe('taken');
    const caller = apiOver(world).as(approver);

    const task = contract.task.parse((await caller.get((await firstTaskOf(caller)).path)).body);

    expect(task.documentVersion).toBe(2);
    expect(task.changes).toMatchObject({ since: 1, ...changed });
    expect(task.saidBefore).toMatchObject([{ version: 1, action: 'returned', comment: 'Please look at it again' }]);
    const person = await pagesOver(world).signIn(approver);
    const page = (await person.get(firstTask((await person.get('/me/tasks')).text))).text;
    expect(page).toContain('Please look at it again');
  });
});

/** A part of the page, by the id of its heading. */
function card(page: string, id: string): string {
  return new RegExp(`<section class="card" aria-labelledby="${id}">[\\s\\S]*?</section>`).exec(page)?.[0] ?? '';
}
