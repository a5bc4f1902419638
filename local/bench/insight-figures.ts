/** How long the report and what-if take over a million entries, and how much memory, each in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { generateHistory } from '../history/generate.ts';
import type { ToldCase } from '../history/telling.ts';
import { writeHistory } from '../history/write-history.ts';

const HISTORY = { from: '2025-09-01', months: 6, seed: 7, scale: 1 };
/** Half a year of sixty people is some 55,000 entries; more of it are its processes again under other ids. */
const COPIES = 19;
const TARGETS = { seconds: 20, mb: 1024 };

const childSchema = z.object({ seconds: z.number(), mb: z.number() });

/** Figures of the tools for insight. */
export async function measureInsight() {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-insight-'));
  try {
    const { entries, processes } = await writeHistory(repeated(generateHistory(HISTORY)), folder);
    return {
      entries,
      processes,
      report: await child('report', folder),
      whatIf: await child('what-if', folder),
      targets: TARGETS,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* repeated(history: AsyncIterable<ToldCase>): AsyncGenerator<ToldCase> {
  for await (const told of history) {
    for (let copy = 0; copy < COPIES; copy += 1) {
      yield told.map((entry) => ({ ...entry, processId: `${entry.processId}-${copy}` }));
    }
  }
}

async function child(what: 'report' | 'what-if', folder: string) {
  const process = fork(join(import.meta.dirname, 'insight-child.ts'), [what, folder]);
  const gone = once(process, 'exit');
  const [message] = await Promise.race([
    once(process, 'message'),
    gone.then(([code]) => Promise.reject(new Error(`the measurement ended with ${code}`))),
  ]);
  await gone;
  return childSchema.parse(message);
}
