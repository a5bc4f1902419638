/** One month's payslip as its employee reads it, and the forms of their word on it. */
import type { Context } from 'hono';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { FormToken, TokenField } from '../pages/form-token.tsx';
import { formatInstant, formatMoney } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { ownCards } from '../worklist/frame.tsx';
import type { UnfitReason } from './answer-payslip.ts';
import { type Payslip, type PayslipLine, totalOf } from './domain/payslip.ts';
import { type PayslipState, wordOn } from './domain/payslip-process.ts';
import { type AnswerShown, KINDS, LABELS, RESULTS, UNFIT_REASONS } from './words.ts';

/** What is shown of a month. */
export interface ShownPayslip {
  readonly payslip: Payslip;
  readonly revision: number;
  readonly state: PayslipState;
  readonly isEnded: boolean;
  /** ISO 8601; until when something can be said. */
  readonly deadline?: string;
}

interface DocumentProps extends ShownPayslip {
  readonly context: Context<PageEnvironment>;
  readonly csrfToken: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly result?: AnswerShown;
  readonly refusedReason?: RefusedReason;
}

/** What somebody wrote of what is wrong, and why it is not taken. */
export interface RefusedReason {
  readonly wrong: UnfitReason;
  readonly reason: string;
}

const KIND_ORDER: readonly PayslipLine['kind'][] = ['earning', 'deduction', 'employer'];

/** The whole page as text. */
export function payslipDocument(props: DocumentProps) {
  const { context, csrfToken, language, payslip, revision, result } = props;
  const title = LABELS.payslipOf(payslip.period);
  return ownCards({
    context,
    title,
    language,
    children: (
      <FormToken.Provider value={csrfToken}>
        {result === undefined ? null : (
          <Notice tone={RESULTS[result].tone} title={say(RESULTS[result].title, language)} />
        )}
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(title, language)}</h1>
          <p class="hint">{say(LABELS.onlyYou, language)}</p>
          {revision === 1 ? null : <p class="hint">{say(LABELS.revision(revision), language)}</p>}
          <p class="kind">{say(LABELS.net, language)}</p>
          <p class="sum">{formatMoney(payslip.net, payslip.currency, language)}</p>
        </section>
        {KIND_ORDER.map((kind) => (
          <Lines kind={kind} payslip={payslip} language={language} />
        ))}
        <Word {...props} />
      </FormToken.Provider>
    ),
  });
}

interface LinesProps {
  readonly kind: PayslipLine['kind'];
  readonly payslip: Payslip;
  readonly language: Language;
}

function Lines({ kind, payslip, language }: LinesProps) {
  const lines = payslip.lines.filter((line) => line.kind === kind);
  return lines.length === 0 ? null : (
    <section class="card" aria-labelledby={kind}>
      <h2 id={kind}>{say(KINDS[kind], language)}</h2>
      <ul class="lines">
        {lines.map(({ item, amount }) => (
          <li>
            <span>{item}</span>
            <span class="amount">{formatMoney(amount, payslip.currency, language)}</span>
          </li>
        ))}
        <li>
          <strong>{say(LABELS.total, language)}</strong>
          <strong class="amount">{formatMoney(totalOf(payslip, kind), payslip.currency, language)}</strong>
        </li>
      </ul>
    </section>
  );
}

function Word(props: DocumentProps) {
  const { state, isEnded, language } = props;
  const said = wordOn(state);
  if (said !== undefined || isEnded) {
    return (
      <section class="card">
        <p>{say(LABELS[said?.word ?? 'unanswered'], language)}</p>
        {said?.word === 'disputed' ? <p class="quote">{said.reason}</p> : null}
      </section>
    );
  }
  return <Forms {...props} />;
}

function Forms({ revision, deadline, language, timeZone, refusedReason }: DocumentProps) {
  const wrong =
    refusedReason !== undefined ? { 'aria-invalid': 'true', 'aria-describedby': 'reason-wrong reason-hint' } : {};
  return (
    <>
      <section class="card" aria-labelledby="confirm">
        <h2 id="confirm">{say(LABELS.confirm, language)}</h2>
        {deadline === undefined ? null : (
          <p class="hint">
            {say(LABELS.until, language)} <time datetime={deadline}>{formatInstant(deadline, language, timeZone)}</time>
          </p>
        )}
        <form method="post" accept-charset="utf-8" class="task">
          <TokenField />
          <input type="hidden" name="revision" value={String(revision)} />
          <button type="submit" name="do" value="confirmed" class="main">
            {say(LABELS.confirm, language)}
          </button>
        </form>
      </section>
      <section class="card" aria-labelledby="dispute">
        <h2 id="dispute">{say(LABELS.dispute, language)}</h2>
        <form method="post" accept-charset="utf-8" class="task">
          <TokenField />
          <input type="hidden" name="revision" value={String(revision)} />
          <label for="reason">{say(LABELS.reason, language)}</label>
          <p class="hint" id="reason-hint">
            {say(LABELS.reasonHint, language)}
          </p>
          {refusedReason === undefined ? null : (
            <p class="wrong" id="reason-wrong">
              {say(UNFIT_REASONS[refusedReason.wrong], language)}
            </p>
          )}
          <textarea id="reason" name="reason" rows={3} maxlength={MAX_COMMENT} {...wrong}>
            {refusedReason?.reason ?? ''}
          </textarea>
          <button type="submit" name="do" value="disputed">
            {say(LABELS.dispute, language)}
          </button>
        </form>
      </section>
    </>
  );
}
