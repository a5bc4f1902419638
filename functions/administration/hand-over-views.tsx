/** What a hand-over looks like: to whom, what would move, and what became of it. */
import type { Child } from 'hono/jsx';
import type { ApprovalPlace, Moving } from '../approvals/hand-over.ts';
import { MAX_NAME } from '../approvals/read-wish.ts';
import type { Person } from '../directory/port.ts';
import { TokenField } from '../pages/form-token.tsx';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import type { PageContext } from '../pages/placed-page.tsx';
import { levelText } from '../pages/words.ts';
import { administrationPage, joined } from './frame.tsx';
import { handOverPath, personPath } from './paths.ts';
import { LABELS } from './words.ts';

/** Whose tasks go over; one approval, or all of them. */
export interface HandOverScope {
  readonly from: Person;
  /** Undefined: everything. */
  readonly place?: ApprovalPlace;
}

export interface PageProps extends HandOverScope {
  readonly context: PageContext;
  readonly language: Language;
}

function titleOf({ from, place, language }: PageProps): string {
  const what = say(place === undefined ? LABELS.handOver : LABELS.reassign, language);
  return say({ en: `${what}: ${from.name}`, zh: `${what}：${from.name}` }, language);
}

/** What every page of a hand-over has around its own part. @param above - stands before the card */
export function framed(props: PageProps, own: Child, above: Child = null) {
  const { context, language } = props;
  const title = titleOf(props);
  return administrationPage({
    context,
    title,
    language,
    children: (
      <>
        {above}
        <section class="card" aria-labelledby="title">
          <h1 id="title">{title}</h1>
          {own}
          <Back {...props} />
        </section>
      </>
    ),
  });
}

export function choicePage(props: PageProps, typed: string, problem?: Text) {
  const { language } = props;
  return framed(
    props,
    <form method="get" action={handOverPath(props.from.employeeId, props.place)} class="task">
      <label for="to">{say(LABELS.handOverTo, language)}</label>
      <p class="hint" id="to-hint">
        {say(LABELS.nameHint, language)}
      </p>
      {problem === undefined ? null : (
        <p class="wrong" id="to-wrong" role="alert">
          {say(problem, language)}
        </p>
      )}
      <input
        id="to"
        name="to"
        required
        maxlength={MAX_NAME}
        value={typed}
        autocomplete="off"
        aria-describedby={problem === undefined ? 'to-hint' : 'to-hint to-wrong'}
        aria-invalid={problem === undefined ? undefined : 'true'}
      />
      <button type="submit" class="main">
        {say(LABELS.preview, language)}
      </button>
    </form>,
  );
}

export function previewPage(props: PageProps, to: Person, moving: readonly Moving[]) {
  const { language, from, place } = props;
  const able = moving.filter(({ refusal }) => refusal === undefined);
  const refused = moving.filter(({ refusal }) => refusal !== undefined);
  return framed(
    props,
    <>
      <p class="kind">
        {say(LABELS.handOverTo, language)}: {to.name} ({to.employeeId})
      </p>
      {moving.length === 0 ? <p class="none">{say(LABELS.nothing, language)}</p> : null}
      <Approvals title={LABELS.wouldMove} to={to} moving={able} language={language} />
      <Approvals title={LABELS.cannotMove} to={to} moving={refused} language={language} />
      {able.length === 0 ? null : (
        <form method="post" action={handOverPath(from.employeeId, place)}>
          <TokenField />
          <input type="hidden" name="to" value={to.employeeId} />
          {able.map(({ processId, approvalId }) => (
            <input type="hidden" name="move" value={`${processId}/${approvalId}`} />
          ))}
          <p class="hint">{say(LABELS.recorded, language)}</p>
          <div class="actions">
            <button type="submit" class="main">
              {say({ en: `Move ${able.length} to ${to.name}`, zh: `将 ${able.length} 项移交给${to.name}` }, language)}
            </button>
          </div>
        </form>
      )}
      <p class="apart">
        <a href={handOverPath(from.employeeId, place)}>{say(LABELS.otherPerson, language)}</a>
      </p>
    </>,
  );
}

interface Result {
  readonly asked: number;
  /** What was found still to be with the person. */
  readonly moving: readonly Moving[];
}

export function resultPage(props: PageProps, to: Person, { asked, moving }: Result) {
  const { language } = props;
  const moved = moving.filter(({ refusal }) => refusal === undefined);
  const missed = asked - moved.length;
  const heading = say(
    { en: `${moved.length} moved to ${to.name}`, zh: `已将 ${moved.length} 项移交给${to.name}` },
    language,
  );
  return framed(
    props,
    <>
      <Approvals title={LABELS.moved} to={to} moving={moved} language={language} />
      <Approvals
        title={LABELS.cannotMove}
        to={to}
        moving={moving.filter(({ refusal }) => refusal !== undefined)}
        language={language}
      />
    </>,
    <Notice tone={missed === 0 ? 'good' : 'wait'} title={heading}>
      {missed === 0 ? say(LABELS.recorded, language) : `${say(LABELS.notMoved, language)}: ${missed}`}
    </Notice>,
  );
}

interface ApprovalsProps {
  readonly title: Text;
  /** Who takes over. */
  readonly to: Person;
  readonly moving: readonly Moving[];
  readonly language: Language;
}

function Approvals({ title, to, moving, language }: ApprovalsProps) {
  return moving.length === 0 ? null : (
    <>
      <h2>
        {say(title, language)} ({moving.length})
      </h2>
      <ul class="steps">
        {moving.map(({ processId, title: document, levels, standIns = [], refusal }) => (
          <li>
            {document}
            <p class="by">
              {processId} ·{' '}
              {joined(
                levels.map((name) => say(levelText(name), language)),
                language,
              )}
            </p>
            {standIns.length === 0 ? null : <p class="by">{standInText(to, standIns, language)}</p>}
            {refusal === undefined ? null : <p class="wrong">{refusalText(refusal, language)}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function standInText({ name }: Person, standIns: NonNullable<Moving['standIns']>, language: Language): string {
  const names = joined(
    standIns.map((one) => one.name),
    language,
  );
  return say({ en: `${name} is away; asked instead: ${names}`, zh: `${name}不在岗，由${names}代为审批` }, language);
}

/** The reasons of the record are English; what stands in them is said in Chinese before. */
export function refusalText(refusal: string, language: Language): string {
  return say({ en: refusal, zh: `不能移交（${refusal}）` }, language);
}

function Back({ from, language }: PageProps) {
  return (
    <p class="apart">
      <a href={personPath(from.employeeId)}>{say(LABELS.back, language)}</a>
    </p>
  );
}
