/** Runs cases of the DMN Technology Compatibility Kit. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSame } from '../../functions/policy/feel-tests.ts';
import { evaluateDecision } from './decisions.ts';
import { type KitCase, readKitFile } from './kit-file.ts';
import { type Model, readModel } from './model.ts';
import { isRecord } from './types.ts';

/** A case that was run. */
export interface KitRun {
  /** File and id. */
  readonly id: string;
  /** What differs; none: it passed. */
  readonly differences: readonly string[];
}

/** Runs every case under the folder; `part` of an id leaves out the others. None when the folder holds no kit. */
export async function runKit(folder: string, part = ''): Promise<readonly KitRun[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.xml')).toSorted();
  return (await Promise.all(names.map((name) => runFile(folder, name, part)))).flat();
}

async function runFile(folder: string, name: string, part: string): Promise<readonly KitRun[]> {
  const file = readKitFile(await readFile(join(folder, name), 'utf8'));
  const cases = (file?.cases ?? [])
    .map(({ id, read }) => ({ id: `${name} ${id}`, read }))
    .filter(({ id }) => id.includes(part));
  if (file === undefined || cases.length === 0) {
    return [];
  }
  const model = await readModel(await readFile(join(folder, dirname(name), file.model), 'utf8')).catch(messageOf);
  return cases.map(({ id, read }) => ({
    id,
    differences: typeof model === 'string' ? [`${file.model}: ${model}`] : differencesOf(read, model),
  }));
}

/** What a case expects otherwise than the model answers. */
export function differencesOf(read: () => KitCase, model: Model): readonly string[] {
  try {
    const { inputs, results } = read();
    return results.flatMap(({ name, expected }) => {
      const found = evaluateDecision(model, name, inputs);
      return agrees(found, expected) ? [] : [`${name}: ${textOf(found)}, expected ${textOf(expected)}`];
    });
  } catch (error) {
    return [messageOf(error)];
  }
}

/** The kit's numbers have more digits than a double, and its own runner compares them to eight places. */
const TOLERANCE = 1e-8;

function agrees(found: unknown, expected: unknown): boolean {
  if (typeof found === 'number' && typeof expected === 'number') {
    return Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(found) && Array.isArray(expected)) {
    return found.length === expected.length && found.every((member, index) => agrees(member, expected[index]));
  }
  if (isRecord(found) && isRecord(expected)) {
    const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
    return [...names].every((name) => agrees(found[name] ?? null, expected[name] ?? null));
  }
  return isSame(found, expected);
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
