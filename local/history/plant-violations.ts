/** Plants breaches of the rules into a history, each into a process of its own, and says where. */
import { chanceOf } from './chance.ts';
import { demonstrationCompany } from './company.ts';
import type { ToldCase } from './telling.ts';
import { type Crew, PAIR_VIOLATIONS, VIOLATIONS } from './violations.ts';

/** Where a breach was planted, and the detector of compliance that is to find it. */
export interface Planted {
  readonly detector: string;
  readonly processIds: readonly string[];
}

export interface PlantOptions {
  /** How many of each kind. A history that is too short has fewer. */
  readonly each: number;
  readonly seed: number;
  /** Hears of each as it is planted. */
  readonly onPlanted?: (planted: Planted) => void;
}

/** Processes that a later one may go against. */
const REMEMBERED = 100;
/** Of those that lend themselves to it, how many are taken. */
const TAKEN = 0.5;

/** The same options plant the same. Everything else is told as it was. */
export async function* plantViolations(
  history: AsyncIterable<ToldCase>,
  { each, seed, onPlanted = () => undefined }: PlantOptions,
): AsyncGenerator<ToldCase> {
  const crew = await crewOf();
  const chance = chanceOf(`violations ${seed}`);
  const left = new Map(
    [...Object.keys(PAIR_VIOLATIONS), ...Object.keys(VIOLATIONS)].map((detector) => [detector, each]),
  );
  const earlier: ToldCase[] = [];
  for await (const told of history) {
    const wanted = [...left].flatMap(([detector, count]) => (count > 0 ? [detector] : []));
    const planted = chance.isTrue(TAKEN) ? plantOne(told, wanted, earlier, crew) : undefined;
    if (planted === undefined) {
      earlier.push(told);
      earlier.splice(0, earlier.length - REMEMBERED);
      yield told;
    } else {
      left.set(planted.detector, (left.get(planted.detector) ?? 0) - 1);
      onPlanted({ detector: planted.detector, processIds: planted.processIds });
      yield planted.told;
    }
  }
}

/** The first of the kinds that the process lends itself to. What a pair goes against is remembered no more. */
function plantOne(
  told: ToldCase,
  wanted: readonly string[],
  earlier: ToldCase[],
  crew: Crew,
): (Planted & { readonly told: ToldCase }) | undefined {
  for (const detector of wanted) {
    const alone = VIOLATIONS[detector]?.(told, crew);
    if (alone !== undefined) {
      return { detector, processIds: [idOf(told)], told: alone };
    }
    for (const [index, before] of earlier.entries()) {
      const pair = PAIR_VIOLATIONS[detector]?.(told, before);
      if (pair !== undefined) {
        earlier.splice(index, 1);
        return { detector, processIds: [idOf(before), idOf(told)].sort(), told: pair };
      }
    }
  }
  return undefined;
}

function idOf([first]: ToldCase): string {
  return first?.processId ?? '';
}

async function crewOf(): Promise<Crew> {
  const { data } = await demonstrationCompany();
  const limits = data.people.flatMap(({ employeeId, approvalLimit }) =>
    approvalLimit === undefined ? [] : [[employeeId, approvalLimit] as const],
  );
  const bosses = new Set(data.people.map(({ managerId }) => managerId));
  const outsider = data.people.find(
    ({ employeeId, active, approvalLimit, posts }) =>
      active && approvalLimit === undefined && posts.length === 0 && !bosses.has(employeeId),
  );
  if (outsider === undefined) {
    throw new Error('everybody in this company decides about something');
  }
  return { limits: new Map(limits), outsider: outsider.employeeId };
}
