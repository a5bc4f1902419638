/** What a form that was pasted looks like: wrong, as people would fill it in, and published. */
import type { Child } from 'hono/jsx';
import type { CompiledForm } from '../office/compile-form.ts';
import type { FormVersion } from '../office/form-versions.ts';
import { rowsTogether } from '../office/route-table.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import type { PageContext } from '../pages/placed-page.tsx';
import { wayChanges } from '../policy/way-changes.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { Pasted, Sample, type SampleAnswer } from './form-sample.tsx';
import { FormBox, versionText } from './forms-page.tsx';
import { administrationPage, joined, type Reader } from './frame.tsx';
import { FORMS_PATH, formPath } from './paths.ts';
import type { SentForm } from './sent-form.ts';
import { TableRows } from './table-rows.tsx';
import { LABELS } from './words.ts';

interface PageProps {
  readonly context: PageContext;
  readonly reader: Reader;
  readonly sent: SentForm;
}

interface PreviewProps extends PageProps {
  readonly form: CompiledForm;
  /** The version that counts; undefined: it is a new form. */
  readonly current: FormVersion | undefined;
  readonly replaces: number;
  /** Of the route: allowed, and surprising. */
  readonly remarks: readonly FieldIssue[];
  /** Everything that was sent, by the names of the inputs. */
  readonly typed: ReadonlyMap<string, string>;
  readonly answer?: SampleAnswer | undefined;
  /** Why it was not published. */
  readonly problem?: keyof typeof PROBLEMS;
}

const PROBLEMS = {
  'reason-missing': LABELS.reasonMissing,
  'form-changed': LABELS.formChanged,
  'same-form': LABELS.sameForm,
  'numbers-taken': LABELS.numbersTaken,
} as const;

/** Kinds of requests that the page tries by both versions. */
const MOST_REQUESTS = 2000;

function framed({ context, reader: { language } }: PageProps, title: string, children: Child) {
  return administrationPage({ context, title, language, children });
}

/** With the form as it was pasted, to be mended. */
export function wrongFormPage(props: PageProps, issues: readonly FieldIssue[]) {
  const { reader, sent } = props;
  const { language } = reader;
  const title = say(LABELS.formWrong, language);
  return framed(
    props,
    title,
    <>
      <section class="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        <Issues issues={issues} />
      </section>
      <FormBox title={LABELS.newForm} json={sent.json} replaces={sent.replaces} language={language} />
    </>,
  );
}

/** In English, as the tool says them. */
function Issues({ issues }: { readonly issues: readonly FieldIssue[] }) {
  return (
    <ul class="findings" lang="en">
      {issues.map(({ field, problem, remedy }) => (
        <li>
          <code>{field}</code>: {problem} ({remedy})
        </li>
      ))}
    </ul>
  );
}

export function previewPage(props: PreviewProps) {
  const { reader, form, current, problem, sent } = props;
  const { language } = reader;
  const { name, id, number } = form.definition;
  const title = say({ en: `Preview: ${name.en}`, zh: `预览：${name.zh}` }, language);
  const next = versionText((current?.version ?? 0) + 1);
  return framed(
    props,
    title,
    <>
      {problem === undefined ? null : <Notice tone="bad" title={say(PROBLEMS[problem], language)} />}
      <section class="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        <p class="by">
          {id} · {say(next, language)} · {number}
        </p>
        <Sample {...props} />
      </section>
      <RouteCard {...props} />
      <PublishCard {...props} />
      <FormBox title={LABELS.newVersion} json={sent.json} replaces={props.replaces} language={language} />
    </>,
  );
}

function RouteCard({ form, current, remarks, reader: { language } }: PreviewProps) {
  const together = rowsTogether(form.definition, form.route);
  const limit = { requests: MOST_REQUESTS, isTimeOver: () => false };
  const ways = current === undefined ? [] : wayChanges(current.route, form.route, limit);
  return (
    <section class="card" aria-labelledby="route">
      <h2 id="route">{say(LABELS.routeRows, language)}</h2>
      <TableRows table={form.route} language={language} />
      <Lines
        title={LABELS.together}
        lines={together.map((pair) => joined(pair.map(String), language))}
        language={language}
      />
      <Lines title={LABELS.wayChanges} lines={ways ?? [say(LABELS.tooManyRequests, language)]} language={language} />
      {remarks.length === 0 ? null : (
        <>
          <h3>{say(LABELS.formRemarks, language)}</h3>
          <Issues issues={remarks} />
        </>
      )}
    </section>
  );
}

interface LinesProps {
  readonly title: Text;
  readonly lines: readonly string[];
  readonly language: Language;
}

function Lines({ title, lines, language }: LinesProps) {
  return lines.length === 0 ? null : (
    <>
      <h3>{say(title, language)}</h3>
      <ul class="findings">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  );
}

function PublishCard({ sent, replaces, reader: { language } }: PreviewProps) {
  return (
    <section class="card" aria-labelledby="publish">
      <h2 id="publish">{say(LABELS.publish, language)}</h2>
      <form method="post" action={FORMS_PATH} accept-charset="utf-8" class="task">
        <Pasted sent={sent} replaces={replaces} step="publish" />
        <label for="reason">{say(LABELS.reason, language)}</label>
        <p class="hint" id="reason-hint">
          {say(LABELS.publishHint, language)}
        </p>
        <input id="reason" name="reason" required maxlength={500} autocomplete="off" aria-describedby="reason-hint" />
        <button type="submit" class="main">
          {say(LABELS.publish, language)}
        </button>
      </form>
    </section>
  );
}

export function publishedPage(props: PageProps, { definition: { id, name } }: CompiledForm, version: number) {
  const { language } = props.reader;
  const title = say(LABELS.published, language);
  return framed(
    props,
    title,
    <Notice tone="good" title={title} isHeading>
      <p>
        <a href={formPath(id)}>
          {say(name, language)}, {say(versionText(version), language)}
        </a>
      </p>
    </Notice>,
  );
}
