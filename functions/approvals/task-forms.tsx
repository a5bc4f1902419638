/** Everything besides deciding that the person who is asked may do, each as a form of its own; without scripts. */
import { type Language, say } from '../pages/language.ts';
import { levelText } from '../pages/words.ts';
import { MAX_COMMENT } from './decision-page-parts.tsx';
import type { OfferedTasks } from './offered-tasks.ts';
import { MAX_NAME } from './read-wish.ts';
import { SessionFields } from './session-forms.tsx';
import { PLACES, TASK_BUTTONS, TASK_LABELS } from './task-words.ts';

type Task = keyof typeof TASK_BUTTONS;

interface FormsProps {
  readonly tasks: OfferedTasks;
  readonly language: Language;
}

/** Tasks that are a button and nothing else. */
const PLAIN: readonly Task[] = ['claim', 'release', 'recall', 'take-back'];
/** Tasks that name a colleague. */
const TO_SOMEBODY: readonly Task[] = ['transfer', 'delegate', 'copy'];

/** Tasks that are words and nothing else. */
const WITH_WORDS: readonly Task[] = ['return-to-requester', 'comment'];
/** What is offered in the second place although it names nobody. */
const OTHERS: readonly Task[] = [...WITH_WORDS, 'add-signer'];

/** What the person is asked for first: to claim the task, or for their opinion. */
export function FirstTasks({ tasks, language }: FormsProps) {
  const plain = PLAIN.filter((task) => isOffered(tasks, task));
  const isAsked = isOffered(tasks, 'give-back');
  return plain.length === 0 && !isAsked ? null : (
    <section class="card">
      {plain.map((task) => (
        <TaskForm task={task} language={language} />
      ))}
      {isAsked ? (
        <TaskForm task="give-back" language={language}>
          <Words task="give-back" language={language} isNeeded />
        </TaskForm>
      ) : null}
    </section>
  );
}

/** What few need, each folded away. */
export function MoreTasks({ tasks, language }: FormsProps) {
  const toSomebody = TO_SOMEBODY.filter((task) => isOffered(tasks, task));
  const { removable, earlierLevels } = tasks;
  const isEmpty = toSomebody.length + removable.length + earlierLevels.length === 0;
  const hasMore = OTHERS.some((task) => isOffered(tasks, task));
  return isEmpty && !hasMore ? null : (
    <section class="card tasks" aria-labelledby="tasks">
      <h2 id="tasks">{say(TASK_LABELS.more, language)}</h2>
      {toSomebody.map((task) => (
        <FoldedForm task={task} language={language}>
          <Colleague task={task} language={language} />
          <Words task={task} language={language} />
        </FoldedForm>
      ))}
      {isOffered(tasks, 'add-signer') ? <AddSigner language={language} /> : null}
      {removable.length === 0 ? null : (
        <FoldedForm task="remove-signer" language={language}>
          <Select
            name="signer"
            label={say(TASK_LABELS.signer, language)}
            options={removable.map(({ employeeId, name }) => [employeeId, name])}
          />
        </FoldedForm>
      )}
      {earlierLevels.length === 0 ? null : (
        <FoldedForm task="return-to-level" language={language}>
          <Select
            name="target"
            label={say(TASK_LABELS.target, language)}
            options={earlierLevels.map(({ level, name }) => [String(level), say(levelText(name), language)])}
          />
          <Words task="return-to-level" language={language} isNeeded />
        </FoldedForm>
      )}
      {WITH_WORDS.filter((task) => isOffered(tasks, task)).map((task) => (
        <FoldedForm task={task} language={language}>
          <Words task={task} language={language} isNeeded />
        </FoldedForm>
      ))}
    </section>
  );
}

function isOffered({ kinds }: OfferedTasks, task: Task): boolean {
  return kinds.some((kind) => kind === task);
}

function AddSigner({ language }: { readonly language: Language }) {
  return (
    <FoldedForm task="add-signer" language={language}>
      <Colleague task="add-signer" language={language} />
      <Select
        name="where"
        label={say(TASK_LABELS.where, language)}
        options={Object.entries(PLACES).map(([place, text]) => [place, say(text, language)])}
      />
      <Words task="add-signer" language={language} />
    </FoldedForm>
  );
}

interface TaskFormProps {
  readonly task: Task;
  readonly language: Language;
  readonly children?: unknown;
}

/** Posts to the address of the page. */
function TaskForm({ task, language, children }: TaskFormProps) {
  return (
    <form method="post" accept-charset="utf-8" class="task">
      <SessionFields />
      {children}
      <button type="submit" name="task" value={task} class={task === 'claim' || task === 'give-back' ? 'main' : ''}>
        {say(TASK_BUTTONS[task], language)}
      </button>
    </form>
  );
}

function FoldedForm({ task, language, children }: TaskFormProps) {
  return (
    <details>
      <summary>{say(TASK_BUTTONS[task], language)}</summary>
      <TaskForm task={task} language={language}>
        {children}
      </TaskForm>
    </details>
  );
}

interface FieldProps {
  readonly task: Task;
  readonly language: Language;
  readonly isNeeded?: boolean;
}

function Colleague({ task, language }: FieldProps) {
  return (
    <>
      <label for={`${task}-to`}>{say(TASK_LABELS.to, language)}</label>
      <input id={`${task}-to`} name="to" required maxlength={MAX_NAME} autocomplete="off" />
    </>
  );
}

function Words({ task, language, isNeeded = false }: FieldProps) {
  const label = task === 'give-back' ? TASK_LABELS.opinion : TASK_LABELS.words;
  return (
    <>
      <label for={`${task}-comment`}>{say(label, language)}</label>
      <textarea id={`${task}-comment`} name="comment" rows={2} maxlength={MAX_COMMENT} required={isNeeded} />
    </>
  );
}

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}

function Select({ name, label, options }: SelectProps) {
  return (
    <>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map(([value, text]) => (
          <option value={value}>{text}</option>
        ))}
      </select>
    </>
  );
}
