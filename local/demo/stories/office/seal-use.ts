import { decideByMail } from '../../approver.ts';
import { resubmitForm, submitForm } from '../../office-requests.ts';
import { newRequestId } from '../../put-event.ts';
import { demand, type Story } from '../stage.ts';

const EMPLOYEE = 'E-1001';
const DEPARTMENT_HEAD = 'E-3001';
const FINANCE_DIRECTOR = 'E-3003';

/** The number that the OA was told. */
function numberIn(facts: Readonly<Record<string, unknown>>): string {
  const { number } = facts;
  demand(typeof number === 'string', `the OA was told no number: ${JSON.stringify(facts)}`);
  return number;
}

export const sealUse: Story = {
  title: 'Use of a seal (用章): returned for a wrong field, decided by two, and numbered',
  async play(stage) {
    const { endpoint } = stage.cloud;
    const requestId = newRequestId('OF');
    const filed = { requestId, employeeId: EMPLOYEE };
    const request = (copies: number) => ({
      form: 'seal-use',
      title: `Lease of the north warehouse ${requestId}`,
      fields: {
        seal: 'contract',
        document: 'Lease of the north warehouse',
        copies,
        reason: 'Asked for by the landlord',
      },
    });
    await submitForm(endpoint, stage.busName, filed, request(0));
    const { text } = await stage.answer(requestId, 'returned');
    demand(text.zh.includes('份数：不得小于 1'), `the requester was told ${text.zh}`);
    stage.say(`returned in the words of the form: ${text.zh}`);

    await resubmitForm(endpoint, stage.busName, { ...filed, replacesVersion: 1 }, request(2));
    await decideByMail(await stage.mailTo(DEPARTMENT_HEAD, requestId), 'approve');
    await decideByMail(await stage.mailTo(FINANCE_DIRECTOR, requestId), 'approve');
    const { processId, facts } = await stage.answer(requestId, 'approved');
    const number = numberIn(facts);
    demand(/^SEAL-\d{4}-\d{4}$/u.test(number), `its number is ${number}`);
    stage.say(`approved, with the number ${number}`);

    const next = await approvedNext(stage);
    demand(Number(next.number.slice(-4)) === Number(number.slice(-4)) + 1, `${next.number} does not follow ${number}`);
    stage.say(`the next one has the number ${next.number}`);
    return [
      {
        processId,
        expected: [
          ['OfficeRequestRegistered'],
          ['ReturnedByCheck'],
          ['OfficeRequestChecked', { form: 'seal-use', formVersion: 1 }],
          ['ApprovalRouted', { form: 'seal-use', formVersion: 1 }],
          ['DocumentNumbered', { number }],
          ['OfficeRequestClosed', { outcome: 'approved' }],
        ],
      },
      { processId: next.processId, expected: [['DocumentNumbered', { number: next.number }]] },
    ];
  },
};

/** Under the company seal one person decides. */
async function approvedNext(stage: Parameters<Story['play']>[0]) {
  const requestId = newRequestId('OF');
  await submitForm(
    stage.cloud.endpoint,
    stage.busName,
    { requestId, employeeId: EMPLOYEE },
    {
      form: 'seal-use',
      title: `Letter to the landlord ${requestId}`,
      fields: { seal: 'company', document: 'Letter to the landlord', copies: 1 },
    },
  );
  await decideByMail(await stage.mailTo(DEPARTMENT_HEAD, requestId), 'approve');
  const { processId, facts } = await stage.answer(requestId, 'approved');
  return { processId, number: numberIn(facts) };
}
