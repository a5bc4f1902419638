/** The company's OA: people file requisitions, see every answer that came back, and take requests back. */
import { Hono } from 'hono';
import { type LocalCloud, output } from '../../cloud/start.ts';
import { type Filing, fileRequisition, requisitionOf, resubmitRequisition, withdrawRequisition } from '../events.ts';
import type { FiledRequest, OaAnswer } from '../oa.ts';
import { newRequestId } from '../put-event.ts';
import { Answers, isFinished, LatestStatus } from './answers.tsx';
import { linesWith, versionToReplace } from './awaited-change.ts';
import { FiledForms } from './form-views.tsx';
import { nameOf, type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';
import {
  type FormProblems,
  type FormValues,
  readForm,
  type Supplier,
  supplierOf,
  usualValues,
} from './read-requisition-form.ts';
import { ReworkCard, Withdrawal } from './requester-cards.tsx';
import { RequisitionForm } from './requisition-form.tsx';

export function oaPages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/oa', (context) => context.html(requestsPage(deps, visitOf(context))));
  app.get('/oa/new', (context) => {
    if (deps.cloud() === undefined) return startingPage(context, 'oa');
    const supplier = supplierOf(context.req.query('supplier'));
    return context.html(formPage(deps, visitOf(context), supplier, usualValues(supplier)));
  });
  app.post('/oa/new', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const values = textValues(await context.req.parseBody());
    const supplier = supplierOf(context.req.query('supplier'));
    const form = readForm(values, supplier, deps.directory);
    if ('problems' in form) {
      return context.html(formPage(deps, visitOf(context), supplier, values, form.problems), 400);
    }
    return context.redirect(`/oa/requests/${await fileRequest(deps, cloud, form.filing)}`, 303);
  });
  app.get('/oa/requests/:requestId', (context) => {
    const request = findRequest(deps, context.req.param('requestId'));
    return request === undefined
      ? context.notFound()
      : context.html(requestPage(deps, visitOf(context), request, deps.oa.answersTo(request.requestId)));
  });
  app.post('/oa/requests/:requestId/resubmission', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const request = findRequest(deps, context.req.param('requestId'));
    if (request === undefined) return context.notFound();
    await resubmitRequest(deps, cloud, request, textValues(await context.req.parseBody()));
    return context.redirect(`/oa/requests/${request.requestId}`, 303);
  });
  app.post('/oa/requests/:requestId/withdrawal', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const request = findRequest(deps, context.req.param('requestId'));
    if (request === undefined) return context.notFound();
    const reason = textValues(await context.req.parseBody()).reason?.trim() ?? '';
    await withdrawRequest(deps, cloud, request, reason);
    return context.redirect(`/oa/requests/${request.requestId}`, 303);
  });
  return app;
}

function textValues(body: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function findRequest({ oa }: PortalDeps, requestId: string): FiledRequest | undefined {
  return oa.filed().find((request) => request.requestId === requestId);
}

async function fileRequest(
  { oa }: PortalDeps,
  { endpoint, outputs }: LocalCloud,
  filing: Filing & { readonly requesterId: string },
): Promise<string> {
  const requestId = newRequestId();
  const { requesterId, ...asked } = filing;
  oa.file({ requestId, requesterId, requisition: requisitionOf(asked), filedAt: new Date().toISOString() });
  return fileRequisition(endpoint, output(outputs, 'EventBusName'), { ...filing, requestId });
}

async function resubmitRequest(
  { oa }: PortalDeps,
  { endpoint, outputs }: LocalCloud,
  request: FiledRequest,
  values: FormValues,
): Promise<void> {
  const lines = linesWith(request, values);
  if (lines === undefined) {
    return;
  }
  const requisition = requisitionOf({ ...request.requisition, lines });
  const replacesVersion = Number(values.version);
  oa.file({ ...request, requisition });
  await resubmitRequisition(endpoint, output(outputs, 'EventBusName'), { ...request, replacesVersion, requisition });
}

async function withdrawRequest(
  { oa }: PortalDeps,
  { endpoint, outputs }: LocalCloud,
  { requestId, requesterId }: FiledRequest,
  reason: string,
): Promise<void> {
  await withdrawRequisition(endpoint, output(outputs, 'EventBusName'), {
    requestId,
    employeeId: requesterId,
    reason: reason === '' ? '不再需要 No longer needed' : reason,
  });
  oa.noteWithdrawal(requestId);
}

function requestsPage(deps: PortalDeps, visit: Visit) {
  const { t, money, time } = visit;
  const title = t('Demonstration OA', '演示 OA');
  const requests = deps.oa.filed();
  return renderPortalPage({
    visit,
    place: 'oa',
    title,
    isAwaiting: [...requests, ...deps.oa.filedForms()].some(
      ({ requestId }) => !isFinished(deps.oa.answersTo(requestId)),
    ),
    children: (
      <>
        <Top title={title}>
          {t(
            'Stands for the system where the company’s people ask for things. It puts events on the bus and takes Meridian’s signed answers.',
            '代表公司员工提出申请的系统。它向事件总线发送事件，并接收 Meridian 的签名回复。',
          )}
        </Top>
        <section class="card">
          {requests.length === 0 ? (
            <p class="empty">{t('Nothing has been filed yet.', '尚无申请。')}</p>
          ) : (
            <ul class="rows">
              {requests.map((request) => (
                <li>
                  <p class="row">
                    <a class="name" href={`/oa/requests/${request.requestId}`}>
                      {request.requisition.title}
                    </a>
                    <span class="figure">{money(request.requisition.total, request.requisition.currency)}</span>
                  </p>
                  <p class="meta">
                    {request.requestId} · {nameOf(deps, request.requesterId)} · {time(request.filedAt)}
                  </p>
                  <p class="tags">
                    <LatestStatus visit={visit} answers={deps.oa.answersTo(request.requestId)} />
                  </p>
                </li>
              ))}
            </ul>
          )}
          <p class="actions">
            <a class="button main" href="/oa/new">
              {t('File a purchase requisition', '提交采购申请')}
            </a>
            <a class="button" href="/oa/tasks">
              {t('My tasks', '我的待办')}
            </a>
          </p>
        </section>
        <FiledForms deps={deps} visit={visit} />
      </>
    ),
  });
}

function formPage(deps: PortalDeps, visit: Visit, supplier: Supplier, values: FormValues, problems?: FormProblems) {
  const title = visit.t('File a purchase requisition', '提交采购申请');
  return renderPortalPage({
    visit,
    place: 'oa',
    title,
    children: (
      <RequisitionForm
        title={title}
        visit={visit}
        directory={deps.directory}
        supplier={supplier}
        values={values}
        problems={problems ?? new Set()}
      />
    ),
  });
}

function requestPage(deps: PortalDeps, visit: Visit, request: FiledRequest, answers: readonly OaAnswer[]) {
  const { t, money, time } = visit;
  const { requisition, requestId } = request;
  const isDone = isFinished(answers);
  const version = versionToReplace(answers);
  return renderPortalPage({
    visit,
    place: 'oa',
    title: requisition.title,
    isAwaiting: !isDone,
    children: (
      <>
        <section class="card">
          <p class="kind">
            {t('Purchase requisition', '采购申请')} {requestId}
          </p>
          <h1>{requisition.title}</h1>
          <p class="sum">{money(requisition.total, requisition.currency)}</p>
          <dl class="facts">
            <div>
              <dt>{t('Requested by', '申请人')}</dt>
              <dd>{nameOf(deps, request.requesterId)}</dd>
            </div>
            <div>
              <dt>{t('Filed', '提交时间')}</dt>
              <dd>{time(request.filedAt)}</dd>
            </div>
            <div>
              <dt>{t('Supplier', '供应商')}</dt>
              <dd>{supplierOf(requisition.supplierCode).name}</dd>
            </div>
            <div>
              <dt>{t('Lines', '明细')}</dt>
              <dd>
                {requisition.lines.map((line) => (
                  <p>
                    {line.productCode}: {line.quantity} × {money(line.unitPrice, requisition.currency)} ={' '}
                    {money(line.amount, requisition.currency)}
                  </p>
                ))}
              </dd>
            </div>
          </dl>
        </section>
        <Answers visit={visit} answers={answers} />
        {version === undefined ? null : <ReworkCard visit={visit} request={request} version={version} />}
        {isDone ? null : <Withdrawal visit={visit} request={request} />}
      </>
    ),
  });
}
