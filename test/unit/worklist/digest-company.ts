/** A company whose people have open tasks, and the mails that they are sent of them. */
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import { openTasks } from '../../../functions/approvals/domain/open-tasks.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Mail } from '../../../functions/mail/port.ts';
import { approvalKey } from '../../../functions/process/keys.ts';
import { type SendDigestsDeps, sendDigests } from '../../../functions/worklist/send-digests.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData, PAGES_URL } from '../../support/purchase-company.ts';
import { level, plan, play } from '../approvals/approvals.ts';
import { keepTasks, manyTasks } from '../approvals/many-tasks.ts';

/** Two people in Shanghai, one in Berlin, and whoever else is named, with their numbers of open tasks. */
export async function company(tasks: Readonly<Record<string, number>>, changes: Partial<SendDigestsDeps> = {}) {
  const store = new MemoryStore();
  for (const [employeeId, count] of Object.entries(tasks)) {
    await keepTasks(store, manyTasks(count, employeeId));
  }
  const people = directoryData.people.map((person) => {
    const away = person.employeeId === 'E-4005' ? { active: false } : {};
    return { ...person, ...away, ...(person.employeeId === 'E-2002' ? { timeZone: 'Europe/Berlin' } : {}) };
  });
  const mails: Mail[] = [];
  const failures: string[] = [];
  const run = (now: string, more: Partial<SendDigestsDeps> = {}) =>
    sendDigests({
      store,
      directory: createFileDirectory({ ...directoryData, people }),
      clock: { now: () => new Date(now) },
      mail: {
        send: async (mail) => {
          mails.push(mail);
          return { messageId: `mail-${mails.length}` };
        },
      },
      calendar: undefined,
      timeZone: 'Asia/Shanghai',
      pagesUrl: PAGES_URL,
      hasTime: () => true,
      onFailure: (employeeId, reason) => failures.push(`${employeeId}: ${reason}`),
      ...changes,
      ...more,
    });
  return { store, mails, failures, run, to: () => mails.map((mail) => mail.to.split('@')[0]).toSorted() };
}

/** An approval of the manager's since New Year's Day, who is away from Monday on. */
export async function companyWithAbsence(
  tasks: Readonly<Record<string, number>>,
  scope?: string[],
  from = '2026-01-04T16:00:00Z',
) {
  const absence = { from, until: '2026-01-09T16:00:00Z', substituteId: 'E-4002' };
  const away = { absences: [{ ...absence, ...(scope === undefined ? {} : { scope }) }] };
  const people = directoryData.people.map((one) => (one.employeeId === 'E-2001' ? { ...one, ...away } : one));
  const rig = await company(tasks, { directory: createFileDirectory({ ...directoryData, people }) });
  const levels = [level('Manager', ['E-2001']), level('Head', ['E-3001'])];
  const openedAt = '2026-01-01T00:00:00.000Z';
  const state = play(newApproval(plan({ requesterId: 'E-1001', levels })), { kind: 'open', waitId: 'w', openedAt });
  const key = approvalKey('P2P-open', 'order-1');
  await rig.store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: state }] });
  await keepTasks(rig.store, openTasks('P2P-open', state));
  return rig;
}
