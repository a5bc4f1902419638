/** On which day a leave that has begun ends earlier, by its requester's word. Looking changes nothing. */

import type { Context } from 'hono';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { TokenField } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { REQUESTS_PATH } from '../pages/places.tsx';
import { EARLY_RETURN_LABELS, standsText } from './early-return-words.ts';
import type { EarlyReturnQuestion } from './own-leave-commands.ts';
import { ownRequestPage } from './own-request-page.tsx';
import { FORM_KEY_FIELD } from './resubmission/read-form.ts';
import { LABELS } from './words.ts';

/** Where a requester says when they come back. */
export function earlyReturnPath(processId: string): string {
  return `${REQUESTS_PATH}?${new URLSearchParams({ shorten: processId }).toString()}`;
}

/** What somebody wrote into the form. */
export interface WrittenReturn {
  readonly to: string;
  readonly endsAtNoon: boolean;
  readonly isNotTaken: boolean;
  readonly reason: string;
}

interface EarlyReturnPageProps {
  readonly context: Context<PageEnvironment>;
  readonly language: Language;
  readonly processId: string;
  readonly question: EarlyReturnQuestion;
  /** Unique for this showing of the form: what is sent twice from it counts once. */
  readonly formKey: string;
  /** As it was just sent, and what is wrong with the day. */
  readonly written?: WrittenReturn & { readonly wrong: Text };
}

export function earlyReturnPage(props: EarlyReturnPageProps) {
  return ownRequestPage({
    ...props,
    title: EARLY_RETURN_LABELS.shorten,
    cannot: EARLY_RETURN_LABELS.cannotShorten,
    children: <EarlyReturnForm {...props} />,
  });
}

function EarlyReturnForm({ language, processId, question, formKey, written }: EarlyReturnPageProps) {
  const { from, to } = question;
  const state = written === undefined ? {} : { 'aria-invalid': 'true' as const };
  return (
    <form method="post" action={REQUESTS_PATH} accept-charset="utf-8" class="task">
      <TokenField />
      <input type="hidden" name={FORM_KEY_FIELD} value={formKey} />
      <p>{say(standsText({ from, to }), language)}</p>
      <p class="hint" id="to-hint">
        {say(EARLY_RETURN_LABELS.hint, language)}
      </p>
      <label for="to">{say(EARLY_RETURN_LABELS.to, language)}</label>
      {written === undefined ? null : (
        <p class="wrong" id="to-wrong" role="alert">
          {say(written.wrong, language)}
        </p>
      )}
      <input
        id="to"
        name="to"
        type="date"
        min={from}
        max={to}
        value={written?.to ?? ''}
        aria-describedby={written === undefined ? 'to-hint' : 'to-hint to-wrong'}
        {...state}
      />
      <div class="ticks">
        <label>
          <input type="checkbox" name="notTaken" value="yes" checked={written?.isNotTaken ?? false} />
          {say(EARLY_RETURN_LABELS.notTaken, language)}
        </label>
        <label>
          <input type="checkbox" name="endsAtNoon" value="yes" checked={written?.endsAtNoon ?? false} />
          {say(EARLY_RETURN_LABELS.endsAtNoon, language)}
        </label>
      </div>
      <label for="reason">{say(EARLY_RETURN_LABELS.reason, language)}</label>
      <p class="hint" id="reason-hint">
        {say(LABELS.reasonHint, language)}
      </p>
      <textarea id="reason" name="reason" rows={2} maxlength={MAX_COMMENT} aria-describedby="reason-hint">
        {written?.reason ?? ''}
      </textarea>
      <button type="submit" name="shorten" value={processId} class="main">
        {say(EARLY_RETURN_LABELS.send, language)}
      </button>
    </form>
  );
}
