/** How long it is waited at the nodes of a diagram, from the figures of weeks (`functions/measures/`). Pure. */
import {
  joinTallies,
  meanOf,
  percentileOf,
  placeOfTally,
  type Tallies,
  type Tally,
  tallyName,
} from '../measures/domain/tally.ts';
import type { LaidNode } from './domain/laid-out.ts';

/** Hours; of each visit. */
export interface WaitFigures {
  readonly visits: number;
  readonly workingMedian: number;
  /** Nine of ten took no longer. */
  readonly workingMost: number;
  readonly workingMean: number;
  /** On the clock. */
  readonly median: number;
  /** Of all working hours that are waited in the process, from 0 to 1. */
  readonly share: number;
}

export interface NodeFigures {
  readonly node: LaidNode;
  /** Undefined: nobody came there. */
  readonly all: WaitFigures | undefined;
  /** Its levels, or the steps that failed, where it has several; by their places. */
  readonly parts: readonly { readonly place: string; readonly figures: WaitFigures }[];
}

/** Nodes of which figures are kept, in the order of the diagram. */
export function waitFigures(nodes: readonly LaidNode[], tallies: Tallies): readonly NodeFigures[] {
  const waiting = nodes.filter(({ places }) => places.length > 0);
  const places = [...new Set(Object.keys(tallies).map(placeOfTally))].sort();
  const placesOf = (node: LaidNode) => places.filter((place) => node.places.some((of) => isOf(place, of)));
  const all = workingOf(tallies, [...new Set(waiting.flatMap(placesOf))]).thousandths;
  return waiting.map((node) => {
    const own = placesOf(node);
    const parts = own.flatMap((place) => {
      const figures = figuresOf(tallies, [place], all);
      return figures === undefined ? [] : [{ place, figures }];
    });
    return { node, all: figuresOf(tallies, own, all), parts: parts.length > 1 ? parts : [] };
  });
}

/** `approval/order/` is the beginning of many places, `wait/payment` one place. */
function isOf(place: string, of: string): boolean {
  return of.endsWith('/') ? place.startsWith(of) : place === of;
}

function figuresOf(tallies: Tallies, places: readonly string[], all: number): WaitFigures | undefined {
  const working = workingOf(tallies, places);
  const clock = tallyOf(tallies, 'NodeHours', places);
  const [workingMedian, workingMost, median] = [
    percentileOf(working, 50),
    percentileOf(working, 90),
    percentileOf(clock, 50),
  ];
  if (workingMedian === undefined || workingMost === undefined || median === undefined) {
    return undefined;
  }
  const share = all === 0 ? 0 : working.thousandths / all;
  return { visits: working.count, workingMedian, workingMost, workingMean: meanOf(working), median, share };
}

function workingOf(tallies: Tallies, places: readonly string[]): Tally {
  return tallyOf(tallies, 'NodeWorkingHours', places);
}

function tallyOf(tallies: Tallies, measure: 'NodeHours' | 'NodeWorkingHours', places: readonly string[]): Tally {
  const those = places.flatMap((place) => tallies[tallyName(measure, place)] ?? []);
  return joinTallies(those.map((one) => ({ one }))).one ?? { count: 0, thousandths: 0 };
}
