/** All processes that run, for what an operator does to each of them. */
import type { ProcessHead } from './domain/process.ts';
import type { ProcessStore } from './store/port.ts';
import { placeOf } from './update-process.ts';

/** Heads looked through at once. */
const PAGE = 200;

/** Their heads as they were a moment ago, newest first; only those behind a place (see {@link placeOf}) where one is given. */
export async function* runningProcesses(store: ProcessStore, behind?: string): AsyncGenerator<ProcessHead> {
  let before = behind;
  for (;;) {
    const bound = before === undefined ? {} : { before };
    const page = await store.listByTime<ProcessHead>('processes', { order: 'newest-first', limit: PAGE, ...bound });
    for (const { value } of page) {
      yield value;
    }
    const last = page.at(-1)?.value;
    if (last === undefined || page.length < PAGE) {
      return;
    }
    before = placeOf(last);
  }
}
