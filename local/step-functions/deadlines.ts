/** When executions are due next. Setting a deadline and finding the first takes no longer for many than for few. */

interface Deadline {
  readonly arn: string;
  readonly at: number;
}

/** Deadlines of executions, one for each, in milliseconds since the epoch. */
export interface Deadlines {
  /** Sets, moves or (undefined) clears the deadline of an execution. */
  set(executionArn: string, at: number | undefined): void;
  /** The earliest one; undefined: there is none. */
  first(): number | undefined;
  /** Executions that are due by a moment, in the order of their ARNs. They keep their deadlines. */
  due(moment: number): readonly string[];
  clear(): void;
}

/**
 * A heap whose places are left where they are when a deadline is moved or cleared, and passed over when they come up: most
 * deadlines are moved before they come.
 */
export function createDeadlines(): Deadlines {
  const current = new Map<string, number>();
  let heap: Deadline[] = [];

  const isStale = ({ arn, at }: Deadline): boolean => current.get(arn) !== at;
  const first = (): number | undefined => {
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      if (!isStale(top)) return top.at;
      takeFirst(heap);
    }
    return undefined;
  };

  return {
    set: (arn, at) => {
      if (at === undefined) current.delete(arn);
      else if (current.get(arn) !== at) {
        current.set(arn, at);
        insert(heap, { arn, at });
      }
      // So that what was left behind never outgrows what counts.
      if (heap.length > 2 * current.size + 64) heap = sorted(current);
    },
    first,
    due: (moment) => {
      const due = new Set<string>();
      for (let at = first(); at !== undefined && at <= moment; at = first()) {
        const taken = takeFirst(heap);
        if (taken !== undefined) due.add(taken.arn);
      }
      for (const arn of due) insert(heap, { arn, at: current.get(arn) ?? moment });
      return [...due].toSorted();
    },
    clear: () => {
      current.clear();
      heap = [];
    },
  };
}

/** What is in order is a heap. */
function sorted(deadlines: ReadonlyMap<string, number>): Deadline[] {
  return [...deadlines].map(([arn, at]) => ({ arn, at })).toSorted((one, other) => one.at - other.at);
}

function insert(heap: Deadline[], added: Deadline): void {
  let place = heap.length;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || parent.at <= added.at) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = added;
}

function takeFirst(heap: Deadline[]): Deadline | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let place = 0;
  for (let child = smallerChild(heap, place); child !== undefined && child.at < last.at; ) {
    heap[place] = child.deadline;
    place = child.place;
    child = smallerChild(heap, place);
  }
  heap[place] = last;
  return first;
}

function smallerChild(heap: readonly Deadline[], place: number) {
  const [left, right] = [2 * place + 1, 2 * place + 2];
  const [one, other] = [heap[left], heap[right]];
  if (one === undefined) return undefined;
  const isRight = other !== undefined && other.at < one.at;
  const deadline = isRight ? other : one;
  return { place: isRight ? right : left, at: deadline.at, deadline };
}
