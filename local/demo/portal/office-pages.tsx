/** The OA's forms: whatever forms the company has now, filled in on pages that are made of them. */
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { OfficeRequest } from '../../../functions/events/office-request-submitted.ts';
import type { FormDefinition } from '../../../functions/office/domain/form.ts';
import { valueText } from '../../../functions/office/domain/form-values.ts';
import { compileFormFolder } from '../../../functions/office/form-folder.ts';
import { FormInputs } from '../../../functions/office/form-inputs.tsx';
import { currentForms, readFormVersion } from '../../../functions/office/form-versions.ts';
import { readInputs } from '../../../functions/office/read-inputs.ts';
import { say } from '../../../functions/pages/language.ts';
import { ROOT } from '../../cloud/paths.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';
import type { FiledForm } from '../oa.ts';
import { resubmitForm, submitForm } from '../office-requests.ts';
import { newRequestId } from '../put-event.ts';
import { Answers, isFinished, LatestStatus } from './answers.tsx';
import { versionToReplace } from './awaited-change.ts';
import { nameOf, type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';
import { withStore } from './tables.ts';

export function officePages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/oa/forms', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    return context.html(formsPage(visitOf(context), await formsOf(cloud)));
  });
  app.get('/oa/forms/:formId', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const form = (await formsOf(cloud)).find(({ id }) => id === context.req.param('formId'));
    return form === undefined
      ? context.notFound()
      : context.html(formPage(deps, visitOf(context), form, new Map([['requesterId', 'E-1001']])));
  });
  app.post('/oa/forms/:formId', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const form = (await formsOf(cloud)).find(({ id }) => id === context.req.param('formId'));
    if (form === undefined) return context.notFound();
    const requestId = newRequestId('OF');
    await fileForm(deps, cloud, form, { requestId, typed: await typedIn(context) });
    return context.redirect(`/oa/filed-forms/${requestId}`, 303);
  });
  app.get('/oa/filed-forms/:requestId', async (context) => {
    const filed = filedForm(deps, context.req.param('requestId'));
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const form = (await formsOf(cloud)).find(({ id }) => id === filed?.request.form);
    return filed === undefined || form === undefined
      ? context.notFound()
      : context.html(filedPage(deps, visitOf(context), form, filed));
  });
  app.post('/oa/filed-forms/:requestId', async (context) => {
    const filed = filedForm(deps, context.req.param('requestId'));
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const form = (await formsOf(cloud)).find(({ id }) => id === filed?.request.form);
    if (filed === undefined || form === undefined) return context.notFound();
    const typed = await typedIn(context);
    await fileForm(deps, cloud, form, { ...filed, typed, replacesVersion: Number(typed.get('version')) });
    return context.redirect(`/oa/filed-forms/${filed.requestId}`, 303);
  });
  return app;
}

function filedForm({ oa }: PortalDeps, requestId: string): FiledForm | undefined {
  return oa.filedForms().find((filed) => filed.requestId === requestId);
}

/** Until an administrator has looked, or somebody has filed one, the forms that come with Meridian are not in the tables. */
async function formsOf(cloud: LocalCloud): Promise<readonly FormDefinition[]> {
  const kept = await withStore(cloud, async (store) =>
    Promise.all((await currentForms(store)).map(({ formId, version }) => readFormVersion(store, formId, version))),
  );
  const starting = await compileFormFolder(join(ROOT, 'rules/forms'));
  const known = new Set(kept.map(({ definition }) => definition.id));
  const all = [...kept, ...starting.filter(({ definition }) => !known.has(definition.id))];
  return all.map(({ definition }) => definition);
}

async function typedIn(context: Context): Promise<ReadonlyMap<string, string>> {
  const body = await context.req.parseBody();
  return new Map(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}

interface Filing {
  readonly requestId: string;
  readonly typed: ReadonlyMap<string, string>;
  readonly requesterId?: string;
  readonly replacesVersion?: number;
}

/** What is wrong in it is for Meridian to say. */
async function fileForm(
  { oa }: PortalDeps,
  { endpoint, outputs }: LocalCloud,
  form: FormDefinition,
  { requestId, typed, replacesVersion, requesterId = typed.get('requesterId') ?? '' }: Filing,
): Promise<void> {
  const title = typed.get('title')?.trim() ?? '';
  const request: OfficeRequest = {
    form: form.id,
    title: title === '' ? form.name.zh : title,
    fields: readInputs(form, typed),
  };
  oa.fileForm({ requestId, requesterId, request, typed: Object.fromEntries(typed), filedAt: new Date().toISOString() });
  const filed = { requestId, employeeId: requesterId };
  const busName = output(outputs, 'EventBusName');
  await (replacesVersion === undefined
    ? submitForm(endpoint, busName, filed, request)
    : resubmitForm(endpoint, busName, { ...filed, replacesVersion }, request));
}

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

function formsPage(visit: Visit, forms: readonly FormDefinition[]) {
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

function formPage(deps: PortalDeps, visit: Visit, form: FormDefinition, typed: ReadonlyMap<string, string>) {
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

function filedPage(deps: PortalDeps, visit: Visit, form: FormDefinition, filed: FiledForm) {
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
