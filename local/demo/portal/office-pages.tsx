/** The OA's forms: whatever forms the company has now, filled in on pages that are made of them. */
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { OfficeRequest } from '../../../functions/events/office-request-submitted.ts';
import type { FormDefinition } from '../../../functions/office/domain/form.ts';
import { compileFormFolder } from '../../../functions/office/form-folder.ts';
import { formsInUse } from '../../../functions/office/form-versions.ts';
import { readInputs } from '../../../functions/office/read-inputs.ts';
import { ROOT } from '../../cloud/paths.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';
import type { FiledForm } from '../oa.ts';
import { resubmitForm, submitForm } from '../office-requests.ts';
import { newRequestId } from '../put-event.ts';
import { filedPage, formPage, formsPage } from './form-views.tsx';
import { type PortalDeps, startingPage, visitOf } from './frame.tsx';
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

async function formsOf(cloud: LocalCloud): Promise<readonly FormDefinition[]> {
  const starting = await compileFormFolder(join(ROOT, 'rules/forms'));
  const forms = await withStore(cloud, (store) => formsInUse(store, starting));
  return forms.map(({ definition }) => definition).filter(({ retired }) => retired !== true);
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
