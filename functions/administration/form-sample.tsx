/** A form as people would fill it in, for an example of which somebody asks who would decide. */
import type { ApprovalPlan } from '../approvals/domain/plan.ts';
import type { CompiledForm } from '../office/compile-form.ts';
import type { FieldFinding } from '../office/domain/form-values.ts';
import { FormInputs } from '../office/form-inputs.tsx';
import { TokenField } from '../pages/form-token.tsx';
import { say } from '../pages/language.ts';
import type { Reader } from './frame.tsx';
import { FORMS_PATH } from './paths.ts';
import { Plan } from './plan-view.tsx';
import type { SentForm } from './sent-form.ts';
import { LABELS } from './words.ts';

/** Who would decide about an example, or what is wrong with it. */
export interface SampleAnswer {
  readonly findings: readonly FieldFinding[];
  /** The requester is not one person of the directory. */
  readonly isUnknown: boolean;
  readonly plan?: ApprovalPlan;
  readonly names?: ReadonlyMap<string, string>;
  /** Why nobody may decide. */
  readonly refusal?: string;
}

interface SampleProps {
  readonly reader: Reader;
  readonly form: CompiledForm;
  readonly sent: SentForm;
  readonly replaces: number;
  /** Everything that was sent, by the names of the inputs. */
  readonly typed: ReadonlyMap<string, string>;
  readonly answer?: SampleAnswer | undefined;
}

export function Sample({ reader, form, sent, replaces, typed, answer }: SampleProps) {
  const { language } = reader;
  return (
    <>
      <h2>{say(LABELS.asFilledIn, language)}</h2>
      <p class="hint">{say(LABELS.whoDecidesHint, language)}</p>
      <form method="post" action={FORMS_PATH} accept-charset="utf-8" class="task" novalidate>
        <Pasted sent={sent} replaces={replaces} step="preview" />
        <FormInputs form={form.definition} typed={typed} findings={answer?.findings ?? []} language={language} />
        <label for="requester">{say(LABELS.requester, language)}</label>
        {answer?.isUnknown === true ? (
          <p class="wrong" id="requester-wrong" role="alert">
            {say(LABELS.unknownPerson, language)}
          </p>
        ) : null}
        <input
          id="requester"
          name="requester"
          required
          maxlength={100}
          value={sent.requester}
          autocomplete="off"
          aria-describedby={answer?.isUnknown === true ? 'requester-wrong' : undefined}
        />
        <button type="submit">{say(LABELS.whoDecides, language)}</button>
      </form>
      <Answer answer={answer} reader={reader} />
    </>
  );
}

function Answer({ answer, reader }: { readonly answer: SampleAnswer | undefined; readonly reader: Reader }) {
  if (answer?.plan !== undefined) {
    return <Plan plan={answer.plan} names={answer.names ?? new Map()} reader={reader} />;
  }
  return answer?.refusal === undefined ? null : (
    <p class="wrong" role="alert">
      {say(LABELS.nobody, reader.language)}: {answer.refusal}
    </p>
  );
}

interface PastedProps {
  readonly sent: SentForm;
  readonly replaces: number;
  readonly step: SentForm['step'];
}

/** What is shown is what the next button is about. */
export function Pasted({ sent, replaces, step }: PastedProps) {
  return (
    <>
      <TokenField />
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="replaces" value={String(replaces)} />
      <input type="hidden" name="json" value={sent.json} />
    </>
  );
}
