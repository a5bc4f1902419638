/** The list of all that waits for an operator. */
import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import type { Reader } from '../pages/reader.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { latestActs, seeActs } from './acts.ts';
import { OPERATOR_ACTIONS, troubleText } from './domain/trouble.ts';
import { type FoundTrouble, listTroubles, type TroubleDeps } from './find-trouble.ts';
import { Acts, operationsPage, TroubleFacts } from './frame.tsx';
import { fullQueues } from './letters.ts';
import { ACT_PATH, actPath, lettersPath } from './paths.ts';
import type { DeadLetters, LetterQueue } from './port.ts';
import { ACTION_NAMES, countText, furtherEnds, LABELS } from './words.ts';

/** Acts whose state is looked up: each is a look into a history. */
const MOST_ACTS = 10;

interface ListDeps extends TroubleDeps {
  readonly store: ProcessStore;
  readonly letters: DeadLetters;
}

export async function troublesPage(deps: ListDeps, context: PageContext, reader: Reader) {
  const [{ troubles, more, isAtLeast }, queues] = await Promise.all([listTroubles(deps), fullQueues(deps)]);
  const acts = await seeActs(deps, await latestActs(deps.store, MOST_ACTS));
  const { language } = reader;
  return operationsPage({
    context,
    title: say(LABELS.title, language),
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(LABELS.title, language)}</h1>
          {troubles.length + queues.length + more === 0 && !isAtLeast ? (
            <p class="none">{say(LABELS.nothing, language)}</p>
          ) : null}
          {more === 0 && !isAtLeast ? null : <p class="foot">{say(furtherEnds(more, isAtLeast), language)}</p>}
        </section>
        <Waiting troubles={troubles} reader={reader} />
        <Queues queues={queues} reader={reader} />
        <Acts acts={acts} reader={reader} />
      </>
    ),
  });
}

interface WaitingProps {
  readonly troubles: readonly FoundTrouble[];
  readonly reader: Reader;
}

function Waiting({ troubles, reader }: WaitingProps) {
  const { language } = reader;
  return troubles.length === 0 ? null : (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{say(countText(troubles.length, LABELS.waiting), language)}</h2>
      <form method="get" action={ACT_PATH}>
        <ul class="steps ticks">
          {troubles.map((trouble) => (
            <li>
              <label>
                <input type="checkbox" name="what" value={troubleText(trouble.ref)} />
                {trouble.title}
              </label>
              <TroubleFacts trouble={trouble} reader={reader} />
              <p class="by">
                {trouble.actions.length === 0 ? say(LABELS.noAction, language) : null}
                {trouble.actions.map((action, index) => (
                  <>
                    {index === 0 ? '' : ' · '}
                    <a href={actPath(action, trouble.ref)}>{say(ACTION_NAMES[action], language)}</a>
                  </>
                ))}
              </p>
            </li>
          ))}
        </ul>
        <div class="task">
          <label for="action">{say(LABELS.several, language)}</label>
          <select id="action" name="action">
            {OPERATOR_ACTIONS.map((action) => (
              <option value={action}>{say(ACTION_NAMES[action], language)}</option>
            ))}
          </select>
          <button type="submit">{say(LABELS.preview, language)}</button>
        </div>
      </form>
    </section>
  );
}

function Queues({
  queues,
  reader: { language },
}: {
  readonly queues: readonly LetterQueue[];
  readonly reader: Reader;
}) {
  return queues.length === 0 ? null : (
    <section class="card" aria-labelledby="letters">
      <h2 id="letters">{say(LABELS.letters, language)}</h2>
      <ul class="items">
        {queues.map(({ name, count }) => (
          <li>
            <a href={lettersPath(name)}>{name}</a>
            <span class="amount">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
