/** All processes that run, for what an operator does to each of them. */
import type { ProcessHead } from './domain/process.ts';
import type { ProcessStore } from './store/port.ts';

/** Heads looked through at once. */
const PAGE = 200;

/** Their ids, newest first. */
export async function* runningProcesses(store: ProcessStore): AsyncGenerator<string> {
  let before: string | undefined;
  for (;;) {
    const bound = before === undefined ? {} : { before };
    const page = await store.listByTime<ProcessHead>('processes', { order: 'newest-first', limit: PAGE, ...bound });
    for (const { value } of page) {
      if (value.status === 'running') {
        yield value.processId;
      }
    }
    before = page.at(-1)?.value.startedAt;
    if (page.length < PAGE) {
      return;
    }
  }
}
