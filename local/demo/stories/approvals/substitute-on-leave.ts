import { leaveIdOf } from '../../../../functions/people/record-leave.ts';
import { decideByMail } from '../../approver.ts';
import { approveLeave, cancelLeave } from '../../events.ts';
import type { Story } from '../stage.ts';

const REQUESTER = 'E-1004';
const MANAGER = 'E-2006';
const SUBSTITUTE = 'E-2001';

const PAPER = {
  title: '打印纸 Paper for the warehouse',
  costCentre: 'CC-110',
  supplierCode: 'SUP-001',
  currency: 'CNY',
  lines: [{ productCode: 'P-1002', quantity: '2', unitPrice: '128.00' }],
};

export const substituteOnLeave: Story = {
  title: 'Substitute during a leave (代理): the OA approves a leave, and somebody else decides for who is away',
  async play(stage) {
    const { endpoint } = stage.cloud;
    const people = { employeeId: MANAGER, substituteId: SUBSTITUTE };
    const leave = await approveLeave(endpoint, stage.busName, people);
    const leaveId = leaveIdOf(leave.oa);
    await stage.recorded({ processId: leaveId, expected: [['LeaveApproved', people]] });
    const requestId = await stage.file(REQUESTER, PAPER);
    await decideByMail(await stage.mailTo(SUBSTITUTE, requestId), 'approve');
    const { processId } = await stage.answer(requestId, 'ordered');
    stage.say('the manager is on leave: the substitute was asked and approved for them');

    await cancelLeave(endpoint, stage.busName, leave);
    const back = [['LeaveApproved', people] as const, ['LeaveCancelled', { employeeId: MANAGER }] as const];
    await stage.recorded({ processId: leaveId, expected: back });
    stage.say('the leave was called off, and nobody stands in any more');
    return [
      {
        processId,
        expected: [
          ['LevelOpened', { approverIds: [SUBSTITUTE] }],
          ['SubstituteAsked', { from: MANAGER, to: SUBSTITUTE }],
          ['DecisionMade', { employeeId: SUBSTITUTE, onBehalfOf: MANAGER, action: 'approve' }],
          ['OrderCreated'],
        ],
      },
      { processId: leaveId, expected: back },
    ];
  },
};
