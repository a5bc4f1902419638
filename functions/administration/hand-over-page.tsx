/**
 * What somebody has to decide goes over to somebody else: chosen, shown, and moved by a second button. Exactly what was shown
 * moves: the form names it.
 */
import * as z from 'zod';
import { readApproval } from '../approvals/approval-store.ts';
import type { DecisionDeps } from '../approvals/decision-deps.ts';
import type { GuessDeps } from '../approvals/guesses.ts';
import { type ApprovalPlace, type HandOver, moveTasks, previewHandOver, previewTask } from '../approvals/hand-over.ts';
import { type HandOverRun, orderHandOver, readHandOver, workHandOver } from '../approvals/hand-over-run.ts';
import { MAX_NAME } from '../approvals/read-wish.ts';
import { MOST_MOVED, MOST_ORDERED } from '../worklist/api/schemas.ts';
import type { administrationPage } from './frame.tsx';
import { runPage } from './hand-over-run-view.tsx';
import { choicePage, type PageProps, previewPage, resultPage } from './hand-over-views.tsx';
import { type FormRefusal, recordRefusedForm } from './refused-form.ts';
import { LABELS } from './words.ts';

/** A page, or why the form changes nothing. */
type HandOverAnswer =
  | { readonly shown: ReturnType<typeof administrationPage> }
  | { readonly refusal: FormRefusal; readonly to?: string };

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
const placeSchema = z
  .string()
  .transform((text) => text.split('/'))
  .pipe(z.tuple([id, id]))
  .transform(([processId, approvalId]): ApprovalPlace => ({ processId, approvalId }));
const formSchema = z.object({ to: id, places: z.array(placeSchema).min(1).max(MOST_ORDERED) });
/** Of those that one page gives to a hand-over of many; the rest is worked off behind it. */
const PAGE_MS = 12_000;

/**
 * `?to=` shows what would move; without it, or with a name that is nobody's, the page asks to whom. `?run=` shows how far one of
 * many has come.
 */
export async function showHandOver(deps: DecisionDeps, props: PageProps): Promise<HandOverAnswer> {
  const run = await readHandOver(deps.store, props.context.req.query('run') ?? '');
  if (run?.value.from === props.from.employeeId) {
    return { shown: await shownRun(deps, props, run.value) };
  }
  const typed = props.context.req.query('to')?.trim() ?? '';
  if (typed === '') {
    return { shown: choicePage(props, '') };
  }
  const [to, ...others] = typed.length > MAX_NAME ? [] : await deps.directory.find(typed);
  if (to === undefined || others.length > 0) {
    return { shown: choicePage(props, typed.slice(0, MAX_NAME), LABELS.unknownPerson) };
  }
  const shown =
    to.employeeId === props.from.employeeId
      ? choicePage(props, typed, LABELS.samePerson)
      : previewPage(props, to, await previewOf(deps, orderOf(props, to.employeeId), props.place));
  return { shown };
}

/** What cannot move is shown, and recorded by what moves it; a form that can move nothing is refused as a whole. */
export async function applyHandOver(deps: DecisionDeps & GuessDeps, props: PageProps): Promise<HandOverAnswer> {
  const sent = new URLSearchParams(await props.context.req.text());
  const form = formSchema.safeParse({ to: sent.get('to'), places: sent.getAll('move') }).data;
  if (form === undefined) {
    return { refusal: 'bad-form' };
  }
  const to = await deps.directory.person(form.to);
  if (to === undefined || to.employeeId === props.from.employeeId) {
    return { refusal: to === undefined ? 'unknown-person' : 'same-person', to: form.to };
  }
  const order = orderOf(props, to.employeeId);
  const asked = props.place === undefined ? form.places : [props.place];
  if (asked.length > MOST_MOVED) {
    const { runId } = await orderHandOver(deps, order, asked);
    const until = deps.clock.now().getTime() + PAGE_MS;
    const run = await workHandOver(deps, runId, () => deps.clock.now().getTime() < until);
    return { shown: await shownRun(deps, props, run) };
  }
  const moving = await moveTasks(deps, order, asked);
  if (!(await allThere(deps, asked))) {
    const by = props.context.get('signedIn').employeeId;
    const { path } = props.context.req;
    await recordRefusedForm(deps, { by, path, refusal: 'no-such-approval', to: to.employeeId });
  }
  return { shown: resultPage(props, to, { asked: asked.length, moving }) };
}

async function shownRun({ directory }: DecisionDeps, props: PageProps, run: HandOverRun) {
  return runPage(props, (await directory.person(run.to))?.name ?? run.to, run);
}

async function allThere({ store }: DecisionDeps, places: readonly ApprovalPlace[]): Promise<boolean> {
  const found = await Promise.all(
    places.map(({ processId, approvalId }) => readApproval(store, processId, approvalId)),
  );
  return found.every((approval) => approval !== undefined);
}

function orderOf({ context, from }: PageProps, to: string): HandOver {
  return { from: from.employeeId, to, by: context.get('signedIn').employeeId, isAdministrator: true };
}

async function previewOf(deps: DecisionDeps, order: HandOver, place: ApprovalPlace | undefined) {
  if (place === undefined) {
    return previewHandOver(deps, order);
  }
  const one = await previewTask(deps, order, place);
  return one === undefined ? [] : [one];
}
