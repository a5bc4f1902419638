/** The form of a document that its requester changes: which fields it shows, and how what was sent becomes the document again. Pure. */
import { toDotPath } from 'zod/v4/core';
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { Text } from '../../pages/language.ts';
import type { Filed } from '../../requests/domain/request.ts';
import { type Path, valueAt, withoutItems, withValue } from './document-path.ts';

/** `area`: several lines. `whole`: a number without a point. `choice`: one of its options. */
export type FieldInput = 'text' | 'area' | 'decimal' | 'whole' | 'date' | 'tick' | 'choice';

export interface FormField {
  readonly path: Path;
  readonly label: Text;
  readonly input: FieldInput;
  readonly isRequired?: boolean;
  /** In characters. */
  readonly maxLength?: number;
  /** What can be chosen. */
  readonly options?: readonly { readonly value: string; readonly label: Text }[];
}

/** Fields that belong together, such as those of a line. */
export interface FormPart {
  readonly title?: Text;
  readonly hint?: Text;
  readonly fields: readonly FormField[];
  /** An item of a list that may be taken out. */
  readonly item?: Path;
  /** It is not in the document yet, and comes into it only when something is written there. */
  readonly isNew?: boolean;
}

export interface DocumentForm {
  readonly parts: (document: Filed) => readonly FormPart[];
  /** With what follows from what was typed, such as totals. */
  readonly complete: (document: Filed) => Filed;
}

/** Name of a field in the form, and what issues call it after the name of the document. */
export function fieldName(path: Path): string {
  return toDotPath([...path]);
}

/** What a field holds, as a person writes it. */
export function textAt(document: Filed, path: Path): string {
  const value = valueAt(document, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Everything that the form has no field for stays as it was. `removed`: names of the items that are taken out. */
export function changedDocument(
  form: DocumentForm,
  document: Filed,
  sent: URLSearchParams,
  removed: readonly string[],
): Filed {
  const parts = form.parts(document).filter((part) => part.isNew !== true || isFilledIn(part, sent));
  const changed = parts
    .flatMap(({ fields }) => fields)
    .reduce((whole, field) => withValue(whole, field.path, sentValue(whole, field, sent)), document);
  const items = parts.flatMap(({ item }) => (item !== undefined && removed.includes(fieldName(item)) ? [item] : []));
  return form.complete(withoutItems(changed, items));
}

function isFilledIn({ fields }: FormPart, sent: URLSearchParams): boolean {
  return fields.some(({ path }) => (sent.get(fieldName(path)) ?? '').trim() !== '');
}

/** Undefined: the document has no such field. What cannot be right stays as it was typed, for the checks to name. */
function sentValue(
  document: Filed,
  { path, input, isRequired = false }: FormField,
  sent: URLSearchParams,
): Json | undefined {
  const typed = sent.get(fieldName(path));
  if (input === 'tick') {
    return typed !== null;
  }
  if (typed === null) {
    return valueAt(document, path);
  }
  const text = typed.replaceAll('\r\n', '\n').trim();
  if (text === '') {
    return isRequired ? '' : undefined;
  }
  return input === 'whole' && /^\d{1,6}$/.test(text) ? Number(text) : text;
}
