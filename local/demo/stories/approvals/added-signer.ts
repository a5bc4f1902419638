import { actByMail, decideByMail } from '../../approver.ts';
import { demand, type Story } from '../stage.ts';

const REQUESTER = 'E-1011';
const MANAGER = 'E-3004';
const LAWYER = 'E-5002';

const MONITOR = {
  title: '培训室显示器 Monitor for the training room',
  costCentre: 'CC-500',
  supplierCode: 'SUP-002',
  currency: 'CNY',
  lines: [{ productCode: 'P-2002', quantity: '1', unitPrice: '1180.00' }],
};

export const addedSigner: Story = {
  title: 'Added signer (加签): a manager wants somebody else to sign as well',
  async play(stage) {
    const requestId = await stage.file(REQUESTER, MONITOR);
    const mail = await stage.mailTo(MANAGER, requestId);
    await actByMail(mail, 'add-signer', {
      to: LAWYER,
      where: 'beside',
      comment: '请一并确认合同 Please check the terms',
    });
    const added = await stage.mailTo(LAWYER, requestId);
    stage.say('the manager added a signer, who has a mail');

    await decideByMail(mail, 'approve');
    demand(!stage.hasAnswer(requestId, 'ordered'), 'it was ordered without the signer who was added');
    await decideByMail(added, 'approve', '条款没有问题 The terms are fine');
    const { processId } = await stage.answer(requestId, 'ordered');
    stage.say('both signed: it is ordered');
    return [
      {
        processId,
        expected: [
          ['SignerAdded', { employeeId: MANAGER, to: LAWYER, where: 'beside' }],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['DecisionMade', { employeeId: LAWYER, action: 'approve' }],
          ['ApprovalClosed', { outcome: 'approved' }],
          ['OrderCreated'],
        ],
      },
    ];
  },
};
