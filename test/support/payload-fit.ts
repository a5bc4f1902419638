/** Compares the payload that a machine's text describes with the schema that the function parses it with. */
import * as z from 'zod';

/**
 * What does not fit: fields that are missing, unknown, or literals of a wrong kind. What an expression gives is not known
 * before it runs; the payloads of real runs are parsed with the same schemas (see `unfitPayloads`).
 */
export function payloadMisfits(schema: z.core.$ZodType, payload: unknown, path = ''): readonly string[] {
  if (isExpression(payload)) {
    return [];
  }
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodUnion) {
    const perOption = inner.options.map((option) => payloadMisfits(option, payload, path));
    return perOption.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (inner instanceof z.ZodObject) {
    return objectMisfits(inner, payload, path);
  }
  const parsed = z.safeParse(schema, payload);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => `${path || 'Payload'}: ${message}`);
}

function objectMisfits(schema: z.ZodObject, payload: unknown, path: string): readonly string[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    return [`${path || 'Payload'} is not an object`];
  }
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const given = new Map(Object.entries(payload));
  const missing = Object.entries(schema.shape).filter(
    ([key, field]) => !given.has(key) && !z.safeParse(field, undefined).success,
  );
  return [
    ...missing.map(([key]) => `${at(key)} is missing`),
    ...[...given].flatMap(([key, value]) => {
      const field = schema.shape[key];
      return field === undefined ? [`${at(key)} is unknown to the handler`] : payloadMisfits(field, value, at(key));
    }),
  ];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return isWrapper ? unwrapped(schema.unwrap()) : schema;
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}');
}
