import { actByMail, decideByMail } from '../../approver.ts';
import type { Story } from '../stage.ts';

const REQUESTER = 'E-1031';
const MANAGER = 'E-2005';
const EXPERT = 'E-1032';

const CHAIRS = {
  title: '实验室座椅 Chairs for the laboratory',
  costCentre: 'CC-700',
  supplierCode: 'SUP-001',
  currency: 'CNY',
  lines: [{ productCode: 'P-1001', quantity: '2', unitPrice: '680.00' }],
};

export const delegation: Story = {
  title: 'Delegation and back (委派): a colleague gives an opinion, the decision stays',
  async play(stage) {
    const requestId = await stage.file(REQUESTER, CHAIRS);
    const question = { to: EXPERT, comment: '这两把够用吗？ Are two enough?' };
    await actByMail(await stage.mailTo(MANAGER, requestId), 'delegate', question);
    await actByMail(await stage.mailTo(EXPERT, requestId), 'give-back', { comment: '够用 Two are enough' });
    stage.say('the manager asked a colleague, who gave an opinion');

    await decideByMail(await stage.mailTo(MANAGER, requestId), 'approve');
    const { processId } = await stage.answer(requestId, 'ordered');
    stage.say('the decision came back to the manager, who approved: it is ordered');
    return [
      {
        processId,
        expected: [
          ['TaskDelegated', { employeeId: MANAGER, to: EXPERT }],
          ['DelegateAnswered', { employeeId: EXPERT }],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['ApprovalClosed', { outcome: 'approved' }],
          ['OrderCreated'],
        ],
      },
    ];
  },
};
