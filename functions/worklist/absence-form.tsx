/** The form that names a substitute; each refusal stands beside the field that it is about. */
import type { PropsWithChildren } from 'hono/jsx';
import { MAX_NAME } from '../approvals/read-wish.ts';
import { TASK_SUBJECTS } from '../approvals/task-list.ts';
import { TokenField } from '../pages/form-token.tsx';
import { type Language, say } from '../pages/language.ts';
import { SUBJECTS } from '../pages/words.ts';
import type { AbsenceRefusal } from '../people/domain/own-absence.ts';
import { ABSENCE_LABELS, ABSENCE_REFUSALS } from './absence-words.ts';

/** What somebody wrote, and why it does not count. */
export interface Written {
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly scope: readonly string[];
  readonly refusals: readonly AbsenceRefusal[];
}

export const NOTHING_WRITTEN: Written = { from: '', to: '', person: '', scope: [], refusals: [] };

interface FormProps {
  readonly written: Written;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly language: Language;
}

export function AbsenceForm({ written, today, language }: FormProps) {
  const part = { written, language };
  return (
    <section class="card" aria-labelledby="name">
      <h2 id="name">{say(ABSENCE_LABELS.name, language)}</h2>
      <form method="post" accept-charset="utf-8" class="task">
        <TokenField />
        <Field name="from" {...part}>
          <input
            id="from"
            name="from"
            type="date"
            required
            min={today}
            value={written.from}
            {...stateOf('from', written)}
          />
        </Field>
        <Field name="to" {...part}>
          <input id="to" name="to" type="date" required min={today} value={written.to} {...stateOf('to', written)} />
        </Field>
        <Field name="person" {...part}>
          <input
            id="person"
            name="person"
            required
            maxlength={MAX_NAME}
            autocomplete="off"
            value={written.person}
            {...stateOf('person', written)}
          />
        </Field>
        <Scope {...part} />
        <button type="submit" name="do" value="name" class="main">
          {say(ABSENCE_LABELS.send, language)}
        </button>
      </form>
      <p class="hint">{say(ABSENCE_LABELS.openTasks, language)}</p>
    </section>
  );
}

interface PartProps {
  readonly written: Written;
  readonly language: Language;
}

type FieldName = AbsenceRefusal['field'];

function refusalOf(name: FieldName, { refusals }: Written): AbsenceRefusal | undefined {
  return refusals.find(({ field }) => field === name);
}

/** What is wrong with a field, for those who do not see it. */
function stateOf(name: FieldName, written: Written) {
  return refusalOf(name, written) === undefined ? {} : { 'aria-invalid': 'true', 'aria-describedby': `${name}-wrong` };
}

function Field({ name, written, language, children }: PropsWithChildren<PartProps & { readonly name: FieldName }>) {
  const refusal = refusalOf(name, written);
  return (
    <>
      <label for={name}>{say(ABSENCE_LABELS[name], language)}</label>
      {refusal === undefined ? null : (
        <p class="wrong" id={`${name}-wrong`}>
          {say(ABSENCE_REFUSALS[refusal.reason], language)}
        </p>
      )}
      {children}
    </>
  );
}

function Scope({ written, language }: PartProps) {
  return (
    <fieldset class="ticks" aria-describedby="scope-hint">
      <legend>{say(ABSENCE_LABELS.scope, language)}</legend>
      <p class="hint" id="scope-hint">
        {say(ABSENCE_LABELS.scopeHint, language)}
      </p>
      {TASK_SUBJECTS.map((subject) => (
        <label>
          <input type="checkbox" name="scope" value={subject} checked={written.scope.includes(subject)} />
          {say(SUBJECTS[subject], language)}
        </label>
      ))}
    </fieldset>
  );
}
