/** `npm run ops`: what waits for an operator, and doing something about it. */
import { entrySentence, entryTone } from '../../../functions/audit/entry-words.ts';
import { readFacts } from '../../../functions/audit/fact-reader.ts';
import { namer, timelineTitle } from '../../../functions/audit/timeline.ts';
import {
  type ActResult,
  actOnTrouble,
  type Preview,
  previewAct,
} from '../../../functions/operations/act-on-trouble.ts';
import { latestActs, type SeenAct, seeActs } from '../../../functions/operations/acts.ts';
import { type OperatorAction, parseTrouble, troubleText } from '../../../functions/operations/domain/trouble.ts';
import { type FoundTrouble, listTroubles, troublesOf } from '../../../functions/operations/find-trouble.ts';
import { fullQueues } from '../../../functions/operations/letters.ts';
import { viewProcess } from '../../../functions/operations/view-process.ts';
import { furtherEnds } from '../../../functions/operations/words.ts';
import type { Installation } from '../installation.ts';
import { EXIT, letterDeps, operationDeps, operatorNamed } from './operated.ts';

/** Acts whose state is asked for: each is a look into a history. */
const MOST_ACTS = 20;

export async function status(installation: Installation): Promise<number> {
  const deps = operationDeps(installation);
  const { troubles, more, isAtLeast } = await listTroubles(deps);
  for (const trouble of troubles) {
    console.log(troubleLines(trouble));
  }
  if (more > 0 || isAtLeast) {
    console.log(furtherEnds(more, isAtLeast).en);
  }
  const queues = await fullQueues(letterDeps(installation));
  for (const { name, count } of queues) {
    console.log(`${name}: ${count} dead letters`);
  }
  const acts = await seeActs(deps, await latestActs(deps.store, MOST_ACTS));
  for (const seen of acts.filter(({ state }) => state !== 'done')) {
    console.log(actLine(seen));
  }
  const total = troubles.length + more + queues.length;
  const isNothing = total === 0 && !isAtLeast;
  const count = `${total}${isAtLeast ? ' or more' : ''}`;
  console.log(isNothing ? 'nothing waits for an operator' : `${count} things wait for an operator`);
  return isNothing ? EXIT.done : EXIT.waitsOrRefused;
}

/** What waits in a process, what was already done in it, and what became of what operators asked for. That it was read is noted. */
export async function show(installation: Installation, processId: string, by: string): Promise<number> {
  const view = await viewProcess(operationDeps(installation), processId, { kind: 'person', id: by });
  if (view === undefined) {
    console.log(`there is no process ${processId}`);
    return EXIT.waitsOrRefused;
  }
  const { timeline, troubles, acts } = view;
  const nameOf = namer(timeline, 'en');
  console.log(`${processId}: ${timelineTitle(timeline)}`);
  for (const { entry } of timeline.entries.filter(({ entry: { type } }) => entryTone(type) !== 'quiet')) {
    const facts = readFacts(entry.facts, { language: 'en', timeZone: 'UTC', nameOf });
    console.log(`  ${entry.occurredAt} ${entrySentence(entry.type, facts)}`);
  }
  for (const seen of acts) {
    console.log(actLine(seen));
  }
  for (const trouble of troubles) {
    console.log(troubleLines(trouble));
  }
  return troubles.length === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

interface Order {
  readonly action: OperatorAction;
  readonly by: string;
  readonly reason: string;
}

/** Shows exactly what would be touched; with `apply` does it. */
export async function act(
  installation: Installation,
  { texts, apply, ...order }: Order & { readonly texts: readonly string[]; readonly apply: boolean },
): Promise<number> {
  const refs = texts.map((text) => {
    const ref = parseTrouble(text);
    if (ref === undefined) {
      throw new Error(`"${text}" is nothing that status shows`);
    }
    return ref;
  });
  const deps = operationDeps(installation);
  if (!apply) {
    const previews = await previewAct(deps, refs, order.action);
    for (const preview of previews) {
      console.log(previewLine(order.action, preview));
    }
    return previews.every(({ refusal }) => refusal === undefined) ? EXIT.done : EXIT.waitsOrRefused;
  }
  const results: ActResult[] = [];
  for (const ref of refs) {
    const result = await actOnTrouble(deps, { ...order, ref, operator: operatorNamed(order.by) });
    console.log(resultLine(result));
    results.push(result);
  }
  return results.every(({ kind }) => kind === 'asked-for') ? EXIT.done : EXIT.waitsOrRefused;
}

/** As {@link act}, of the one question that a process asks the operators. */
export async function decide(
  installation: Installation,
  order: Order & { readonly processId: string },
): Promise<number> {
  const { processId, ...rest } = order;
  const questions = (await troublesOf(operationDeps(installation), processId)).filter(
    ({ ref }) => ref.kind === 'question',
  );
  if (questions.length === 0) {
    console.log(`nothing waits for an operator in ${processId}`);
    return EXIT.waitsOrRefused;
  }
  const texts = questions.slice(0, 1).map(({ ref }) => troubleText(ref));
  return act(installation, { ...rest, texts, apply: true });
}

function troubleLines({ ref, title, since, cause, actions, processId }: FoundTrouble): string {
  const where = cause.step === undefined ? cause.error : `${cause.step}: ${cause.error}`;
  return [
    `${troubleText(ref)} waits since ${since}: ${title}${processId === undefined ? '' : ` (${processId})`}`,
    `  ${where}: ${cause.message}`,
    `  may: ${actions.length === 0 ? 'nothing from here' : actions.join(', ')}`,
  ].join('\n');
}

function actLine({ act: { at, by, action, title, processId }, state }: SeenAct): string {
  return `${state}: ${action} of "${title}"${processId === undefined ? '' : ` (${processId})`}, by ${by} at ${at}`;
}

function previewLine(action: OperatorAction, { ref, trouble, refusal }: Preview): string {
  const about = trouble === undefined ? '' : ` "${trouble.title}" (${trouble.processId ?? 'no process'})`;
  return `${troubleText(ref)}${about}: ${refusal === undefined ? `would ${action}` : `cannot ${action}: ${refusal}`}`;
}

function resultLine(result: ActResult): string {
  return result.kind === 'asked-for'
    ? `${troubleText(result.act.ref)}: ${result.act.action} is asked for; status and show say when the step has succeeded`
    : `${troubleText(result.ref)}: refused: ${result.message}`;
}
