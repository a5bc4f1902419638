/** Before a request is withdrawn its requester sees what that means, and says why. Looking changes nothing. */

import type { Context } from 'hono';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { TokenField } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { REQUESTS_PATH } from '../pages/places.tsx';
import type { WithdrawalQuestion } from './own-request-commands.ts';
import { ownRequestPage } from './own-request-page.tsx';
import { LABELS } from './words.ts';

/** Where a requester is asked whether they mean it. */
export function withdrawalPath(processId: string): string {
  return `${REQUESTS_PATH}?${new URLSearchParams({ withdraw: processId }).toString()}`;
}

interface WithdrawalPageProps {
  readonly context: Context<PageEnvironment>;
  readonly language: Language;
  readonly processId: string;
  readonly question: WithdrawalQuestion;
  /** The form came without a reason. */
  readonly isReasonMissing?: boolean;
}

export function withdrawalPage({ isReasonMissing = false, ...props }: WithdrawalPageProps) {
  return ownRequestPage({
    ...props,
    title: LABELS.withdraw,
    cannot: LABELS.cannotWithdraw,
    children: <WithdrawalForm {...props} isReasonMissing={isReasonMissing} />,
  });
}

type FormProps = Pick<Required<WithdrawalPageProps>, 'processId' | 'language' | 'isReasonMissing'>;

function WithdrawalForm({ processId, language, isReasonMissing }: FormProps) {
  const described = isReasonMissing ? 'reason-hint reason-wrong' : 'reason-hint';
  return (
    <form method="post" action={REQUESTS_PATH} accept-charset="utf-8" class="task">
      <TokenField />
      <p>{say(LABELS.withdrawalHint, language)}</p>
      <label for="reason">{say(LABELS.reason, language)}</label>
      <p class="hint" id="reason-hint">
        {say(LABELS.reasonHint, language)}
      </p>
      {isReasonMissing ? (
        <p class="wrong" id="reason-wrong" role="alert">
          {say(LABELS.reasonMissing, language)}
        </p>
      ) : null}
      <textarea
        id="reason"
        name="reason"
        rows={2}
        maxlength={MAX_COMMENT}
        required
        aria-describedby={described}
        aria-invalid={isReasonMissing ? 'true' : undefined}
      />
      <button type="submit" name="withdraw" value={processId} class="end">
        {say(LABELS.withdraw, language)}
      </button>
    </form>
  );
}
