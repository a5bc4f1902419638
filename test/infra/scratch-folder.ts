/** Around all tests of the infrastructure: the folder for what they make, gone after them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly scratchFolder: string;
  }
}

export default function makeScratchFolder(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-infra-'));
  project.provide('scratchFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
