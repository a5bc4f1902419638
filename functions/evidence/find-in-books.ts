/** Finds in which parts of which books entries are: by their instants, about which their books are. */
import { unpackLines } from './books/jsonl.ts';
import type { Shelf } from './books/port.ts';
import { bookPaths, dayAfter, dayOf, manifestSchema, type Stretch } from './domain/book.ts';
import { readStretch } from './domain/check-part.ts';

/** Where personal values of an entry were put when its book was closed. */
export interface PersonalPart {
  readonly day: string;
  readonly path: string;
}

interface KeptStretch {
  readonly stretch: Stretch;
  /** Undefined: nobody had written anything in the whole part. */
  readonly part: PersonalPart | undefined;
}

/** What books say of some processes. A day is read once, however many entries are looked for in it. */
export interface BookFinder {
  /**
   * @param entries - of one of the processes, all of which closed books have
   * @param lastDay - of the newest book that has the process
   */
  partsOf(
    processId: string,
    entries: readonly { readonly sequence: number; readonly occurredAt: string }[],
    lastDay: string,
  ): Promise<readonly PersonalPart[]>;
}

export function bookFinder(shelf: Shelf, processIds: ReadonlySet<string>): BookFinder {
  const days = new Map<string, Promise<readonly KeptStretch[] | undefined>>();
  const stretchesOf = (day: string) => {
    const read = days.get(day) ?? readDay(shelf, day, processIds);
    days.set(day, read);
    return read;
  };
  return {
    async partsOf(processId, entries, lastDay) {
      const found: KeptStretch[] = [];
      for (const { sequence, occurredAt } of entries) {
        const isIn = ({ stretch: { processId: of, after, upTo } }: KeptStretch) =>
          of === processId && after.sequence < sequence && sequence <= upTo.sequence;
        if (!found.some(isIn)) {
          found.push(...(await nearest(dayOf(new Date(occurredAt)), lastDay, stretchesOf, isIn)));
        }
      }
      return found.flatMap(({ part }) => part ?? []);
    },
  };
}

/** A book mostly has the entries of its day: the days before and after are looked at in turn, to the first book and the last. */
async function nearest(
  day: string,
  lastDay: string,
  stretchesOf: (day: string) => Promise<readonly KeptStretch[] | undefined>,
  isIn: (one: KeptStretch) => boolean,
): Promise<readonly KeptStretch[]> {
  let hasEarlier = true;
  for (let distance = 0; hasEarlier || dayAfter(day, distance) <= lastDay; distance += 1) {
    for (const near of new Set([dayAfter(day, distance), dayAfter(day, -distance)])) {
      const stretches = near <= lastDay ? await stretchesOf(near) : [];
      const found = stretches?.find(isIn);
      if (found !== undefined) {
        return [found];
      }
      hasEarlier &&= stretches !== undefined || near > day;
    }
  }
  return [];
}

/** Undefined: there is no book of the day, or it is gone. */
async function readDay(
  shelf: Shelf,
  day: string,
  processIds: ReadonlySet<string>,
): Promise<readonly KeptStretch[] | undefined> {
  const content = await shelf.read(bookPaths.manifest(day));
  if (content === undefined) {
    return undefined;
  }
  const { parts } = manifestSchema.parse(JSON.parse(Buffer.from(content).toString()));
  const kept: KeptStretch[] = [];
  for (const { heads, personal } of parts) {
    const file = await shelf.read(heads.path);
    const stretches = (file === undefined ? [] : await unpackLines(file)).map(readStretch);
    const part = personal === undefined ? undefined : { day, path: personal.path };
    kept.push(
      ...stretches.flatMap((stretch) =>
        stretch !== undefined && processIds.has(stretch.processId) ? [{ stretch, part }] : [],
      ),
    );
  }
  return kept;
}
