/** What can be done about a case: decide it with a reason, or give it to somebody else. */
import { TokenField } from '../pages/form-token.tsx';
import { type Language, say } from '../pages/language.ts';
import { casePath } from '../pages/places.tsx';
import type { CaseDecision, CaseState } from './domain/case-state.ts';
import { DECISIONS, LABELS } from './words.ts';

interface CaseFormsProps {
  readonly caseId: string;
  readonly state: CaseState;
  readonly language: Language;
}

const MAX_REASON = 500;
const MAX_NAME = 100;

export function CaseForms({ caseId, state, language }: CaseFormsProps) {
  const decisions: readonly CaseDecision[] = state.held.length === 0 ? ['close'] : ['release', 'cancel'];
  return (
    <>
      <section class="card" aria-labelledby="decide">
        <h2 id="decide">{say(LABELS.decide, language)}</h2>
        <form method="post" action={casePath(caseId)} accept-charset="utf-8" class="task">
          <TokenField />
          <label for="reason">{say(LABELS.reason, language)}</label>
          <p class="hint" id="reason-hint">
            {say(LABELS.reasonHint, language)}
          </p>
          <textarea id="reason" name="reason" rows={3} maxlength={MAX_REASON} required aria-describedby="reason-hint" />
          {decisions.map((decision) => (
            <button type="submit" name="action" value={decision} class={decision === 'cancel' ? 'end' : undefined}>
              {say(DECISIONS[decision], language)}
            </button>
          ))}
        </form>
      </section>
      <section class="card" aria-labelledby="assign">
        <h2 id="assign">{say(LABELS.assign, language)}</h2>
        <form method="post" action={casePath(caseId)} accept-charset="utf-8" class="task">
          <TokenField />
          <label for="to">{say(LABELS.assignTo, language)}</label>
          <input type="text" id="to" name="to" maxlength={MAX_NAME} required autocomplete="off" />
          <button type="submit" name="action" value="assign">
            {say(LABELS.assignButton, language)}
          </button>
        </form>
      </section>
    </>
  );
}
