import type { LeaveRequest } from '../../../../functions/events/leave-request-submitted.ts';
import { createPeopleReader } from '../../../tryton/people-reader.ts';
import { decideByMail } from '../../approver.ts';
import { resubmitLeave, submitLeave, withdrawLeave } from '../../leave-requests.ts';
import { newRequestId } from '../../put-event.ts';
import { waitFor } from '../../wait-for.ts';
import { companyToday, workingDaysFrom } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';

const EMPLOYEE = 'E-1001';
const MANAGER = 'E-2001';
const SUBSTITUTE = 'E-1004';

export const takenBack: Story = {
  title: 'Annual leave (年假): checked, approved, in the time sheets with a substitute, and taken back in time',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const requestId = newRequestId('LV');
    const filed = { requestId, employeeId: EMPLOYEE };
    const [first = '', second = ''] = await workingDaysFrom(5, 2);
    const leave: LeaveRequest = {
      kind: 'annual',
      from: first,
      to: second,
      startsAtNoon: false,
      endsAtNoon: false,
      reason: 'The wedding of my sister',
      substituteId: SUBSTITUTE,
    };
    await submitLeave(endpoint, stage.busName, filed, { ...leave, from: companyToday() });
    const returned = await stage.answer(requestId, 'returned');
    demand(returned.text.en.includes('leave.from'), `the request was returned without its field: ${returned.text.en}`);
    stage.say('annual leave from today is filed too late: it went back with the field and the remedy');

    const replacesVersion = Number(returned.facts.version);
    await resubmitLeave(endpoint, stage.busName, { ...filed, replacesVersion }, leave);
    await decideByMail(await stage.mailTo(MANAGER, first), 'approve');
    const { processId } = await stage.answer(requestId, 'recorded');
    const reader = createPeopleReader(tryton, tryton.logins.admin);
    const absences = await reader.absencesOf(EMPLOYEE, first, second);
    demand(
      absences.length === 2 && absences.every(({ hours }) => hours === 8),
      `Tryton has ${absences.length} days of absence, not 2 of 8 hours`,
    );
    stage.say(`Tryton has ${absences.map(({ date, hours, work }) => `${hours} h of ${work} on ${date}`).join(', ')}`);

    await withdrawLeave(endpoint, stage.busName, filed, 'The wedding is put off');
    await stage.answer(requestId, 'withdrawn');
    await waitFor('the days to be free in Tryton', async () =>
      (await reader.absencesOf(EMPLOYEE, first, second)).length === 0 ? true : undefined,
    );
    stage.say('the leave was taken back before it began: the days are free again, and nobody stands in');
    return [
      {
        processId,
        expected: [
          ['LeaveRequestRegistered'],
          ['ReturnedByCheck', { version: 1 }],
          ['LeaveRequestResubmitted', { replacesVersion: 1 }],
          ['LeaveRequestChecked'],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['AbsenceRecorded'],
          ['Withdrawn'],
          ['AbsenceCancelled'],
          ['LeaveRequestClosed', { outcome: 'withdrawn' }],
        ],
      },
    ];
  },
};
