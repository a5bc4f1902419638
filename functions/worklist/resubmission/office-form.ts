/** What a requester changes of an office request: the fields that its form has, in the version that the request is of. Pure. */
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { FormDefinition, FormField as OfficeField, SimpleField } from '../../office/domain/form.ts';
import { kindOf, optionsOf } from '../../office/domain/form-values.ts';
import type { Text } from '../../pages/language.ts';
import type { Filed } from '../../requests/domain/request.ts';
import type { DocumentForm, FormField, FormPart } from './document-form.ts';
import { itemsAt, type Path, valueAt, withValue } from './document-path.ts';
import { namedApprovers } from './named-approvers.ts';
import { FIELD_LABELS } from './words.ts';

type ListField = Extract<OfficeField, { type: 'array' }>;
type Named<Field> = readonly [name: string, field: Field];

/** Longer texts have several lines. */
const LONGEST_LINE = 100;
/** As far as a form may bound a number (`functions/office/domain/form.ts`). */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

export function officeForm({ schema }: FormDefinition): DocumentForm {
  const fields = Object.entries(schema.properties);
  const simple = fields.flatMap(([name, field]): Named<SimpleField>[] =>
    field.type === 'array' ? [] : [[name, field]],
  );
  const lists = fields.flatMap(([name, field]): Named<ListField>[] => (field.type === 'array' ? [[name, field]] : []));
  return {
    parts: (document) => [
      {
        fields: [
          { path: ['title'], label: FIELD_LABELS.title, input: 'text', isRequired: true, maxLength: 200 },
          ...simple.map(([name, field]) => entryOf(['fields', name], field, schema.required.includes(name))),
        ],
      },
      ...lists.flatMap(([name, field]) => lineParts(document, name, field)),
      ...namedApprovers(document, ['approvers']),
    ],
    complete: (document) => withNumbers(document, simple, lists),
  };
}

/** One for each line, and one for the next. */
function lineParts(
  document: Filed,
  name: string,
  { items, maxItems, 'x-label': label }: ListField,
): readonly FormPart[] {
  const { length } = itemsAt(document, ['fields', name]);
  return Array.from({ length: Math.min(length + 1, Math.max(length, maxItems)) }, (_, index) => {
    const item: Path = ['fields', name, index];
    const isNew = index === length;
    return {
      title: numbered(label, index + 1),
      ...(isNew ? { hint: FIELD_LABELS.newLineHint, isNew } : {}),
      item,
      fields: Object.entries(items.properties).map(([inner, field]) =>
        entryOf([...item, inner], field, items.required.includes(inner)),
      ),
    };
  });
}

function numbered({ en, zh }: Text, line: number): Text {
  return { en: `${en}, line ${line}`, zh: `${zh} 第 ${line} 行` };
}

function entryOf(path: Path, field: SimpleField, isRequired: boolean): FormField {
  const common = { path, label: field['x-label'], isRequired };
  switch (kindOf(field)) {
    case 'choice':
      return { ...common, input: 'choice', options: optionsOf(field) };
    case 'date':
      return { ...common, input: 'date' };
    case 'boolean':
      return { ...common, input: 'tick', isRequired: false };
    case 'amount':
    case 'number':
    case 'integer':
      return { ...common, input: 'decimal' };
    default: {
      const maxLength = field.type === 'string' ? field.maxLength : undefined;
      return {
        ...common,
        input: (maxLength ?? 0) > LONGEST_LINE ? 'area' : 'text',
        ...(maxLength === undefined ? {} : { maxLength }),
      };
    }
  }
}

/** What was typed into fields for numbers, as numbers; what is none stays as it is, for the checks to name. */
function withNumbers(
  document: Filed,
  simple: readonly Named<SimpleField>[],
  lists: readonly Named<ListField>[],
): Filed {
  const paths = [
    ...simple.flatMap(([name, field]): Path[] => (isNumber(field) ? [['fields', name]] : [])),
    ...lists.flatMap(([name, { items }]) =>
      itemsAt(document, ['fields', name]).flatMap((_, index) =>
        Object.entries(items.properties).flatMap(([inner, field]): Path[] =>
          isNumber(field) ? [['fields', name, index, inner]] : [],
        ),
      ),
    ),
  ];
  return paths.reduce((whole, path) => withValue(whole, path, numberOf(valueAt(whole, path))), document);
}

function isNumber({ type }: SimpleField): boolean {
  return type === 'number' || type === 'integer';
}

function numberOf(value: Json | undefined): Json | undefined {
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
}
