/** The forms of the company: which there are, what each said when, and the box for a new version. */
import type { CompiledForm } from '../office/compile-form.ts';
import { type FormVersion, formsInUse, formVersions } from '../office/form-versions.ts';
import { TokenField } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { shortDigest } from '../policy/policy-digest.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { administrationPage, Facts, type Reader } from './frame.tsx';
import { FORMS_PATH, formPath } from './paths.ts';
import { TableRows } from './table-rows.tsx';
import { LABELS } from './words.ts';

export interface FormsDeps extends ProcessDeps {
  /** That come with Meridian. */
  readonly startingForms: readonly CompiledForm[];
}

export async function formsPage(deps: FormsDeps, context: PageContext, { language }: Reader) {
  const forms = await formsInUse(deps.store, deps.startingForms);
  return administrationPage({
    context,
    title: say(LABELS.forms, language),
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(LABELS.forms, language)}</h1>
          <p>{say(LABELS.formsIntro, language)}</p>
          <ul class="items">
            {forms.map(({ definition: { id, name }, version }) => (
              <li>
                <div>
                  <a href={formPath(id)}>{say(name, language)}</a>
                  <p class="by">
                    {id} · {say(versionText(version), language)}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <FormBox title={LABELS.newForm} json="" replaces={undefined} language={language} />
      </>
    ),
  });
}

/** Undefined: there is no such form. */
export async function formPage(deps: FormsDeps, context: PageContext, reader: Reader, formId: string) {
  const versions = (await formVersions(deps.store, formId, deps.startingForms)).toReversed();
  const [current] = versions;
  if (current === undefined) {
    return undefined;
  }
  const { language } = reader;
  const { definition, route, digest, version } = current;
  const title = say(definition.name, language);
  return administrationPage({
    context,
    title,
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{title}</h1>
          <Facts
            facts={[
              [LABELS.forms, definition.id],
              [
                LABELS.formVersion,
                definition.retired === true ? `${version} (${say(LABELS.retired, language)})` : version,
              ],
              [LABELS.formNumber, definition.number],
            ]}
            language={language}
          />
          <h2>{say(LABELS.routeRows, language)}</h2>
          <TableRows table={route} language={language} />
          <p class="foot">SHA-256: {digest}</p>
          <p>
            <a href={FORMS_PATH}>{say(LABELS.backToForms, language)}</a>
          </p>
        </section>
        <FormBox
          title={LABELS.newVersion}
          json={JSON.stringify(definition, undefined, 2)}
          replaces={version}
          language={language}
        />
        <Versions versions={versions} reader={reader} />
      </>
    ),
  });
}

function Versions({ versions, reader }: { readonly versions: readonly FormVersion[]; readonly reader: Reader }) {
  const { language, timeZone } = reader;
  return (
    <section class="card" aria-labelledby="versions">
      <h2 id="versions">{say(LABELS.formVersions, language)}</h2>
      <ol class="steps" reversed>
        {versions.map(({ version, publishedAt, publishedBy, reason, digest, definition }) => (
          <li>
            <h3>
              {say(versionText(version), language)} ({shortDigest(digest)})
            </h3>
            <p>
              {publishedAt === '' ? null : `${formatInstant(publishedAt, language, timeZone)} · `}
              {publishedBy === ''
                ? say(LABELS.shipped, language)
                : `${say(LABELS.publishedBy, language)}: ${publishedBy}`}
            </p>
            {reason === '' ? null : <p class="by">{reason}</p>}
            <details>
              <summary>
                {say(LABELS.formJson, language)}, {say(versionText(version), language)}
              </summary>
              <pre>{JSON.stringify(definition, undefined, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const versionText = (version: number): Text => ({ en: `version ${version}`, zh: `第 ${version} 版` });

interface FormBoxProps {
  readonly title: Text;
  readonly json: string;
  /** Which version the administrator has seen; undefined: whichever counts when it is previewed. */
  readonly replaces: number | undefined;
  readonly language: Language;
}

/** Where the JSON of a form is pasted. */
export function FormBox({ title, json, replaces, language }: FormBoxProps) {
  return (
    <section class="card" aria-labelledby="box">
      <h2 id="box">{say(title, language)}</h2>
      <form method="post" action={FORMS_PATH} accept-charset="utf-8" class="task">
        <TokenField />
        <input type="hidden" name="step" value="preview" />
        {replaces === undefined ? null : <input type="hidden" name="replaces" value={String(replaces)} />}
        <label for="json">{say(LABELS.formJson, language)}</label>
        <p class="hint" id="json-hint">
          {say(LABELS.formHint, language)}
        </p>
        <textarea id="json" name="json" rows={16} required spellcheck={false} aria-describedby="json-hint">
          {json}
        </textarea>
        <button type="submit" class="main">
          {say(LABELS.previewForm, language)}
        </button>
      </form>
    </section>
  );
}
