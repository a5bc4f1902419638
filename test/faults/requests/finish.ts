/** After the steps everybody does their part, until whatever was asked for has ended. */
import type { RequestEnvelope } from '../../../functions/events/envelope.ts';
import { versionOf } from '../../../functions/process/domain/process.ts';
import type { RequestHead } from '../../../functions/requests/domain/request.ts';
import { attempt, type Cast } from './take-step.ts';
import type { AnyChaosWorld } from './world.ts';

/** What the clerks of a process do about what one of its requests waits for. */
export type Help = (kinds: readonly string[], event: RequestEnvelope) => unknown;

interface Filed {
  readonly event: RequestEnvelope;
  readonly head: RequestHead;
}

/** After so many rounds they make an end of it. */
const PATIENT_ROUNDS = 40;
const ENOUGH = ['cancel', 'skip', 'retry', 'approve', 'correct'] as const;

/** @param rounds - how long they try at most */
export async function finish(cast: Cast, help: Help, rounds: number): Promise<void> {
  const { world } = cast;
  for (let round = 0; round < rounds; round += 1) {
    const filed = await filedIn(cast);
    const isOver = filed.length > 0 && filed.every(({ head }) => isAtItsEnd(head));
    if (isOver && world.failedExecutions().length === 0) {
      return;
    }
    await attempt(() => mend(world, round));
    for (const { head } of filed) {
      await attempt(() => world.operate(head.processId, 'release'));
    }
    await attempt(() => world.poll());
    await attempt(() => world.sweep());
    for (const one of filed) {
      await attempt(() => doTheirPart(cast, one, help, round));
    }
    // Every few rounds long enough for a lost alarm, a reminder, or an expiry.
    await attempt(() => world.advance(round % 10 === 9 ? 24 * 30 : 3));
    world.post.beat();
  }
}

/** Operators may still be asked about the last step of what has ended: its answer was lost. */
function isAtItsEnd({ status, waits }: RequestHead): boolean {
  return status === 'ended' && Object.keys(waits).length === 0;
}

/** All of the run's requests that are known. */
export async function filedIn({ world, events }: Pick<Cast, 'world' | 'events'>): Promise<readonly Filed[]> {
  const heads = await Promise.all(events.map((event) => world.head(event).catch(() => undefined)));
  return events.flatMap((event, index) => {
    const head = heads[index];
    return head === undefined ? [] : [{ event, head }];
  });
}

/** An operator sends dead letters on, and redrives executions that have failed. */
async function mend(world: AnyChaosWorld, round: number): Promise<void> {
  if (round % 3 === 2) {
    world.post.redrive();
  }
  await world.redriveFailed();
}

async function doTheirPart(cast: Cast, { event, head }: Filed, help: Help, round: number): Promise<void> {
  const { world, mended } = cast;
  const kinds = Object.values(head.waits).map(({ kind }) => kind);
  if (kinds.includes('approval')) {
    await answer(world, round > PATIENT_ROUNDS ? ENOUGH : cast.words);
  }
  if (kinds.includes('rework')) {
    await world.resubmit(event, { version: versionOf(head), eventId: `round ${round}`, changes: mended });
  }
  await help(kinds, event);
}

/** Whoever holds the newest link says what goes on with it; what is refused, another word may do. */
async function answer(world: AnyChaosWorld, words: readonly string[]): Promise<void> {
  for (const link of world.allLinks().slice(-6).reverse()) {
    await world.finishTasks(link);
    for (const action of words) {
      const result = await world.decideByLink(link, action, 'to its end');
      if (result.kind === 'decided') {
        return;
      }
      if (result.kind !== 'refused' || result.refusal !== 'unknown-action') {
        break;
      }
    }
    await world.advance(0.1);
  }
}
