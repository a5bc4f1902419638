/** The letters of one queue: read, ticked, shown once more, and sent again. Exactly those that the form names are sent. */
import * as z from 'zod';
import { TokenField } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import type { PageContext } from '../pages/placed-page.tsx';
import type { Reader } from '../pages/reader.ts';
import { Back, operationsPage } from './frame.tsx';
import { type LetterDeps, type LettersSent, readLetters, type ShownLetter, sendLettersAgain } from './letters.ts';
import { lettersPath } from './paths.ts';
import { countText, LABELS } from './words.ts';

const MOST_SENT = 50;
const letterIds = z
  .array(z.string().regex(/^[A-Za-z0-9-]{1,100}$/))
  .min(1)
  .max(MOST_SENT);

interface Props {
  readonly context: PageContext;
  readonly reader: Reader;
  readonly queue: string;
}

/** With `?letter=`, what would be sent; else all that SQS shows. Undefined: there is no such queue. */
export async function showLetters(deps: Pick<LetterDeps, 'letters'>, props: Props) {
  if (!deps.letters.has(props.queue)) {
    return undefined;
  }
  const ticked = letterIds.safeParse(new URL(props.context.req.url).searchParams.getAll('letter')).data;
  const letters = await readLetters(deps, props.queue);
  return ticked === undefined
    ? listPage(props, letters)
    : previewPage(
        props,
        letters.filter(({ letterId }) => ticked.includes(letterId)),
        ticked.length,
      );
}

/** Undefined: the form cannot be read, or there is no such queue. */
export async function applyLetters(deps: LetterDeps, props: Props) {
  const { context, queue } = props;
  const sent = letterIds.safeParse(new URLSearchParams(await context.req.text()).getAll('letter'));
  if (!sent.success || !deps.letters.has(queue)) {
    return undefined;
  }
  const operator = { name: context.get('signedIn').employeeId, via: 'operations-page' } as const;
  return resultPage(props, await sendLettersAgain(deps, { queue, letterIds: sent.data, operator }));
}

function listPage(props: Props, letters: readonly ShownLetter[]) {
  const { queue, reader } = props;
  const { language } = reader;
  return framed(
    props,
    letters.length === 0 ? (
      <p class="none">{say(LABELS.noLetters, language)}</p>
    ) : (
      <form method="get" action={lettersPath(queue)}>
        <ul class="steps ticks">
          {letters.map((letter) => (
            <li>
              <label>
                <input type="checkbox" name="letter" value={letter.letterId} />
                {aboutText(letter, language)}
              </label>
              <Body letter={letter} reader={reader} />
            </li>
          ))}
        </ul>
        <div class="actions">
          <button type="submit">{say(LABELS.preview, language)}</button>
        </div>
        <p class="foot">{say(LABELS.lettersFoot, language)}</p>
      </form>
    ),
  );
}

function previewPage(props: Props, letters: readonly ShownLetter[], ticked: number) {
  const { queue, reader } = props;
  const { language } = reader;
  return framed(
    props,
    <>
      <h2>{say(countText(letters.length, LABELS.wouldTouch), language)}</h2>
      <ul class="steps">
        {letters.map((letter) => (
          <li>
            {aboutText(letter, language)}
            <Body letter={letter} reader={reader} />
          </li>
        ))}
      </ul>
      {letters.length === ticked ? null : (
        <p class="wrong">{say(countText(ticked - letters.length, LABELS.letterGone), language)}</p>
      )}
      {letters.length === 0 ? null : (
        <form method="post" action={lettersPath(queue)}>
          <TokenField />
          {letters.map(({ letterId }) => (
            <input type="hidden" name="letter" value={letterId} />
          ))}
          <p class="hint">{say(LABELS.recorded, language)}</p>
          <div class="actions">
            <button type="submit" class="main">
              {say(countText(letters.length, LABELS.sendAgain), language)}
            </button>
          </div>
        </form>
      )}
    </>,
  );
}

function resultPage(props: Props, { sent, kept, missed }: LettersSent) {
  const { language } = props.reader;
  const text = say(
    {
      en: `${sent} went back to where they belong, ${kept} stay since nothing takes them, ${missed} were not there any more.`,
      zh: `已送回 ${sent} 封，${kept} 封无处可送而保留，${missed} 封已不在队列中。`,
    },
    language,
  );
  return framed(
    props,
    <Notice tone={kept + missed === 0 ? 'good' : 'wait'} title={say(LABELS.sendAgain, language)}>
      {text}
    </Notice>,
  );
}

function framed(
  { context, reader: { language }, queue }: Props,
  own: Parameters<typeof operationsPage>[0]['children'],
) {
  const title = say({ en: `Dead letters: ${queue}`, zh: `死信：${queue}` }, language);
  return operationsPage({
    context,
    title,
    language,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        {own}
        <Back language={language} />
      </section>
    ),
  });
}

function aboutText({ about }: ShownLetter, language: Language): string {
  return about.length === 0 ? say(LABELS.untitledLetter, language) : about.join(', ');
}

function Body({ letter, reader }: { readonly letter: ShownLetter; readonly reader: Reader }) {
  return (
    <>
      <p class="by">
        {formatInstant(letter.sentAt, reader.language, reader.timeZone)} · {letter.letterId}
      </p>
      <p class="quote">{letter.body}</p>
    </>
  );
}
