/** Steps of a process that begins with a request read it. */
import { type ProcessDeps, registeredHead } from '../process/update-process.ts';
import type { RequestHead, RequestState } from './domain/request.ts';

/** @throws Error when the process was never registered. */
export function readRequest<State extends RequestState = RequestState>(
  { store }: Pick<ProcessDeps, 'store'>,
  processId: string,
): Promise<RequestHead<State>> {
  return registeredHead<State>(store, processId);
}
