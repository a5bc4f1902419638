/** The paths of machines in words, for a terminal. */
import type { CountedWay, MachinePaths } from './taken.ts';
import { placeOf } from './taken.ts';
import type { WayKind } from './ways.ts';

/** How many there are, and how many of them were taken. */
export interface Share {
  readonly what: string;
  readonly taken: number;
  readonly all: number;
}

const KINDS: Readonly<Record<WayKind, string>> = {
  transition: 'transitions',
  choice: 'Choice branches',
  retry: 'Retry',
  catch: 'Catch',
};

/** States, then ways by their kinds. A way counts once: what a Choice or a Catch decides is not among the transitions. */
export function sharesOf({ states, ways }: MachinePaths): readonly Share[] {
  const share = (what: string, counted: readonly { readonly count: number }[]): Share => ({
    what,
    taken: counted.filter(({ count }) => count > 0).length,
    all: counted.length,
  });
  const kinds = Object.keys(KINDS).filter((kind): kind is WayKind => kind in KINDS);
  return [
    share('states', states),
    ...kinds.map((kind) =>
      share(
        KINDS[kind],
        ways.filter((way) => way.kind === kind),
      ),
    ),
  ];
}

/** The ways that were never taken. A state that was never left has one at least. */
export function untakenWays({ ways }: MachinePaths): readonly CountedWay[] {
  return ways.filter(({ count }) => count === 0);
}

/** `OpenLevel → RingDeadline, catch 0: States.Timeout`. */
function wayInWords({ scope, from, to, by, when }: CountedWay): string {
  const target = to === undefined || by.startsWith('retry') ? '' : ` → ${to}`;
  const how = by === 'next' || when === '' ? '' : `, ${by === 'end' || by === 'failed' ? when : `${by}: ${when}`}`;
  return `${placeOf(scope, from)}${target}${how}`;
}

/** One line of shares for each machine, and below it by name what was never taken. */
export function textReport(machines: readonly MachinePaths[]): string {
  return machines
    .flatMap((paths) => [
      `${paths.machine}: ${sharesOf(paths)
        .map(({ what, taken, all }) => `${what} ${taken}/${all}`)
        .join(', ')}`,
      ...untakenWays(paths).map((way) => `  never taken: ${wayInWords(way)}`),
    ])
    .join('\n');
}
