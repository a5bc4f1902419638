/** The purchase as a scenario of the fault explorer. */
import { setImmediate } from 'node:timers/promises';
import { requisitionEvent } from '../../support/purchase-company.ts';
import type { Chaos } from '../kit/chaos.ts';
import type { Played, Scenario } from '../kit/run.ts';
import { finish } from './finish.ts';
import { violationsAtRest, violationsInTheEnd } from './invariants.ts';
import { drawSteps, type Step, stepSchema } from './steps.ts';
import { attempt, takeStep, Violation } from './take-step.ts';
import { ChaosWorld, type Planted } from './world.ts';

/** Rounds in which people finish what was begun; more than any purchase needs. */
const MAX_ROUNDS = 80;
/** Rounds in which people finish while things still go wrong. */
const FAULTY_ROUNDS = 12;
/** Longer than anything is watched that may still happen late. */
const DAYS_AFTER = 4;

const event = requisitionEvent();

/** @param planted - parts with a defect, which the explorer must find */
export function purchaseScenario(planted: Planted = {}): Scenario {
  return {
    name: 'purchase',
    rates: { awaits: 0.25, messages: 0.6 },
    draw: drawSteps,
    play: async (seed, steps, chaos) => {
      const world = new ChaosWorld({ seed, chaos, planted });
      try {
        await play(world, stepSchema.array().parse(steps), chaos);
        return await endOf(world, steps);
      } catch (error) {
        return { violations: [brokenBy(error)], outcome: 'broken' };
      }
    },
  };
}

async function endOf(world: ChaosWorld, steps: readonly unknown[]): Promise<Omit<Played, 'struck'>> {
  const head = await world.head(event).catch(() => undefined);
  if (head === undefined) {
    const isLost = stepSchema
      .array()
      .parse(steps)
      .some((step) => step.do === 'submit');
    return { violations: isLost ? ['the request was lost'] : [], outcome: 'none' };
  }
  return { violations: await violationsInTheEnd(world, event), outcome: head.outcome ?? 'none' };
}

async function play(world: ChaosWorld, steps: readonly Step[], chaos: Chaos): Promise<void> {
  for (const step of steps) {
    await attempt(() => takeStep(world, event, step));
    world.post.beat();
    await demandSoundness(world);
  }
  await finish(world, event, FAULTY_ROUNDS);
  chaos.isOver = true;
  world.oaIsDown = false;
  await finish(world, event, MAX_ROUNDS);
  // Whatever still lies in the dead letters comes after the end.
  world.post.redrive();
  for (let day = 0; day < DAYS_AFTER; day += 1) {
    await world.advance(24);
    await world.sweep();
    await world.sweepIntents();
  }
}

/** A deed that failed did not wait for what others had under way: that comes to rest first, without time passing. */
async function demandSoundness(world: ChaosWorld): Promise<void> {
  await setImmediate();
  const [violation] = await violationsAtRest(world, event);
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
