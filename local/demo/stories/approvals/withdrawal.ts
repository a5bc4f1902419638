import { openLink, postDecision } from '../../approver.ts';
import { withdrawRequisition } from '../../events.ts';
import { demand, type Story } from '../stage.ts';

const REQUESTER = 'E-1012';
const MANAGER = 'E-3004';

const CHAIR = {
  title: '办公椅 Office chair',
  costCentre: 'CC-500',
  supplierCode: 'SUP-001',
  currency: 'CNY',
  lines: [{ productCode: 'P-1001', quantity: '1', unitPrice: '680.00' }],
};

export const withdrawal: Story = {
  title: 'Withdrawal (撤回): the requester takes it back while somebody is to decide',
  async play(stage) {
    const requestId = await stage.file(REQUESTER, CHAIR);
    const { links } = await stage.mailTo(MANAGER, requestId);
    const reason = 'There is one in the cellar';
    await withdrawRequisition(stage.cloud.endpoint, stage.busName, { requestId, employeeId: REQUESTER, reason });
    const { processId } = await stage.answer(requestId, 'withdrawn');
    await stage.newsTo(MANAGER, requestId, '无需再处理');
    stage.say('it is withdrawn, and the manager was told that there is nothing left to do');

    const [link = ''] = links;
    const { status } = await postDecision(link, 'approve');
    demand(status === 409, `the link of what was withdrawn was answered with HTTP ${status}, not 409`);
    demand(!(await openLink(link)).html.includes('value="approve"'), 'the link still offers to approve it');
    return [
      {
        processId,
        expected: [
          ['LevelOpened', { approverIds: [MANAGER] }],
          ['Withdrawn'],
          ['PurchaseClosed', { outcome: 'withdrawn' }],
          ['DecisionRefused', { refusal: 'withdrawn' }],
        ],
      },
    ];
  },
};
