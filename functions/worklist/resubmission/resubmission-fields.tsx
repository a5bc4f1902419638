/** Fields of a document that is changed, each with what is wrong with it beside it. */
import type { Json } from '../../audit/domain/canonical-json.ts';
import { type Language, say } from '../../pages/language.ts';
import type { Filed } from '../../requests/domain/request.ts';
import type { Issue } from '../../requests/return-request.ts';
import { type FieldInput, type FormField, type FormPart, fieldName, textAt } from './document-form.ts';
import { valueAt } from './document-path.ts';
import { REMOVE_FIELD } from './read-form.ts';
import { RESUBMISSION_LABELS } from './words.ts';

interface Shown {
  readonly document: Filed;
  readonly issues: readonly Issue[];
  readonly language: Language;
}

export function Part({ part, ...shown }: Shown & { readonly part: FormPart }) {
  const { title, hint, fields, item, isNew = false } = part;
  const { language } = shown;
  const content = (
    <>
      {hint === undefined ? null : <p class="hint">{say(hint, language)}</p>}
      {fields.map((field) => (
        <Field field={isNew ? { ...field, isRequired: false } : field} {...shown} />
      ))}
      {item === undefined || isNew ? null : (
        <div class="ticks">
          <label>
            <input type="checkbox" name={REMOVE_FIELD} value={fieldName(item)} />
            {say(RESUBMISSION_LABELS.takeOut, language)}
          </label>
        </div>
      )}
    </>
  );
  return title === undefined ? (
    <div class="part">{content}</div>
  ) : (
    <fieldset class="part">
      <legend>{say(title, language)}</legend>
      {content}
    </fieldset>
  );
}

function Field({ field, document, issues, language }: Shown & { readonly field: FormField }) {
  const { path, label, input, isRequired = false } = field;
  const name = fieldName(path);
  const text = textAt(document, path);
  const wrong = issues.filter((issue) => issue.field === name);
  const state = wrong.length === 0 ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-wrong` };
  const isMissing = isRequired && text === '' && input !== 'tick';
  const why =
    wrong.length === 0 ? null : (
      <p class="wrong" id={`${name}-wrong`}>
        {isMissing
          ? say(RESUBMISSION_LABELS.missing, language)
          : wrong.map(({ reason }) => say(reason, language)).join(' ')}
      </p>
    );
  if (input === 'tick') {
    return (
      <div class="ticks">
        {why}
        <label>
          <input type="checkbox" name={name} value="yes" checked={isTicked(valueAt(document, path))} {...state} />
          {say(label, language)}
        </label>
      </div>
    );
  }
  return (
    <>
      <label for={name}>{say(label, language)}</label>
      {why}
      {input === 'choice' ? (
        <select id={name} name={name} required={isRequired} {...state}>
          <option value="" selected={text === ''}>
            —
          </option>
          {(field.options ?? []).map(({ value, label: choice }) => (
            <option value={value} selected={value === text}>
              {say(choice, language)}
            </option>
          ))}
        </select>
      ) : input === 'area' ? (
        <textarea id={name} name={name} rows={3} maxlength={field.maxLength} required={isRequired} {...state}>
          {text}
        </textarea>
      ) : (
        <input
          id={name}
          name={name}
          value={text}
          required={isRequired}
          maxlength={field.maxLength}
          autocomplete="off"
          {...ENTRY[input]}
          {...state}
        />
      )}
    </>
  );
}

/** Which keys a phone shows. */
const ENTRY: { readonly [input in Exclude<FieldInput, 'area' | 'tick' | 'choice'>]: object } = {
  text: { type: 'text' },
  decimal: { type: 'text', inputmode: 'decimal' },
  whole: { type: 'text', inputmode: 'numeric' },
  date: { type: 'date' },
};

function isTicked(value: Json | undefined): boolean {
  return value === true;
}
