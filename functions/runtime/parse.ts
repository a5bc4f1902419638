/** What comes from outside is parsed before it is used; what is wrong is named, all at once. */
import type * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { ConfigError, type FieldIssue, ValidationError } from './errors.ts';

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseEnvironment<T>(schema: z.ZodType<T>, variables: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new ConfigError(`the function's environment is incomplete: ${missing}`);
  }
  return parsed.data;
}

/** @throws ValidationError naming every field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ValidationError(fieldIssues(parsed.error), { cause: parsed.error });
  }
  return parsed.data;
}

/** @throws ValidationError when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const issue = { field: '(whole)', problem: 'is not JSON', remedy: 'send a JSON object' };
    throw new ValidationError([issue], { cause });
  }
}

/** zod's findings in the taxonomy's words. */
function fieldIssues(error: z.ZodError): readonly FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? '(whole)' : toDotPath(issue.path),
    problem: issue.message,
    remedy: 'send the field as the event contract in docs/events.md describes it',
  }));
}
