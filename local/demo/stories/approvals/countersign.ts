import { SignInBrowser } from '../../../identity/sign-in-browser.ts';
import { decideByMail } from '../../approver.ts';
import { fieldsOf, openTask } from '../../task-list.ts';
import { demand, type Story } from '../stage.ts';

const REQUESTER = 'E-1101';
const MANAGER = 'E-2101';
const HEAD = 'E-3103';
const DIRECTORS = ['E-3101', 'E-3102'] as const;

/** 3,225 EUR, which are 25,800 CNY: above 20,000 the GmbH is bound by its managing directors together. */
const WRENCHES = {
  title: 'Torque wrenches',
  costCentre: 'CC-E100',
  supplierCode: 'SUP-004',
  currency: 'EUR',
  lines: [{ productCode: 'P-6001', quantity: '15', unitPrice: '215.00' }],
};

export const countersign: Story = {
  title: 'Countersign (会签): two managing directors decide together, one by the link of a mail, one signed in',
  async play(stage) {
    const requestId = await stage.file(REQUESTER, WRENCHES);
    await decideByMail(await stage.mailTo(MANAGER, requestId), 'approve');
    await decideByMail(await stage.mailTo(HEAD, requestId), 'approve', 'In the plan of this quarter');
    const [first, second] = DIRECTORS;
    const mails = [await stage.mailTo(first, requestId), await stage.mailTo(second, requestId)];
    stage.say('manager and department head approved; both managing directors have a mail');

    await decideByMail(mails[0] ?? (await stage.mailTo(first, requestId)), 'approve', 'Agreed');
    const browser = new SignInBrowser();
    const { pagesUrl } = stage.cloud;
    await browser.signIn(`${pagesUrl}/me`, { id: second });
    const page = await openTask(browser, pagesUrl, requestId);
    demand(!stage.hasAnswer(requestId, 'ordered'), 'it was ordered although one of two had not signed');
    await browser.open(page.url, { form: { ...fieldsOf(page), action: 'approve', comment: 'Agreed as well' } });
    const { processId } = await stage.answer(requestId, 'ordered');
    stage.say('one signed by the link, the other signed in and signed on the list of tasks: it is ordered');
    return [
      {
        processId,
        expected: [
          ['LevelOpened', { approverIds: [...DIRECTORS] }],
          ['DecisionMade', { employeeId: first, action: 'approve', via: 'link' }],
          ['DecisionMade', { employeeId: second, action: 'approve', via: 'signed-in' }],
          ['ApprovalClosed', { outcome: 'approved' }],
          ['OrderCreated'],
        ],
      },
    ];
  },
};
