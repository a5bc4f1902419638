/** The end of a process: its last entry, and the final answer to the OA and the requester. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { OaMessage } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { closingMessage, type Ending } from './domain/messages.ts';
import type { Reason, RequestHead, RequestKind, RequestState } from './domain/request.ts';
import { readRequest } from './read-request.ts';
import { type OpenIntent, watchIntent } from './record-intent.ts';

export interface CloseDeps extends ProcessDeps {
  /** Address of the record's page for those who may read it. */
  readonly recordUrl: (processId: string) => Promise<string>;
}

/** How a process closes. */
export interface Closing<State extends RequestState, Outcome extends string> {
  readonly processId: string;
  /** How the state machine came here: an outcome, or what an approval or a wait ended with. */
  readonly ending: string;
  /** Every ending that the machine may give, and the outcome that it is. */
  readonly outcomes: { readonly [ending: string]: Outcome };
  readonly endings: { readonly [outcome in Outcome]: Ending };
  /** More for the closing entry. */
  readonly facts?: NewEntry['facts'];
  /** More for the OA. */
  readonly told: (outcome: Outcome, state: State) => OaMessage['facts'];
  /** More for the mail to the requester. */
  readonly mailed: (state: State) => { readonly [name: string]: string };
  /** Commands of which nobody knows what became of them. */
  readonly openIntents: (head: RequestHead<State>) => readonly OpenIntent[];
  /** More items of the transaction that ends it. */
  readonly also?: (head: RequestHead<State>) => Promise<readonly WorkChange[]>;
}

/** Idempotent: an ended process stays as it ended. */
export async function closeRequest<State extends RequestState, Outcome extends string>(
  deps: CloseDeps,
  kind: RequestKind<State>,
  closing: Closing<State, Outcome>,
): Promise<{ outcome: Outcome }> {
  const { processId, ending, outcomes } = closing;
  const { endReason } = (await readRequest<State>(deps, processId)).state;
  const reason = endReason ?? (await decisionReason(deps, closing));
  const recordUrl = await deps.recordUrl(processId);
  const outcome = await updateProcess<State, Outcome>(deps, processId, async (head) => {
    if (head.status === 'ended') {
      return { output: outcomeOf(outcomes, head.outcome ?? ending) };
    }
    const ended = outcomeOf(outcomes, ending);
    const told = { outcome: ended, recordUrl, ...closing.told(ended, head.state) };
    return {
      change: {
        entries: [
          {
            type: kind.entryTypes.closed,
            actor: { kind: 'meridian', id: kind.kind },
            facts: { outcome: ended, ...closing.facts },
          },
        ],
        phase: 'Closed',
        // A wait whose state failed after it was opened: the machine stands there no more.
        abandon: Object.keys(head.waits),
        end: { outcome: ended },
        effects: [
          { kind: 'tell-oa', message: closingMessage(closing.endings[ended], reason, told) },
          {
            kind: 'mail',
            mail: {
              to: head.requesterId,
              template: 'process-news',
              facts: { ...newsOf(kind, head, ended, reason), ...closing.mailed(head.state) },
            },
          },
        ],
      },
      also: [
        ...closing.openIntents(head).map((intent) => watchIntent(intent, deps.clock.now())),
        ...((await closing.also?.(head)) ?? []),
      ],
      output: ended,
    };
  });
  return { outcome };
}

function newsOf<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  outcome: string,
  reason: Reason | undefined,
) {
  return { outcome, noun: kind.noun, title: kind.titleOf(head), reason: reason?.en ?? '', reasonZh: reason?.zh ?? '' };
}

/** What the person said whose decision ended the process: as they wrote it, so the same in both languages. */
async function decisionReason(
  deps: ProcessDeps,
  { processId, ending }: { readonly processId: string; readonly ending: string },
): Promise<Reason | undefined> {
  const record = await deps.store.readRecord(processId);
  const decision = record.findLast((entry) => entry.type === 'DecisionMade');
  if (decision?.facts.outcome !== ending) {
    return undefined;
  }
  const personal = await deps.store.readPersonal(processId);
  const comment = personal.find(({ sequence }) => sequence === decision.sequence)?.values.comment;
  return comment === undefined ? undefined : { en: comment, zh: comment };
}

function outcomeOf<Outcome extends string>(outcomes: { readonly [ending: string]: Outcome }, ending: string): Outcome {
  const outcome = outcomes[ending];
  if (outcome === undefined) {
    throw new Error(`the process cannot end as ${ending}`);
  }
  return outcome;
}
