/** One person of the org chart: their place in it, and what they are asked now. */
import type { OpenTask } from '../approvals/domain/open-tasks.ts';
import { listTasks } from '../approvals/task-list.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { levelText, SUBJECTS } from '../pages/words.ts';
import { afterOf, More } from '../worklist/frame.tsx';
import { absencesOf, type CompanyDeps, companyNow, countTasks } from './company-now.ts';
import { administrationPage, Facts, joined, type Reader } from './frame.tsx';
import { handOverPath, personPath } from './paths.ts';
import { absenceSentence } from './people-page.tsx';
import { LABELS } from './words.ts';

/** Tasks on one page. */
const PAGE_SIZE = 25;

/** `?after=` shows further tasks. Undefined: nobody of that id was ever here. */
export async function personPage(deps: CompanyDeps, context: PageContext, reader: Reader, employeeId: string) {
  const { data } = await companyNow(deps);
  const person = data.people.find((one) => one.employeeId === employeeId);
  if (person === undefined) {
    return undefined;
  }
  const [{ count, hasMore }, { tasks, next }, absences] = await Promise.all([
    countTasks(deps.store, employeeId),
    listTasks(deps.store, employeeId, { limit: PAGE_SIZE, after: afterOf(context) }),
    absencesOf(deps.store, person),
  ]);
  const { language, currency } = reader;
  const named = (id: string) => data.people.find((one) => one.employeeId === id)?.name ?? id;
  const link = (id: string | undefined) => (id === undefined ? undefined : <a href={personPath(id)}>{named(id)}</a>);
  const limit = person.approvalLimit;
  return administrationPage({
    context,
    title: person.name,
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{person.name}</h1>
          {person.active ? null : (
            <p class="status">
              <span class="tag bad">{say(LABELS.left, language)}</span>
            </p>
          )}
          <Facts
            language={language}
            facts={[
              [LABELS.employeeId, person.employeeId],
              [LABELS.mail, person.email],
              [LABELS.department, data.departments.find((one) => one.departmentId === person.departmentId)?.name],
              [
                LABELS.posts,
                joined(
                  person.posts.map((id) => data.posts.find(({ postId }) => postId === id)?.name ?? id),
                  language,
                ),
              ],
              [LABELS.manager, link(person.managerId)],
              [
                LABELS.limit,
                limit === undefined ? say(LABELS.noLimit, language) : formatMoney(limit, currency, language),
              ],
              [LABELS.substitute, link(person.substituteId)],
              [
                LABELS.absences,
                absences.length === 0
                  ? undefined
                  : absences.map((absence) => <p>{absenceSentence(absence, named(absence.substituteId), reader)}</p>),
              ],
            ]}
          />
        </section>
        <section class="card" aria-labelledby="tasks">
          <h2 id="tasks">
            {say(LABELS.openTasks, language)} ({count}
            {hasMore ? '+' : ''})
          </h2>
          <p>
            <a href={handOverPath(employeeId)}>{say(LABELS.handOver, language)}</a>
          </p>
          {tasks.length === 0 ? (
            <p class="none">{say(LABELS.noTasks, language)}</p>
          ) : (
            <ul class="items">
              {tasks.map((task) => (
                <Task task={task} {...reader} />
              ))}
            </ul>
          )}
          <More context={context} language={language} next={next} />
        </section>
      </>
    ),
  });
}

function Task({ task, language, timeZone }: Reader & { readonly task: OpenTask }) {
  const deadline = formatInstant(task.deadline, language, timeZone);
  const id = `${task.processId}-${task.approvalId}-${task.level}`;
  return (
    <li>
      <div>
        <p id={id}>{task.title}</p>
        <p class="by">
          {say(SUBJECTS[task.subject], language)} · {say(levelText(task.levelName), language)} ·{' '}
          {say(LABELS.until, language)} {deadline}
        </p>
        <p>
          <a href={handOverPath(task.employeeId, task)} id={`${id}-reassign`} aria-labelledby={`${id}-reassign ${id}`}>
            {say(LABELS.reassign, language)}
          </a>
        </p>
      </div>
      {task.total === '0' ? null : <p class="amount">{formatMoney(task.total, task.currency, language)}</p>}
    </li>
  );
}
