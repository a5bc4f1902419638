/** Threads that check parts of books: hashing keeps a processor busy, and parts know nothing of each other. */
import { Worker } from 'node:worker_threads';
import type { BookPart } from '../../../functions/evidence/domain/book.ts';
import { type CheckedPart, checkPartFiles } from './part-files.ts';

export interface PartCheckers {
  /** @throws Error when a thread ends before it answers */
  check(folder: string, part: BookPart): Promise<CheckedPart>;
  stop(): Promise<void>;
}

/** @param threads - at most; 0: in the thread of the caller */
export function startPartCheckers(threads: number): PartCheckers {
  return threads === 0 ? { check: checkPartFiles, stop: async () => undefined } : threaded(threads);
}

/** Threads are started as parts come. */
function threaded(atMost: number): PartCheckers {
  const idle: Worker[] = [];
  const all: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const take = (): Worker | Promise<Worker> => {
    const free = idle.pop();
    if (free !== undefined || all.length === atMost) {
      return free ?? new Promise((resolve) => waiting.push(resolve));
    }
    const worker = new Worker(new URL('./part-worker.ts', import.meta.url));
    all.push(worker);
    return worker;
  };
  return {
    async check(folder, part) {
      const worker = await take();
      const checked = await ask(worker, { folder, part });
      const next = waiting.shift();
      if (next === undefined) {
        idle.push(worker);
      } else {
        next(worker);
      }
      return checked;
    },
    async stop() {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, question: { readonly folder: string; readonly part: BookPart }): Promise<CheckedPart> {
  return new Promise((resolve, reject) => {
    const onMessage = (checked: CheckedPart) => {
      worker.off('error', reject);
      resolve(checked);
    };
    worker.once('message', onMessage);
    worker.once('error', reject);
    worker.postMessage(question);
  });
}
