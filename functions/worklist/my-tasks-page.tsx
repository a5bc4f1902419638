/** What somebody is asked now, earliest deadline first. */
import type { Context } from 'hono';
import type { OpenTask } from '../approvals/domain/open-tasks.ts';
import type { ApprovalSubject } from '../approvals/domain/plan.ts';
import { listStandInTasks, type StandInTask } from '../approvals/stand-in.ts';
import { isTaskSubject, listTasks, TASK_SUBJECTS } from '../approvals/task-list.ts';
import type { Directory } from '../directory/port.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { PLACE_NAMES, TASKS_PATH } from '../pages/places.tsx';
import { levelText, SUBJECTS } from '../pages/words.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { LABELS } from './words.ts';

/** Tasks on one page. */
const PAGE_SIZE = 25;

interface MyTasksDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: Clock;
}

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** `?subject=` shows one kind of question only, `?after=` a further page. */
export async function myTasksPage(
  deps: MyTasksDeps,
  context: Context<PageEnvironment>,
  employeeId: string,
  reader: Reader,
) {
  const { language } = reader;
  const subject = subjectOf(context.req.query('subject'));
  const after = afterOf(context);
  const { tasks, next } = await listTasks(deps.store, employeeId, { limit: PAGE_SIZE, subject, after });
  const standIns =
    subject === undefined && after === undefined ? await listStandInTasks(deps, employeeId, { limit: PAGE_SIZE }) : [];
  return ownPage({
    context,
    title: PLACE_NAMES.tasks,
    language,
    children: (
      <>
        <Kinds shown={subject} language={language} />
        {tasks.length === 0 ? (
          <p class="none">{say(LABELS.noTasks, language)}</p>
        ) : (
          <ul class="items">
            {tasks.map((task) => (
              <Task task={task} {...reader} />
            ))}
          </ul>
        )}
        <StandIns standIns={standIns} reader={reader} />
        <More context={context} language={language} next={next} />
      </>
    ),
  });
}

function subjectOf(text: string | undefined): ApprovalSubject | undefined {
  return text !== undefined && isTaskSubject(text) ? text : undefined;
}

function Kinds({ shown, language }: { readonly shown: ApprovalSubject | undefined; readonly language: Language }) {
  const kinds = [undefined, ...TASK_SUBJECTS];
  return (
    <nav class="kinds" aria-label={say(LABELS.kinds, language)}>
      <ul>
        {kinds.map((kind) => (
          <li>
            <a
              class="tag"
              href={kind === undefined ? TASKS_PATH : `${TASKS_PATH}?subject=${kind}`}
              aria-current={kind === shown ? 'true' : undefined}
            >
              {say(kind === undefined ? LABELS.allKinds : SUBJECTS[kind], language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function StandIns({ standIns, reader }: { readonly standIns: readonly StandInTask[]; readonly reader: Reader }) {
  return standIns.length === 0 ? null : (
    <section>
      <h2>{say(LABELS.standInTasks, reader.language)}</h2>
      <ul class="items">
        {standIns.map(({ task, name }) => (
          <Task task={task} away={name} {...reader} />
        ))}
      </ul>
    </section>
  );
}

function Task({ task, away, language, timeZone }: Reader & { readonly task: OpenTask; readonly away?: string }) {
  const who = [task.requesterName, task.supplier].filter((one) => one !== undefined && one !== '');
  return (
    <li>
      <div>
        <a href={taskPath(task)}>{task.title}</a>
        <p class="by">
          {say(SUBJECTS[task.subject], language)} · {say(levelText(task.levelName), language)}
          {who.map((one) => ` · ${one}`)}
        </p>
        {away === undefined ? null : (
          <p class="by">
            {say(LABELS.awayIs, language)} {away}
          </p>
        )}
        {task.isForOpinion ? <p class="by">{say(LABELS.opinion, language)}</p> : null}
        <p class="by">
          {say(LABELS.overdueAfter, language)}{' '}
          <time datetime={task.deadline}>{formatInstant(task.deadline, language, timeZone)}</time>
        </p>
      </div>
      {task.total === '0' ? null : <p class="amount">{formatMoney(task.total, task.currency, language)}</p>}
    </li>
  );
}

/** Where a task is decided by whoever is signed in. */
function taskPath({ processId, approvalId, level }: OpenTask): string {
  return `${TASKS_PATH}/${encodeURIComponent(processId)}/${encodeURIComponent(approvalId)}?level=${level}`;
}
