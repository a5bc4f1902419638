/** A request went back to its requester: they and the OA are told what to change, and until when. */
import type { Directory } from '../directory/port.ts';
import { type Effect, versionOf } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { returnedMessage } from './domain/messages.ts';
import { processOfForm, type RequestHead, type RequestKind, type RequestState } from './domain/request.ts';
import { lastReturn } from './last-return.ts';

interface ReworkTimes {
  readonly openedAt: string;
  readonly deadline: string;
}

/**
 * Parts of the change that opens the wait; nothing is told twice when the wait is opened again for the same return,
 * and nothing is asked for that came before it.
 */
export async function askForRework<State extends RequestState>(
  deps: ProcessDeps & { readonly directory: Directory },
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { openedAt, deadline }: ReworkTimes,
): Promise<{ readonly state: State; readonly effects: readonly Effect[] }> {
  const { rework } = head.state;
  if (rework?.deadline !== undefined) {
    return { state: head.state, effects: [] };
  }
  const { returnedBy, reason } = await lastReturn(deps, head.processId);
  const name = (await deps.directory.person(returnedBy))?.name ?? returnedBy;
  const facts = {
    title: kind.titleOf(head),
    noun: kind.noun,
    reason: reason.en,
    reasonZh: reason.zh,
    returnedBy: name,
    process: processOfForm(kind, head),
    deadline,
  };
  return {
    state: { ...head.state, rework: { attempts: 0, ...rework, openedAt, deadline } },
    effects:
      rework?.sent === 'unchecked'
        ? []
        : [
            { kind: 'tell-oa', message: returnedMessage(kind.noun, reason, { version: versionOf(head), deadline }) },
            { kind: 'mail', mail: { to: head.requesterId, template: 'rework-requested', facts } },
          ],
  };
}
