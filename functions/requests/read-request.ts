/** Steps of a process read it; one that was never registered is a bug of its state machine. */
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import type { RequestHead, RequestState } from './domain/request.ts';

/** @throws Error when the process was never registered. */
export async function readRequest<State extends RequestState = RequestState>(
  { store }: Pick<ProcessDeps, 'store'>,
  processId: string,
): Promise<RequestHead<State>> {
  const head = await readHead<State>(store, processId);
  if (head === undefined) {
    throw new Error(`process ${processId} is not registered`);
  }
  return head;
}
