/** The button by which a requester urges those who have their request now. */
import { URGE_AGAIN_AFTER_HOURS } from '../approvals/domain/urge.ts';
import { clockHoursAfter } from '../calendar/domain/working-time.ts';
import { TokenField } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import type { RequestProgress } from './list-requests.ts';
import { LABELS } from './words.ts';

interface UrgeProps {
  readonly request: RequestProgress;
  readonly now: Date;
  readonly language: Language;
  readonly timeZone: string;
}

/** Nothing to press as long as it would be refused, since they were urged a short time ago. */
export function Urge({ request, now, language, timeZone }: UrgeProps) {
  const wait = request.waitsFor.find(({ kind }) => kind === 'approval');
  if (wait === undefined) {
    return null;
  }
  const { urgedAt } = wait;
  // Working hours are never less than those of the clock: what is hidden would be refused.
  if (urgedAt !== undefined && now < clockHoursAfter(urgedAt, URGE_AGAIN_AFTER_HOURS)) {
    const at = formatInstant(urgedAt, language, timeZone);
    return <p class="by">{say(urgedText(at), language)}</p>;
  }
  return <UrgeForm request={request} language={language} />;
}

function urgedText(at: string): Text {
  return {
    en: `Urged ${at}; again after ${URGE_AGAIN_AFTER_HOURS} working hours`,
    zh: `已于 ${at} 催办，${URGE_AGAIN_AFTER_HOURS} 个工作小时后可再次催办`,
  };
}

function UrgeForm({ request, language }: { readonly request: RequestProgress; readonly language: Language }) {
  const { processId, title } = request;
  return (
    <form method="post" class="task">
      <TokenField />
      <button type="submit" name="urge" value={processId} aria-label={`${say(LABELS.urge, language)}: ${title}`}>
        {say(LABELS.urge, language)}
      </button>
    </form>
  );
}
