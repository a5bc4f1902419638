/** A form as people fill it in: made of its version, whatever a company asks for. */
import { type Language, say, type Text } from '../pages/language.ts';
import type { FormDefinition, FormField, SimpleField } from './domain/form.ts';
import { type FieldFinding, kindOf, optionsOf } from './domain/form-values.ts';
import { inputName } from './read-inputs.ts';

const WORDS = {
  optional: { en: 'may be empty', zh: '选填' },
  choose: { en: 'Please choose', zh: '请选择' },
  line: (line: number): Text => ({ en: `line ${line + 1}`, zh: `第 ${line + 1} 行` }),
} as const;

/** Lines that a list shows when nothing is filled in yet. */
const EMPTY_LINES = 3;

interface FormInputsProps {
  readonly form: Pick<FormDefinition, 'schema'>;
  /** What was typed before, by the names of the inputs. */
  readonly typed: ReadonlyMap<string, string>;
  readonly findings: readonly FieldFinding[];
  readonly language: Language;
}

export function FormInputs({ form: { schema }, typed, findings, language }: FormInputsProps) {
  return (
    <>
      {Object.entries(schema.properties).map(([name, field]) => {
        const isRequired = schema.required.includes(name);
        const own = { typed, findings, language };
        return field.type === 'array' ? (
          <List name={name} field={field} {...own} />
        ) : (
          <Input
            id={inputName(name)}
            path={name}
            label={field['x-label']}
            field={field}
            isRequired={isRequired}
            {...own}
          />
        );
      })}
    </>
  );
}

interface Shared extends Omit<FormInputsProps, 'form'> {}

function List({
  name,
  field,
  ...own
}: Shared & { readonly name: string; readonly field: Extract<FormField, { type: 'array' }> }) {
  const { typed, language, findings } = own;
  const filled = [...typed].filter(([key, text]) => key.startsWith(`${inputName(name)}.`) && text !== '');
  const last = Math.max(-1, ...filled.map(([key]) => Number(key.split('.')[2])));
  const count = Math.min(field.maxItems, Math.max(EMPTY_LINES, last + 2));
  const title = field['x-label'];
  return (
    <fieldset>
      <legend>{say(title, language)}</legend>
      <Findings id={inputName(name)} findings={findings.filter(({ path }) => path === name)} language={language} />
      {Array.from({ length: count }, (_, line) =>
        Object.entries(field.items.properties).map(([inner, one]) => {
          const at = WORDS.line(line);
          const label = { en: `${one['x-label'].en}, ${at.en}`, zh: `${at.zh} ${one['x-label'].zh}` };
          return (
            <Input
              id={inputName(name, line, inner)}
              path={`${name}[${line}].${inner}`}
              label={label}
              field={one}
              // A line that is left empty is none.
              isRequired={false}
              {...own}
            />
          );
        }),
      )}
    </fieldset>
  );
}

interface InputProps extends Shared {
  readonly id: string;
  /** As findings name it. */
  readonly path: string;
  readonly label: Text;
  readonly field: SimpleField;
  readonly isRequired: boolean;
}

function Input({ id, path, label, field, isRequired, typed, findings, language }: InputProps) {
  const own = findings.filter((one) => one.path === path);
  const wrong = own.length === 0 ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-wrong` };
  const value = typed.get(id) ?? '';
  const kind = kindOf(field);
  const shared = { id, name: id, required: isRequired && kind !== 'boolean', ...wrong };
  const optional = isRequired || kind === 'boolean' ? '' : ` (${say(WORDS.optional, language)})`;
  return (
    <>
      <label for={id}>
        {say(label, language)}
        {optional}
      </label>
      <Findings id={id} findings={own} language={language} />
      {kind === 'choice' ? (
        <select {...shared}>
          <option value="">{say(WORDS.choose, language)}</option>
          {optionsOf(field).map((option) => (
            <option value={option.value} selected={option.value === value}>
              {say(option.label, language)}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} {...attributesOf(field, value)} autocomplete="off" />
      )}
    </>
  );
}

function attributesOf(field: SimpleField, value: string) {
  switch (kindOf(field)) {
    case 'boolean':
      return { type: 'checkbox', value: 'yes', checked: value !== '' };
    case 'date':
      return { type: 'date', value };
    case 'amount':
      return { inputmode: 'decimal' as const, value };
    case 'integer':
    case 'number':
      return { inputmode: 'decimal' as const, value };
    default:
      return { value, ...(field.type === 'string' ? { maxlength: field.maxLength } : {}) };
  }
}

interface FindingsProps {
  readonly id: string;
  readonly findings: readonly FieldFinding[];
  readonly language: Language;
}

function Findings({ id, findings, language }: FindingsProps) {
  return findings.length === 0 ? null : (
    <p class="wrong" id={`${id}-wrong`} role="alert">
      {findings.map(({ reason }) => say(reason, language)).join(' ')}
    </p>
  );
}
