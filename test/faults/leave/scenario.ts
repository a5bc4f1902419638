/** Leave requests as a scenario of the fault explorer. */
import { leaveEvent } from '../../support/leave-world.ts';
import type { Scenario } from '../kit/run.ts';
import { requestScenario } from '../requests/scenario.ts';
import { type Cast, GIVING_UP, GOING_ON, speaker, takeCommonStep } from '../requests/take-step.ts';
import { leaveRules } from './invariants.ts';
import { CHANGES, daysBefore, leavesOf, MENDED } from './leaves.ts';
import { drawLeaves, type Step, stepSchema } from './steps.ts';
import { LeaveChaosWorld, type PlantedInLeave } from './world.ts';

/** In one of so many runs operators do not try again. */
const GIVE_UP_ONE_IN = 3;

/** @param planted - parts with a defect, which the explorer must find */
export function leaveScenario(planted: PlantedInLeave = {}): Scenario {
  return requestScenario({
    name: 'leave',
    steps: stepSchema,
    draw: drawLeaves,
    stage: (seed, chaos) => {
      const world = new LeaveChaosWorld({ seed, chaos, planted });
      const leaves = leavesOf(seed);
      const other = leaveEvent({ leave: { reason: 'Another' } });
      const words = seed % GIVE_UP_ONE_IN === 0 ? GIVING_UP : GOING_ON;
      const cast: Cast = { world, events: leaves, other, changes: CHANGES, mended: MENDED, words };
      return {
        cast,
        takeStep: (step) => takeStep(world, leaves, cast, step),
        // Nobody has to do anything for a leave to begin and to end.
        help: () => undefined,
        rules: leaveRules(world),
      };
    },
  });
}

async function takeStep(
  world: LeaveChaosWorld,
  leaves: ReturnType<typeof leavesOf>,
  cast: Cast,
  step: Step,
): Promise<unknown> {
  if (step.do !== 'shorten') {
    return takeCommonStep(cast, step);
  }
  const event = leaves[step.of % leaves.length] ?? leaves[0];
  const by = speaker(event, step);
  return step.isNotTaken
    ? world.comeBack(event, { endsAtNoon: false, isNotTaken: true, by })
    : world.comeBack(event, {
        ...{ to: daysBefore(event.leave.to, step.days), endsAtNoon: step.endsAtNoon },
        ...{ isNotTaken: false, by },
      });
}
