/** The input schemas of the functions that machines call, found by the name that a placeholder gives: `OpenLevel`. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../..');

/** Handlers' files by the name of their placeholder, without `Arn`. */
const HANDLER_FILES: ReadonlyMap<string, string> = new Map(
  globSync('functions/**/*.handler.{ts,tsx}', { cwd: ROOT }).map((file) => [
    pascalCase(file.replace(/^.*\/|\.handler\.tsx?$/g, '')),
    file,
  ]),
);

/** The schema that a handler parses its input with; undefined where there is no such handler, or none that machines may call. */
export async function inputSchemaOf(functionName: string): Promise<z.ZodType | undefined> {
  const file = HANDLER_FILES.get(functionName);
  if (file === undefined) {
    return undefined;
  }
  const { input }: { input?: unknown } = await import(join(ROOT, file));
  return input instanceof z.ZodType ? input : undefined;
}

/** A call of a function by a machine. */
export interface FunctionCall {
  readonly functionName: string;
  readonly payload: unknown;
}

/** What is wrong with payloads that machines really made: what the schema refuses, and fields that it does not know. */
export async function unfitPayloads(calls: readonly FunctionCall[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { functionName, payload } of calls) {
    const schema = await inputSchemaOf(functionName);
    const problems = schema === undefined ? ['there is no handler with an input of that name'] : unfit(schema, payload);
    for (const problem of problems) {
      found.add(`${functionName}: ${problem}`);
    }
  }
  return [...found];
}

function unfit(schema: z.ZodType, payload: unknown): readonly string[] {
  const parsed = schema.safeParse(payload);
  return parsed.success
    ? unknownFields(payload, parsed.data, '')
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** Fields of a value that its schema dropped when it was parsed. */
function unknownFields(value: unknown, parsed: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || typeof parsed !== 'object' || parsed === null) {
    return [];
  }
  const kept = new Map<string, unknown>(Object.entries(parsed));
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return kept.has(key) ? unknownFields(inner, kept.get(key), at) : [`${at} is unknown to the handler`];
  });
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
