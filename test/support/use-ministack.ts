/** The emulator of AWS for the tests of one file, empty at their beginning and gone after them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Ministack, startMinistack } from '../../local/cloud/ministack.ts';

/** @returns its endpoint, while tests or their preparations run */
export function useMinistack(): () => string {
  let folder: string | undefined;
  let cloud: Ministack | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-cloud-'));
    cloud = await startMinistack({ dataFolder: folder, keepState: false });
  });
  afterAll(async () => {
    await cloud?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (cloud === undefined) throw new Error('the emulator runs only while tests do');
    return cloud.endpoint;
  };
}
