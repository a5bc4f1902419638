/** A process of OA requests as a scenario of the fault explorer. */
import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod';
import type { Chaos } from '../kit/chaos.ts';
import type { Played, Scenario } from '../kit/run.ts';
import { filedIn, finish, type Help } from './finish.ts';
import { type Rules, violationsAtRest, violationsInTheEnd } from './invariants.ts';
import type { CommonStep } from './steps.ts';
import { attempt, type Cast, Violation } from './take-step.ts';

/** Rounds in which people finish what was begun; more than any request needs. */
const MAX_ROUNDS = 80;
/** Rounds in which people finish while things still go wrong. */
const FAULTY_ROUNDS = 12;
/** Longer than anything is watched that may still happen late. */
const DAYS_AFTER = 4;
const RATES = { awaits: 0.25, messages: 0.6 };

/** A world with its people, about to be played. */
export interface Stage<Step> {
  readonly cast: Cast;
  readonly takeStep: (step: Step) => Promise<unknown>;
  readonly help: Help;
  readonly rules: Rules;
}

interface RequestScenario<Step> {
  readonly name: string;
  readonly steps: z.ZodType<Step>;
  readonly draw: (seed: number) => readonly Step[];
  readonly stage: (seed: number, chaos: Chaos) => Stage<Step>;
}

export function requestScenario<Step extends { readonly do: string }>(process: RequestScenario<Step>): Scenario {
  const { name, draw } = process;
  return {
    name,
    rates: RATES,
    draw,
    play: async (seed, given, chaos) => {
      const steps = process.steps.array().parse(given);
      const stage = process.stage(seed, chaos);
      try {
        await play(stage, steps, chaos);
        return await endOf(stage, steps);
      } catch (error) {
        return { violations: [brokenBy(error)], outcome: 'broken' };
      }
    },
  };
}

/** The outcome is that of the first request. */
async function endOf(
  { cast, rules }: Stage<never>,
  steps: readonly { readonly do: string }[],
): Promise<Omit<Played, 'struck'>> {
  const [first] = await filedIn(cast);
  if (first === undefined) {
    const isLost = steps.some((step) => step.do === SUBMIT);
    return { violations: isLost ? ['the request was lost'] : [], outcome: 'none' };
  }
  return { violations: await violationsInTheEnd(cast, rules), outcome: first.head.outcome ?? 'none' };
}

const SUBMIT: CommonStep['do'] = 'submit';

async function play<Step>(stage: Stage<Step>, steps: readonly Step[], chaos: Chaos): Promise<void> {
  const { cast, takeStep, help } = stage;
  const { world } = cast;
  for (const step of steps) {
    await attempt(() => takeStep(step));
    world.post.beat();
    await demandSoundness(stage);
  }
  await finish(cast, help, FAULTY_ROUNDS);
  chaos.isOver = true;
  world.oaIsDown = false;
  await finish(cast, help, MAX_ROUNDS);
  const known = (await filedIn(cast)).length;
  // Whatever still lies in the dead letters comes after the end.
  world.post.redrive();
  for (let day = 0; day < DAYS_AFTER; day += 1) {
    await world.advance(24);
    await world.sweep();
    await world.sweepIntents();
  }
  // One of them may have been a request.
  if ((await filedIn(cast)).length > known) {
    await finish(cast, help, MAX_ROUNDS);
  }
}

/** A deed that failed did not wait for what others had under way: that comes to rest first, without time passing. */
async function demandSoundness({ cast, rules }: Pick<Stage<never>, 'cast' | 'rules'>): Promise<void> {
  await setImmediate();
  const [violation] = await violationsAtRest(cast, rules);
  if (violation !== undefined) {
    throw new Violation(violation);
  }
}

function brokenBy(error: unknown): string {
  if (error instanceof Violation) {
    return error.message;
  }
  return `the world broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
