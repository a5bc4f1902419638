/** Pages of whoever manages: which orders of the ERP are open, how far each is, and what happened to it. */

import type { Context, Hono } from 'hono';
import type { GuessDeps } from '../approvals/guesses.ts';
import { recordRefusal } from '../approvals/record-refusal.ts';
import { noteRead } from '../audit/note-read.ts';
import { readTimeline, type Timeline } from '../audit/timeline.ts';
import { timelinePage } from '../audit/timeline-page.tsx';
import type { Directory } from '../directory/port.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Message, messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { ORDERS_PATH } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import type { StandingRecord } from '../process/standing-record.ts';
import { companyDate } from '../requests/company.ts';
import { isOverseer } from '../sign-in/overseers.ts';
import { requireSignIn } from '../sign-in/require-sign-in.tsx';
import { afterOf } from '../worklist/frame.tsx';
import type { OrderState } from './domain/order-progress.ts';
import { ORDER_KINDS, type OrderKind } from './domain/stages.ts';
import { listOrders } from './list-orders.ts';
import { ordersPage } from './orders-page.tsx';
import { LABELS } from './words.ts';

/** What was refused on these pages. */
const ORDERS: StandingRecord = { processId: 'orders', kind: 'orders', phase: 'Orders' };

export interface OrderPagesDeps extends GuessDeps {
  readonly directory: Directory;
  /** IANA zone of the company: of the day that it is today, and of instants for people without a zone of their own. */
  readonly timeZone: string;
}

/** Orders on one page. */
const PAGE_SIZE = 25;

/** `GET` of `/orders` (`?kind=`, `?after=`) and of `/orders/:processId`. */
export function createOrderPages(deps: OrderPagesDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('*', requireSignIn(deps));
  app.use('*', async (context, next) => {
    const { employeeId } = context.get('signedIn');
    // What the company sells to whom is nobody else's business.
    if (await isOverseer(deps.directory, context.get('signedIn'))) {
      return next();
    }
    const actor = { kind: 'person', id: employeeId } as const;
    await recordRefusal(deps, ORDERS, { type: 'OrdersRefused', actor, facts: { employeeId } });
    return say(context, LABELS.notYours, 403);
  });
  app.get(ORDERS_PATH, async (context) => {
    const kind = kindOf(context.req.query('kind'));
    const today = companyDate(deps.clock, deps.timeZone);
    const page = await listOrders(deps.store, { kind, today, limit: PAGE_SIZE, after: afterOf(context) });
    return context.html(await ordersPage(context, { kind, page, language: (await readerOf(deps, context)).language }));
  });
  app.get(`${ORDERS_PATH}/:processId`, async (context) => {
    const processId = context.req.param('processId');
    const timeline = await readTimeline(deps, processId);
    if (timeline === undefined || !isOrder(timeline)) {
      return say(context, NOT_FOUND, 404);
    }
    const reader = { kind: 'person', id: context.get('signedIn').employeeId } as const;
    await noteRead(deps, { processId, reader, what: 'record' });
    return context.html(timelinePage(await readerOf(deps, context), context, shown(timeline)));
  });
  return app;
}

function kindOf(text: string | undefined): OrderKind {
  return ORDER_KINDS.find((kind) => kind === text) ?? 'sales-order';
}

function isOrder({ head }: Timeline): boolean {
  return ORDER_KINDS.some((kind) => kind === head.kind);
}

/** No machine works on it, so that it counts as ended; to its readers it has ended when the ERP says so. */
function shown(timeline: Timeline): Timeline {
  const { endedAt: _, ...head } = timeline.head;
  const { order } = head.state as OrderState;
  return order.state === 'open' ? { ...timeline, head: { ...head, status: 'running' } } : timeline;
}

function say(context: Context<PageEnvironment>, message: Message, status: 403 | 404) {
  const language = languageOf(context);
  return context.html(messagePage(message, language, otherLanguageQuery(context, language)), status);
}
