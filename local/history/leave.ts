/** Leave: planned for everybody before anything else is told, since whoever is away is stood in for. */
import type { Absence, Person } from '../../functions/directory/port.ts';
import { askPeople } from './approve.ts';
import type { HistoryCase } from './case.ts';
import type { People } from './people.ts';
import { register } from './steps.ts';

export interface PlannedLeave {
  readonly employeeId: string;
  readonly substituteId: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** From midnight to midnight of the company. */
export function absenceOf({ from, to, substituteId }: PlannedLeave): Absence {
  const until = new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000);
  return { from: `${from}T00:00:00+08:00`, until: until.toISOString(), substituteId };
}

/** Who stands in: whom the directory names, else the manager; undefined: nobody is there to. */
export function substituteOf({
  substituteId,
  managerId,
}: Pick<Person, 'substituteId' | 'managerId'>): string | undefined {
  return substituteId ?? managerId;
}

export async function tellLeave(story: HistoryCase, people: People, leave: PlannedLeave): Promise<void> {
  const { from, to, substituteId } = leave;
  const { currency } = story.company;
  const absence = absenceOf(leave);
  const length = String((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
  register(story, 'LeaveRequestRegistered', { kind: 'annual', from, to, startsAtNoon: false, endsAtNoon: false });
  story.tick();
  story.say('LeaveRequestChecked', { kind: 'annual', from, to, length, version: 1 }, 'checks');
  story.tell('accepted');
  const scope = { lines: [{ category: 'annual', currency }] };
  const question = {
    subject: 'leave',
    requesterId: story.requesterId,
    amount: '0',
    costCentre: '',
    scope,
    excluded: [],
  } as const;
  const { outcome } = await askPeople(story, people, { question, documentVersion: 1 });
  if (outcome !== 'approved') {
    // Nobody changes their dates in this history.
    return story.close('LeaveRequestClosed', outcome === 'returned' ? 'withdrawn' : (outcome ?? 'expired'));
  }
  story.tell('approved');
  const key = `${story.processId}-absence`;
  story.say('AbsenceIntended', { key, kind: 'annual', days: [] });
  story.tick(2000);
  story.hear('AbsenceRecorded', { key, days: Number(length), substituteId, chosenBy: 'manager' });
  story.tell('recorded');
  moment(story, 'leave-start', new Date(absence.from));
  moment(story, 'leave-end', new Date(absence.until));
  story.close('LeaveRequestClosed', 'granted');
}

function moment(story: HistoryCase, kind: string, at: Date): void {
  const wait = { waitId: `${story.processId}/${kind}`, kind, subject: story.processId, deadline: at.toISOString() };
  story.tick();
  story.say('WaitOpened', { ...wait, owner: story.requesterId });
  story.now = at > story.now ? at : story.now;
  story.say('WaitExpired', wait, 'alarms');
}
