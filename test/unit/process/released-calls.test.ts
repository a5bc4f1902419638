/**
 * Functions are not pinned to the version of a definition: a deployment changes them under executions that run. So every
 * function must take what every definition that was ever released sends it, until its executions are drained.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { MachineDefinition } from '../../../local/step-functions/definition.ts';
import { inputSchemaOf } from '../../support/handler-inputs.ts';
import { functionTasks } from '../../support/machine-contracts.ts';
import { payloadMisfits } from '../../support/payload-fit.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'statemachines');
const RELEASED = join(ROOT, 'docs/released-calls.json');

/** Payloads by the names of functions. */
const released = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(readFileSync(RELEASED, 'utf8')));

const today = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.asl.json'))
  .flatMap((file) => functionTasks(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as MachineDefinition));

async function misfits(functionName: string, payload: unknown): Promise<readonly string[]> {
  const schema = await inputSchemaOf(functionName);
  return schema === undefined ? [`there is no ${functionName} any more`] : payloadMisfits(schema, payload);
}

describe('a function that an old definition calls', () => {
  it.each(Object.entries(released))('%s takes what was ever sent to it', async (functionName, payloads) => {
    for (const payload of payloads) {
      expect(await misfits(functionName, payload)).toEqual([]);
    }
  });

  it('is known by every call of the definitions of today: docs/released-calls.json has them all', () => {
    const missing = today.filter(
      ({ functionName, payload }) =>
        !(released[functionName] ?? []).some((one) => JSON.stringify(one) === JSON.stringify(payload)),
    );

    expect(missing.map(({ at, functionName, payload }) => `${at}: ${functionName} ${JSON.stringify(payload)}`)).toEqual(
      [],
    );
  });

  it('would be missed if it were gone, or asked for more', async () => {
    expect(await misfits('NoSuchFunction', {})).toEqual(['there is no NoSuchFunction any more']);
    expect(await misfits('OpenLevel', {})).not.toEqual([]);
  });
});
