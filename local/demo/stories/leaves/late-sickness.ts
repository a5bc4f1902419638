import { createPeopleReader } from '../../../tryton/people-reader.ts';
import { decideByMail } from '../../approver.ts';
import { submitLeave } from '../../leave-requests.ts';
import { newRequestId } from '../../put-event.ts';
import { workingDaysFrom } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';

const EMPLOYEE = 'E-1012';
const MANAGER = 'E-3004';

export const lateSickness: Story = {
  title: 'Sick leave (病假), filed afterwards: granted as soon as it is in the time sheets',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const requestId = newRequestId('LV');
    const [day = ''] = await workingDaysFrom(-12, 1);
    await submitLeave(
      endpoint,
      stage.busName,
      { requestId, employeeId: EMPLOYEE },
      { kind: 'sick', from: day, to: day, startsAtNoon: true, endsAtNoon: false, reason: 'A cold' },
    );
    await decideByMail(await stage.mailTo(MANAGER, day), 'approve');
    const { processId } = await stage.answer(requestId, 'recorded');
    const reader = createPeopleReader(tryton, tryton.logins.admin);
    const absences = await reader.absencesOf(EMPLOYEE, day, day);
    demand(
      absences[0]?.hours === 4,
      `Tryton has ${absences[0]?.hours} hours of sickness on ${day}, not an afternoon of 4`,
    );
    stage.say(`Tryton has ${absences[0].hours} h of ${absences[0].work} on ${day}`);
    return [{ processId, expected: [['AbsenceRecorded'], ['LeaveRequestClosed', { outcome: 'granted' }]] }];
  },
};
