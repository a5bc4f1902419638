/** What the OA's forms look like: which there are, filled in, and filed with their answers. */
import type { FormDefinition } from '../../../functions/office/domain/form.ts';
import { valueText } from '../../../functions/office/domain/form-values.ts';
import { FormInputs } from '../../../functions/office/form-inputs.tsx';
import { say } from '../../../functions/pages/language.ts';
import type { FiledForm } from '../oa.ts';
import { Answers, isFinished, LatestStatus } from './answers.tsx';
import { versionToReplace } from './awaited-change.ts';
import { nameOf, type PortalDeps, renderPortalPage, Top, type Visit } from './frame.tsx';

/** On the OA's first page. */
export function FiledForms({ deps, visit }: { readonly deps: PortalDeps; readonly visit: Visit }) {
  const { t, time } = visit;
  return (
    <section class="card" aria-labelledby="forms">
      <h2 id="forms">{t('Forms', '表单')}</h2>
      <ul class="rows">
        {deps.oa.filedForms().map(({ requestId, requesterId, request, filedAt }) => (
          <li>
            <p class="row">
              <a class="name" href={`/oa/filed-forms/${requestId}`}>
                {request.title}
              </a>
              <span class="figure">{request.form}</span>
            </p>
            <p class="meta">
              {requestId} · {nameOf(deps, requesterId)} · {time(filedAt)}
            </p>
            <p class="tags">
              <LatestStatus visit={visit} answers={deps.oa.answersTo(requestId)} />
            </p>
          </li>
        ))}
      </ul>
      <p class="actions">
        <a class="button" href="/oa/forms">
          {t('Fill in a form', '填写表单')}
        </a>
      </p>
    </section>
  );
}

export function formsPage(visit: Visit, forms: readonly FormDefinition[]) {
  const { t, language } = visit;
  const title = t('Forms', '表单');
  return renderPortalPage({
    visit,
    place: 'oa',
    title,
    children: (
      <>
        <Top title={title}>
          {t(
            'Every form that the company has now. An administrator adds one on Meridian’s pages, without a deployment.',
            '公司当前的全部表单。管理员可在 Meridian 页面新增表单，无需部署。',
          )}
        </Top>
        <section class="card">
          <ul class="rows">
            {forms.map(({ id, name }) => (
              <li>
                <a class="name" href={`/oa/forms/${id}`}>
                  {say(name, language)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      </>
    ),
  });
}

export function formPage(deps: PortalDeps, visit: Visit, form: FormDefinition, typed: ReadonlyMap<string, string>) {
  const { t, language } = visit;
  const title = say(form.name, language);
  return renderPortalPage({
    visit,
    place: 'oa',
    title,
    children: (
      <>
        <div class="top">
          <h1>{title}</h1>
        </div>
        <form class="card" method="post" action={`/oa/forms/${form.id}`} novalidate>
          <div class="field">
            <label for="requesterId">{t('Requested by', '申请人')}</label>
            <select id="requesterId" name="requesterId">
              {deps.directory.people
                .filter(({ active }) => active)
                .map(({ employeeId, name }) => (
                  <option value={employeeId} selected={employeeId === typed.get('requesterId')}>
                    {name}
                  </option>
                ))}
            </select>
          </div>
          <Fields form={form} typed={typed} visit={visit} />
          <div class="actions">
            <button class="main" type="submit">
              {t('File it', '提交')}
            </button>
          </div>
        </form>
      </>
    ),
  });
}

interface FieldsProps {
  readonly form: FormDefinition;
  readonly typed: ReadonlyMap<string, string>;
  readonly visit: Visit;
}

function Fields({ form, typed, visit: { t, language } }: FieldsProps) {
  return (
    <>
      <label for="title">{t('Title', '标题')}</label>
      <input id="title" name="title" maxlength={200} value={typed.get('title') ?? ''} />
      <FormInputs form={form} typed={typed} findings={[]} language={language} />
    </>
  );
}

export function filedPage(deps: PortalDeps, visit: Visit, form: FormDefinition, filed: FiledForm) {
  const { t, time, language } = visit;
  const { requestId, requesterId, request, typed, filedAt } = filed;
  const answers = deps.oa.answersTo(requestId);
  const version = versionToReplace(answers);
  return renderPortalPage({
    visit,
    place: 'oa',
    title: request.title,
    isAwaiting: !isFinished(answers) && version === undefined,
    children: (
      <>
        <section class="card">
          <p class="kind">
            {say(form.name, language)} {requestId}
          </p>
          <h1>{request.title}</h1>
          <dl class="facts">
            <div>
              <dt>{t('Requested by', '申请人')}</dt>
              <dd>{nameOf(deps, requesterId)}</dd>
            </div>
            <div>
              <dt>{t('Filed', '提交时间')}</dt>
              <dd>{time(filedAt)}</dd>
            </div>
            {Object.entries(form.schema.properties).map(([name, field]) => (
              <div>
                <dt>{say(field['x-label'], language)}</dt>
                <dd>{valueText(field, request.fields[name])}</dd>
              </div>
            ))}
          </dl>
        </section>
        <Answers visit={visit} answers={answers} />
        {version === undefined ? null : (
          <form class="card" method="post" action={`/oa/filed-forms/${requestId}`} novalidate>
            <h2>{t('Change it and send it again', '修改后重新提交')}</h2>
            <input type="hidden" name="version" value={String(version)} />
            <Fields form={form} typed={new Map(Object.entries(typed))} visit={visit} />
            <div class="actions">
              <button class="main" type="submit">
                {t('Send it again', '重新提交')}
              </button>
            </div>
          </form>
        )}
      </>
    ),
  });
}
