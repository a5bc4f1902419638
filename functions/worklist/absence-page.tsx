/** Who stands in for whom: one's own absences, a form that names a substitute, and for whom one stands in. */
import type { Context } from 'hono';
import * as z from 'zod';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import { MAX_NAME } from '../approvals/read-wish.ts';
import { isTaskSubject, TASK_SUBJECTS } from '../approvals/task-list.ts';
import { FormToken } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import { PLACE_NAMES } from '../pages/places.tsx';
import { todayText } from '../people/domain/own-absence.ts';
import { endOwnAbsence } from '../people/end-own-absence.ts';
import { listAbsences } from '../people/list-absences.ts';
import { nameSubstitute } from '../people/name-substitute.ts';
import type { OwnAbsenceDeps } from '../people/own-absence-record.ts';
import { recordRefusedWish } from '../people/refused-wish.ts';
import { AbsenceForm, NOTHING_WRITTEN, type Written } from './absence-form.tsx';
import { OwnAbsences, StandIns } from './absence-lists.tsx';
import { ENDED, ENDED_TEXT, NAMED, NAMED_TEXT, NOT_NAMED, NOT_NAMED_TEXT } from './absence-words.ts';
import { ownCards } from './frame.tsx';

type PageContext = Context<PageEnvironment>;

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

const text = z.string().trim().max(MAX_NAME);
const formSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('name'),
    from: text,
    to: text,
    person: text,
    scope: z.array(z.string().refine(isTaskSubject)).transform((subjects) => [...new Set(subjects)]),
  }),
  z.object({ do: z.literal('end'), absence: text }),
]);

/** What was just done, or why not. */
interface Answer {
  readonly tone: 'good' | 'bad';
  readonly title: Text;
  readonly text: Text;
}

export function showAbsences(deps: OwnAbsenceDeps, context: PageContext, reader: Reader) {
  return page(deps, context, reader, {});
}

/** The form that names a substitute, and the button that ends what it made. */
export async function changeAbsences(deps: OwnAbsenceDeps, context: PageContext, reader: Reader) {
  const { employeeId } = context.get('signedIn');
  const sent = new URLSearchParams(await context.req.text());
  const form = formSchema.safeParse({ ...Object.fromEntries(sent), scope: sent.getAll('scope') }).data;
  if (form === undefined) {
    await recordRefusedWish(deps, employeeId, { action: 'unknown', issues: [{ field: 'form', reason: 'unknown' }] });
    return context.html(messagePage(MESSAGES.badRequest, reader.language), 403);
  }
  if (form.do === 'end') {
    return (await endOwnAbsence(deps, employeeId, form.absence)) === 'unknown'
      ? context.html(messagePage(NOT_FOUND, reader.language, otherLanguageQuery(context, reader.language)), 404)
      : page(deps, context, reader, { answer: { tone: 'good', title: ENDED, text: ENDED_TEXT } });
  }
  const wish = { ...form, timeZone: reader.timeZone, subjects: TASK_SUBJECTS };
  const result = await nameSubstitute(deps, employeeId, wish);
  return result === 'named'
    ? page(deps, context, reader, { answer: { tone: 'good', title: NAMED, text: NAMED_TEXT } })
    : page(deps, context, reader, {
        answer: { tone: 'bad', title: NOT_NAMED, text: NOT_NAMED_TEXT },
        written: { ...form, refusals: result },
      });
}

interface Shown {
  readonly answer?: Answer;
  /** What was refused, to be mended. */
  readonly written?: Written;
}

async function page(deps: OwnAbsenceDeps, context: PageContext, reader: Reader, { answer, written }: Shown) {
  const { employeeId, csrfToken } = context.get('signedIn');
  const now = deps.clock.now();
  const { own, standIns } = await listAbsences(deps, employeeId, now);
  const document = ownCards({
    context,
    title: PLACE_NAMES.absence,
    language: reader.language,
    children: (
      <FormToken.Provider value={csrfToken}>
        {answer === undefined ? null : (
          <Notice tone={answer.tone} title={say(answer.title, reader.language)}>
            <p>{say(answer.text, reader.language)}</p>
          </Notice>
        )}
        <h1 class="alone">{say(PLACE_NAMES.absence, reader.language)}</h1>
        <OwnAbsences absences={own} {...reader} />
        <AbsenceForm
          language={reader.language}
          today={todayText({ now, timeZone: reader.timeZone })}
          written={written ?? NOTHING_WRITTEN}
        />
        <StandIns standIns={standIns} {...reader} />
      </FormToken.Provider>
    ),
  });
  return context.html(document, written === undefined ? 200 : 422);
}
