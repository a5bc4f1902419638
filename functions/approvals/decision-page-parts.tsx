/** The parts of the decision page: what it is about, its files, and the form. */
import { howText, versionNumberText } from '../pages/document-changes.ts';
import { formatBytes, formatInstant, formatMoney } from '../pages/format.ts';
import { type Language, say } from '../pages/language.ts';
import { actionText, levelText, SUBJECTS } from '../pages/words.ts';
import { LABELS, nextLabel, personalText, personText, signedInText, versionText } from './decision-page-words.ts';
import type { ApprovalAction } from './domain/plan.ts';
import type { Question } from './links.ts';
import { SessionFields } from './session-forms.tsx';
import type { DecisionView } from './view-decision.ts';

/** Longest comment that the form takes, in characters. */
export const MAX_COMMENT = 1000;

export interface Reader {
  readonly language: Language;
  /** IANA zone of the company's calendar. */
  readonly timeZone: string;
}

export interface PartProps extends Reader {
  readonly view: DecisionView;
}

/** Title, amount and the facts that a decision needs first. */
export function Summary({ view, language, timeZone }: PartProps) {
  const { document } = view;
  const costCentre =
    document.costCentre === undefined || view.costCentreName === undefined
      ? document.costCentre
      : `${view.costCentreName} (${document.costCentre})`;
  return (
    <section class="card" aria-labelledby="title">
      <p class="kind">
        {say(SUBJECTS[view.subject], language)} · {say(levelText(view.levelName), language)}
      </p>
      <h1 id="title">{document.title}</h1>
      <Total view={view} language={language} />
      <dl class="facts">
        <Fact
          label={say(LABELS.version, language)}
          value={view.version === 1 ? undefined : say(versionNumberText(view.version), language)}
        />
        <Fact label={say(LABELS.requester, language)} value={document.requesterName} />
        <Fact label={say(LABELS.supplier, language)} value={document.supplier} />
        <Fact label={say(LABELS.costCentre, language)} value={costCentre} />
        <Fact
          label={say(LABELS.deadline, language)}
          value={view.deadline === undefined ? undefined : formatInstant(view.deadline, language, timeZone)}
        />
      </dl>
    </section>
  );
}

function Total({ view, language }: { readonly view: DecisionView; readonly language: Language }) {
  const { document } = view;
  // What failed before it was checked has no amount yet.
  if (document.total === '0') {
    return null;
  }
  return (
    <>
      <p class="sum">{formatMoney(document.total, document.currency, language)}</p>
      {document.currency === document.baseCurrency ? null : (
        <p class="sum-base">≈ {formatMoney(document.baseTotal, document.baseCurrency, language)}</p>
      )}
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string | undefined }) {
  return value === undefined || value === '' ? null : (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The lines with how their amounts come about, and everything else worth knowing. */
export function Details({ view, language }: PartProps) {
  const { lines, notes, currency } = view.document;
  return (
    <>
      {lines.length === 0 ? null : (
        <section class="card" aria-labelledby="lines">
          <h2 id="lines">{say(LABELS.lines, language)}</h2>
          <ul class="lines">
            {lines.map((line) => (
              <li>
                <div>
                  <p>{line.label}</p>
                  <p class="how">{howText(line, currency, language)}</p>
                </div>
                <p class="amount">{formatMoney(line.amount, currency, language)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notes.length === 0 ? null : (
        <section class="card" aria-labelledby="notes">
          <h2 id="notes">{say(LABELS.notes, language)}</h2>
          <dl class="facts plain">
            {notes.map((note) => (
              <Fact label={say(note.label, language)} value={note.value} />
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

interface FilesProps extends PartProps {
  /** Path of the page, beside which the files are. */
  readonly path: string;
  /** Of the page, where its path does not say it all. */
  readonly query: string;
}

/** What people attached, and the way to the form that takes a file. */
export function Files({ view, path, query, language, timeZone }: FilesProps) {
  const { attachments, tasks } = view;
  const canAttach = tasks.attachRefusal === undefined;
  return attachments.length === 0 && !canAttach ? null : (
    <section class="card" aria-labelledby="files">
      <h2 id="files">{say(LABELS.files, language)}</h2>
      <FileList attachments={attachments} path={path} language={language} timeZone={timeZone} />
      {canAttach ? (
        <p>
          <a href={`${path}/attach${query}`}>{say(LABELS.attach, language)}</a>
        </p>
      ) : null}
    </section>
  );
}

interface FileListProps extends Reader {
  readonly attachments: DecisionView['attachments'];
  readonly path: string;
}

/** Each file with who added it; the link gives the file itself. */
export function FileList({ attachments, path, language, timeZone }: FileListProps) {
  return attachments.length === 0 ? null : (
    <ul class="lines">
      {attachments.map(({ fileId, name, by, at, bytes, version }) => (
        <li>
          <div>
            <p>
              <a href={`${path}/files/${fileId}`}>{name ?? say(LABELS.erasedName, language)}</a>
            </p>
            <p class="how">
              {say(personText(by), language)} · {formatInstant(at, language, timeZone)}
              {version === undefined ? null : ` · ${say(versionText(version), language)}`}
            </p>
          </div>
          <p class="amount">{formatBytes(bytes, language)}</p>
        </li>
      ))}
    </ul>
  );
}

/** In a session, where the path names no level, pages are told by it which of them they are about. */
export function levelQuery({ level }: Question): string {
  return `?level=${level}`;
}

interface FormProps {
  readonly actions: readonly ApprovalAction[];
  readonly language: Language;
  /** What the person wrote before, when it has to be shown again. */
  readonly comment: string;
  readonly isCommentMissing: boolean;
  readonly next: DecisionView['next'];
  readonly isNextMissing: boolean;
}

/** One form; the button says what is decided. It posts to the address of the page. */
export function DecisionForm(props: FormProps) {
  const { actions, language, comment, isCommentMissing } = props;
  const separator = language === 'en' ? ', ' : '、';
  const needing = actions.filter((action) => action.commentRequired);
  const hint =
    needing.length === 0
      ? say(LABELS.commentOptional, language)
      : `${say(LABELS.commentHint, language)}${needing.map(({ action }) => say(actionText(action), language)).join(separator)}`;
  return (
    <section class="card" aria-labelledby="decision">
      <h2 id="decision">{say(LABELS.decision, language)}</h2>
      <form method="post" accept-charset="utf-8">
        <SessionFields />
        <label for="comment">{say(LABELS.comment, language)}</label>
        <p class="hint" id="comment-hint">
          {hint}
        </p>
        {isCommentMissing ? (
          <p class="wrong" id="comment-wrong">
            {say(LABELS.commentMissing, language)}
          </p>
        ) : null}
        <textarea
          id="comment"
          name="comment"
          rows={3}
          maxlength={MAX_COMMENT}
          autocomplete="off"
          aria-describedby={isCommentMissing ? 'comment-wrong comment-hint' : 'comment-hint'}
          aria-invalid={isCommentMissing ? 'true' : 'false'}
        >
          {comment}
        </textarea>
        <NextApprover {...props} />
        <div class="actions">
          {actions.map((action, index) => (
            <button type="submit" name="action" value={action.action} class={buttonClass(action, index)}>
              {say(actionText(action.action), language)}
            </button>
          ))}
        </div>
      </form>
    </section>
  );
}

/** Whoever decides last chooses who is asked next; a refusal needs no choice, so the field may stay empty. */
function NextApprover({ next, language, isNextMissing }: FormProps) {
  return next === undefined ? null : (
    <>
      <label for="next">{say(nextLabel(next.levelName), language)}</label>
      <p class={isNextMissing ? 'wrong' : 'hint'} id="next-hint">
        {say(LABELS.nextHint, language)}
      </p>
      <select id="next" name="next" aria-describedby="next-hint" aria-invalid={isNextMissing ? 'true' : 'false'}>
        <option value="">{say(LABELS.nextNobody, language)}</option>
        {next.candidates.map(({ employeeId, name }) => (
          <option value={employeeId}>{name}</option>
        ))}
      </select>
    </>
  );
}

function buttonClass({ action }: ApprovalAction, index: number): string {
  if (action === 'reject' || action === 'cancel') {
    return 'end';
  }
  return index === 0 ? 'main' : '';
}

/** For whom the link is, or who is signed in, and of which process. */
export function Footer({ view, language }: PartProps) {
  return (
    <div class="foot">
      <p>{say(view.link.via === 'link' ? personalText(view.person) : signedInText(view.person), language)}</p>
      <p>
        {say(LABELS.process, language)} <code>{view.link.processId}</code>
      </p>
    </div>
  );
}
