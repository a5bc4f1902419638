/** A store whose reads and commits end in the order that a scheduler chooses: every interleaving of its callers. */
import type { Scheduler } from 'fast-check';
import type { ProcessStore } from '../../functions/process/store/port.ts';

export function interleaved(store: ProcessStore, scheduler: Scheduler): ProcessStore {
  return {
    read: <T>(...input: Parameters<ProcessStore['read']>) =>
      scheduler.schedule(Promise.resolve()).then(() => store.read<T>(...input)),
    list: <T>(...input: Parameters<ProcessStore['list']>) =>
      scheduler.schedule(Promise.resolve()).then(() => store.list<T>(...input)),
    page: <T>(...input: Parameters<ProcessStore['page']>) =>
      scheduler.schedule(Promise.resolve()).then(() => store.page<T>(...input)),
    listByTime: (...input) => store.listByTime(...input),
    commit: (transaction) => scheduler.schedule(Promise.resolve()).then(() => store.commit(transaction)),
    readRecord: (...input) => store.readRecord(...input),
    readPersonal: (...input) => store.readPersonal(...input),
  };
}
