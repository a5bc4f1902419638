import type { WorkedTime } from '../../calendar/domain/worked-time.ts';
import type { Times } from './course-parts.ts';

/** Between two instants (ISO 8601). A clock that jumps back makes no time negative. */
export function timesBetween(from: string, to: string, worked: WorkedTime): Times {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return { elapsedMs: Math.max(0, end - begin), workingMs: worked(begin, end) };
}
