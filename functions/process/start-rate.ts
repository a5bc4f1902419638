/** How many executions of a machine may begin within a minute, wherever they are started from. */
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { recentStartsKey } from './keys.ts';
import type { ProcessStore } from './store/port.ts';

const MINUTE = 60_000;
/** Workers that take a start at the same instant: whoever is slower tries again so often. */
const MAX_ATTEMPTS = 10;

interface RecentStarts {
  /** Instants (milliseconds since 1970), oldest first. */
  readonly starts: readonly number[];
}

/**
 * Takes one of the starts of this minute; false: none is left. In no sixty seconds, whenever they begin, are there more than
 * `perMinute`. One that is taken and not used is lost: the rate is kept, not reached.
 */
export async function takeStart(
  { store, clock }: { readonly store: ProcessStore; readonly clock: Clock },
  machine: string,
  perMinute: number,
): Promise<boolean> {
  const key = recentStartsKey(machine);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const known = await store.read<RecentStarts>(key);
    const now = clock.now().getTime();
    const recent = (known?.value.starts ?? []).filter((at) => now - at < MINUTE);
    if (recent.length >= perMinute) {
      return false;
    }
    const value: RecentStarts = { starts: [...recent, now] };
    try {
      const place =
        known === undefined ? ({ kind: 'create' } as const) : ({ kind: 'replace', ifVersion: known.version } as const);
      await store.commit({ entries: [], personal: [], changes: [{ ...place, key, value }] });
      return true;
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) {
        throw error;
      }
    }
  }
  return false;
}
