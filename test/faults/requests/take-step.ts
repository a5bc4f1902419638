/** One step that any request has: what a person or a system does. */
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { RequestEnvelope } from '../../../functions/events/envelope.ts';
import { versionOf } from '../../../functions/process/domain/process.ts';
import type { CommonStep } from './steps.ts';
import type { AnyChaosWorld } from './world.ts';

/** What a run is about. */
export interface Cast {
  readonly world: AnyChaosWorld;
  /** All that is asked for in the run; the first is filed before anything else. */
  readonly events: readonly [RequestEnvelope, ...RequestEnvelope[]];
  /** Another content under the number of the first: the OA may not change what it has filed so. */
  readonly other: RequestEnvelope;
  /** What requesters send in the place of what was returned; some of it cannot be taken. */
  readonly changes: readonly object[];
  /** The changes with which what was returned is whole. */
  readonly mended: object;
  /** What people say in the end when they are asked; the first of it that is offered. */
  readonly words: readonly string[];
}

/** They go on wherever they can. */
export const GOING_ON = ['approve', 'accept', 'retry', 'correct', 'skip'] as const;
/** They leave a step out that has failed, or give the request up. */
export const GIVING_UP = ['approve', 'accept', 'skip', 'cancel', 'retry', 'correct'] as const;

const ACTIONS = [
  'approve',
  'approve',
  'approve',
  'retry',
  'retry',
  'accept',
  'accept',
  'correct',
  'reject',
  'cancel',
  'skip',
  'approve',
];
const WAYS_OUT = ['retry', 'skip', 'cancel', 'cancel'];
/** Who may not speak for any requester of the runs. */
const STRANGER = 'E-1002';

/** Something that is wrong at once, and not only in the end. */
export class Violation extends Error {}

/** What fails for those who do it is tried again by nobody here: the end is what counts. */
export async function attempt(deed: () => unknown): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof Violation || isRest(error)) {
      throw error;
    }
  }
}

function isRest(error: unknown): boolean {
  return error instanceof Error && error.message.includes('does not come to rest');
}

export async function takeCommonStep(cast: Cast, step: CommonStep): Promise<unknown> {
  const { world, events } = cast;
  const event = ('of' in step ? events[step.of % events.length] : undefined) ?? events[0];
  switch (step.do) {
    case 'submit':
      return world.submit({ ...event, metadata: { ...event.metadata, eventId: `event-${step.copy}` } });
    case 'submit-other':
      return world.submit({ ...cast.other, metadata: { ...cast.other.metadata, eventId: 'other' } });
    case 'answer':
      return world.decide(await world.lastAsked(), actionOf(step.choice), 'because');
    case 'old-link': {
      const links = world.allLinks();
      const link = links[step.link % Math.max(links.length, 1)];
      return link === undefined ? undefined : world.decideByLink(link, actionOf(step.choice), 'because');
    }
    case 'task':
      return doTask(world, step);
    case 'double-click':
      return doubleClick(world, actionOf(step.choice));
    case 'resolve':
      return world.decide('operators', WAYS_OUT[step.choice % WAYS_OUT.length] ?? 'retry', 'seen to');
    case 'withdraw':
      return world.withdraw(event, speaker(event, step));
    case 'return':
      return world.returnIt(await world.lastAsked(), 'change it');
    case 'resubmit': {
      const version = step.version === 0 ? versionOf(await world.head(event)) : step.version;
      const eventId = `${version}/${step.change}`;
      const changes = cast.changes[step.change] ?? {};
      return world.resubmit(event, { version, eventId, by: speaker(event, step), changes });
    }
    case 'hold':
      return world.operate(world.processIdOf(event), 'place');
    case 'release':
      return world.operate(world.processIdOf(event), 'release');
    case 'poll':
      return world.poll();
    case 'sweep':
      return world.sweep();
    case 'redrive':
      world.post.redrive();
      return world.run();
    case 'wait':
      return world.advance(step.hours);
    case 'restart':
      return world.engine.restart();
    case 'oa':
      world.oaIsDown = step.isDown;
  }
}

/** Who says it: the requester, or somebody who may not. */
export function speaker(event: RequestEnvelope, { byRequester }: { readonly byRequester: boolean }): string {
  return byRequester ? event.requester.employeeId : STRANGER;
}

/** By one of the newest links, mostly something that its page offers. */
async function doTask(world: AnyChaosWorld, step: Extract<CommonStep, { do: 'task' }>): Promise<void> {
  const link = world.allLinks().at(-1 - step.link);
  if (link !== undefined) {
    const offered = await world.offeredTo(link);
    const wishes = wishesOf(COLLEAGUES[step.to % COLLEAGUES.length] ?? '', step.to).filter(
      ({ kind }) => offered.length === 0 || offered.includes(kind),
    );
    const wish = wishes[step.kind % Math.max(wishes.length, 1)];
    if (wish !== undefined) {
      await world.actByLink(link, wish);
      await world.run();
    }
  }
}

const COLLEAGUES = ['E-2001', 'E-2002', 'E-3001', 'E-3002', 'E-3003', 'E-4001', 'E-4002', 'E-0001', 'E-0002'];
const PLACES = ['before', 'beside', 'after'] as const;

function wishesOf(to: string, number: number): readonly Wish[] {
  return [
    { kind: 'transfer', to, comment: '' },
    { kind: 'delegate', to, comment: 'what do you think?' },
    { kind: 'give-back', comment: 'fine by me' },
    { kind: 'recall', comment: '' },
    { kind: 'add-signer', to, where: PLACES[number % 3] ?? 'before', comment: '' },
    { kind: 'remove-signer', signer: to, comment: '' },
    { kind: 'return-to-level', target: 0, comment: 'look again' },
    { kind: 'return-to-requester', comment: 'change it' },
    { kind: 'take-back', comment: '' },
    { kind: 'comment', comment: 'noted' },
  ];
}

async function doubleClick(world: AnyChaosWorld, action: string): Promise<void> {
  const link = await world.linkOf(await world.lastAsked());
  const click = () => world.clickByLink(link, action, 'because').catch(() => undefined);
  await Promise.all([click(), click(), click()]);
  return world.run();
}

function actionOf(choice: number): string {
  return ACTIONS[choice % ACTIONS.length] ?? 'approve';
}
