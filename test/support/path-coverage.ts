/**
 * Path coverage of the state machines. A way counts only when the test that took it has asserted what record, ERP and OA
 * say at the end, so handing in a world is that assertion.
 */
import { expect } from 'vitest';
import { machineFiles } from '../../local/paths/machine-files.ts';
import { writeTaken } from '../../local/paths/taken-files.ts';
import type { VirtualEngine } from '../../local/step-functions/index.ts';
import { addCounts, type Counts, countWays } from '../../local/step-functions/paths/taken.ts';
import { type FunctionCall, unfitPayloads } from './handler-inputs.ts';

/** What a process has come to, seen from three sides, each in one line. */
export interface End {
  readonly record: string;
  readonly erp: string;
  readonly oa: string;
}

/** Any process's world: what its machines did, and what they called. */
export interface PlayedWorld {
  readonly engine: Pick<VirtualEngine, 'transitions'>;
  readonly functionCalls: readonly FunctionCall[];
}

const machines = machineFiles();
const taken = new Map<string, Counts>();

/**
 * Asserts how a played process ended and that its machines called functions with what those take; then its ways count as
 * taken. Sides of `expected` may be vitest's matchers.
 *
 * @param unfit - what is wrong with the calls, where the test makes an input that no caller would let through
 */
export async function handIn(world: PlayedWorld, end: End, expected: End, unfit: readonly string[]): Promise<void> {
  expect(end).toEqual(expected);
  expect(await unfitPayloads(world.functionCalls)).toEqual(unfit);
  for (const { name, definition } of machines) {
    const transitions = world.engine.transitions();
    const arn = transitions.map(({ machineArn }) => machineArn).find((candidate) => candidate.endsWith(`:${name}`));
    const counts = arn === undefined ? {} : countWays(arn, definition, transitions);
    taken.set(name, addCounts([taken.get(name) ?? {}, counts]));
  }
}

/** Writes what the tests of a file took down, and forgets it. @param testFile - its path */
export function keepTakenWays(testFile: string): void {
  if (taken.size === 0) {
    return;
  }
  writeTaken(
    testFile,
    machines.map((machine) => ({ machine, counts: taken.get(machine.name) ?? {} })),
  );
  taken.clear();
}
