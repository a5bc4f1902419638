import { actByMail, decideByMail, openLink, postDecision } from '../../approver.ts';
import { requisitionOf, resubmitRequisition } from '../../events.ts';
import { demand, type Story } from '../stage.ts';

const REQUESTER = 'E-1014';
const MANAGER = 'E-2002';
const HEAD = 'E-3002';
const REASON = 'The supplier offers it for 5,900';

const NOTEBOOK = {
  title: '笔记本电脑 Notebook computer',
  costCentre: 'CC-200',
  supplierCode: 'SUP-002',
  currency: 'CNY',
  lines: [{ productCode: 'P-2001', quantity: '1', unitPrice: '6200.00' }],
};
const CHEAPER = { ...NOTEBOOK, lines: [{ productCode: 'P-2001', quantity: '1', unitPrice: '5900.00' }] };

export const returnAndResubmission: Story = {
  title: 'Return and resubmission (退回修改): the requester changes it and sends it again as version 2',
  async play(stage) {
    const { endpoint } = stage.cloud;
    const requestId = await stage.file(REQUESTER, NOTEBOOK);
    await decideByMail(await stage.mailTo(MANAGER, requestId), 'approve');
    const mail = await stage.mailTo(HEAD, requestId);
    await actByMail(mail, 'return-to-requester', { comment: REASON });
    const { facts, processId } = await stage.answer(requestId, 'returned');
    await stage.newsTo(REQUESTER, requestId, REASON);
    stage.say(
      `the department head returned version ${facts.version}; the requester was told why, by mail and in the OA`,
    );

    await resubmitRequisition(endpoint, stage.busName, {
      requestId,
      requesterId: REQUESTER,
      replacesVersion: Number(facts.version),
      requisition: requisitionOf({ ...CHEAPER, title: `${CHEAPER.title} ${requestId}` }),
    });
    const again = await stage.mailTo(HEAD, requestId);
    const [oldLink = ''] = mail.links;
    const refused = await postDecision(oldLink, 'approve');
    demand(refused.status === 409, `the link about version 1 was answered with HTTP ${refused.status}, not 409`);
    demand((await openLink(oldLink)).status === 200, 'the link about version 1 does not say that there is a newer one');
    stage.say('version 2 is with the department head; the manager is not asked again, and the old link is refused');

    await decideByMail(again, 'approve');
    await stage.answer(requestId, 'ordered');
    stage.say('version 2 is approved and ordered');
    return [
      {
        processId,
        expected: [
          ['ApprovalRouted', { documentVersion: 1 }],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['ReturnedToRequester', { employeeId: HEAD }],
          ['RequisitionResubmitted', { replacesVersion: 1 }],
          ['ApprovalRouted', { documentVersion: 2 }],
          ['DecisionRefused', { refusal: 'stale-version' }],
          ['DecisionMade', { employeeId: HEAD, action: 'approve', documentVersion: 2 }],
          ['OrderCreated'],
        ],
      },
    ];
  },
};
