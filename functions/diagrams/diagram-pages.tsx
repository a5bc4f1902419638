/** Pages that show each process as a diagram with its waiting times, and give it as a file. Nothing personal is on them. */

import type { Hono } from 'hono';
import type { Directory } from '../directory/port.ts';
import { MEASURED_KIND_NAMES } from '../measures/domain/kinds.ts';
import { joinTallies, type Tallies, weekOf, weeksBefore } from '../measures/domain/tally.ts';
import { readTallies } from '../measures/read-figures.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Message, messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { PROCESSES_PATH } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { isOverseer } from '../sign-in/overseers.ts';
import { requireSignIn } from '../sign-in/require-sign-in.tsx';
import type { SessionDeps } from '../sign-in/sessions.ts';
import { LABELS } from './diagram-words.ts';
import { listPage } from './list-page.tsx';
import { APPROVAL, MACHINES, PERIODS } from './machines.ts';
import type { Diagrams } from './port.ts';
import { processPage } from './process-page.tsx';

export interface DiagramPagesDeps extends SessionDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: Clock;
  /** IANA zone of the company: weeks begin on its Mondays. */
  readonly timeZone: string;
  readonly diagrams: Diagrams;
  readonly log: (message: string, facts: { readonly [name: string]: string }) => void;
}

/** `GET` of `/processes`, of `/processes/:machine` (both with `?weeks=`) and of `/processes/:machine/bpmn`. */
export function createDiagramPages(deps: DiagramPagesDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('*', requireSignIn(deps));
  app.use('*', async (context, next) => {
    if (await isOverseer(deps.directory, context.get('signedIn'))) {
      return next();
    }
    deps.log('refused figures of processes', { employeeId: context.get('signedIn').employeeId });
    return message(context, LABELS.notYours, 403);
  });
  app.get(PROCESSES_PATH, async (context) => {
    const weeks = weeksOf(context);
    const figures = MACHINES.map(async (machine) => ({ machine, tallies: await talliesOf(deps, machine, weeks) }));
    const { language } = await readerOf(deps, context);
    return context.html(listPage({ context, language, weeks, machines: await Promise.all(figures) }));
  });
  app.get(`${PROCESSES_PATH}/:machine`, async (context) => {
    const machine = context.req.param('machine');
    if (!MACHINES.includes(machine)) {
      return message(context, NOT_FOUND, 404);
    }
    const weeks = weeksOf(context);
    const { language } = await readerOf(deps, context);
    const [tallies, drawing] = [await talliesOf(deps, machine, weeks), deps.diagrams.drawing(machine)];
    return context.html(processPage({ context, language, weeks, machine, tallies, drawing }));
  });
  app.get(`${PROCESSES_PATH}/:machine/bpmn`, async (context) => {
    const machine = context.req.param('machine');
    if (!MACHINES.includes(machine)) {
      return message(context, NOT_FOUND, 404);
    }
    const { language } = await readerOf(deps, context);
    return context.body(deps.diagrams.bpmn(machine, language), 200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${machine}.bpmn"`,
    });
  });
  return app;
}

function weeksOf(context: PageContext): number {
  const asked = Number(context.req.query('weeks'));
  return PERIODS.find((weeks) => weeks === asked) ?? PERIODS[0];
}

/** Of so many weeks and of this one. Approvals are those of all processes. */
async function talliesOf(
  { store, clock, timeZone }: DiagramPagesDeps,
  machine: string,
  weeks: number,
): Promise<Tallies> {
  const now = weekOf(clock.now(), timeZone);
  const all = Array.from({ length: weeks + 1 }, (_, index) => weeksBefore(now, index));
  const kinds = machine === APPROVAL ? MEASURED_KIND_NAMES : [machine];
  return joinTallies(await Promise.all(kinds.map((kind) => readTallies(store, kind, all))));
}

function message(context: PageContext, text: Message, status: 403 | 404) {
  const language = languageOf(context);
  return context.html(messagePage(text, language, otherLanguageQuery(context, language)), status);
}
