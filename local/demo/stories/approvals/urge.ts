import { decideByMail } from '../../approver.ts';
import { urgeRequisition } from '../../events.ts';
import { demand, type Story } from '../stage.ts';

const REQUESTER = 'E-1122';
const MANAGER = 'E-2103';

const SENSORS = {
  title: 'Pressure sensors for the fair',
  costCentre: 'CC-E600',
  supplierCode: 'SUP-003',
  currency: 'USD',
  lines: [{ productCode: 'P-3001', quantity: '4', unitPrice: '45.50' }],
};

export const urge: Story = {
  title: 'Urge (催办): the requester asks for a decision, once in four working hours',
  async play(stage) {
    const { endpoint } = stage.cloud;
    const requestId = await stage.file(REQUESTER, SENSORS);
    await stage.mailTo(MANAGER, requestId);
    const urged = { requestId, employeeId: REQUESTER };
    await urgeRequisition(endpoint, stage.busName, urged);
    const reminder = await stage.mailTo(MANAGER, requestId);
    demand(reminder.subject.includes('Reminder'), `the urge came as "${reminder.subject}"`);
    await urgeRequisition(endpoint, stage.busName, urged);
    await stage.answer(requestId, 'urge-refused');
    stage.say('the manager was reminded; a second urge at once was refused');

    await decideByMail(reminder, 'approve');
    const { processId } = await stage.answer(requestId, 'ordered');
    stage.say('the manager approved by the link of the reminder: it is ordered');
    return [
      {
        processId,
        expected: [
          ['LevelUrged', { employeeId: REQUESTER, approverIds: [MANAGER] }],
          ['UrgeRefused', { refusal: 'urged-already' }],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['OrderCreated'],
        ],
      },
    ];
  },
};
