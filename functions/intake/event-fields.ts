/** Fields of an event by their paths, as its schema has them. */
import * as z from 'zod';
import type { FieldKind } from './domain/form-table.ts';

/** What a place of an event's schema is. */
export type Place =
  | { readonly is: 'value'; readonly kind: FieldKind; readonly schema: z.ZodType; readonly isRequired: boolean }
  | { readonly is: 'object'; readonly schema: z.ZodObject; readonly isRequired: boolean }
  | { readonly is: 'rows'; readonly schema: z.ZodObject; readonly isRequired: boolean }
  | { readonly is: 'names'; readonly schema: z.ZodType };

/** Undefined: there is no such field. */
export function placeAt(schema: z.ZodObject, path: string): Place | undefined {
  const [name = '', ...rest] = path.split('.');
  const found: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
  const place = found instanceof z.ZodType ? placeOf(found) : undefined;
  if (rest.length === 0 || place === undefined) {
    return place;
  }
  if (place.is === 'names' && rest.length === 1) {
    return { is: 'value', kind: 'text', schema: place.schema, isRequired: false };
  }
  return place.is === 'object' ? placeAt(place.schema, rest.join('.')) : undefined;
}

function placeOf(schema: z.ZodType): Place | undefined {
  const isRequired = !schema.safeParse(undefined).success;
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) {
    return { is: 'object', schema: inner, isRequired };
  }
  if (inner instanceof z.ZodRecord) {
    const { valueType } = inner;
    return valueType instanceof z.ZodType ? { is: 'names', schema: valueType } : undefined;
  }
  if (inner instanceof z.ZodArray) {
    const element = inner.element instanceof z.ZodType ? unwrapped(inner.element) : undefined;
    return element instanceof z.ZodObject
      ? { is: 'rows', schema: element, isRequired }
      : { is: 'value', kind: 'list', schema: inner, isRequired };
  }
  return { is: 'value', kind: kindOf(inner), schema: inner, isRequired };
}

function kindOf(schema: z.ZodType): FieldKind {
  if (schema instanceof z.ZodISODate) {
    return 'date';
  }
  if (schema instanceof z.ZodISODateTime) {
    return 'instant';
  }
  return schema instanceof z.ZodNumber ? 'whole' : schema instanceof z.ZodBoolean ? 'flag' : 'text';
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : undefined;
  return inner instanceof z.ZodType ? unwrapped(inner) : schema;
}

/** Every path that can be filled, for whoever mistyped one. */
export function leaves(schema: z.ZodObject, prefix = ''): string {
  return Object.keys(schema.shape)
    .map((name) => {
      const place = placeAt(schema, name);
      return place?.is === 'object'
        ? leaves(place.schema, `${prefix}${name}.`)
        : `${prefix}${name}${place?.is === 'names' ? '.<name>' : ''}`;
    })
    .join(', ');
}
