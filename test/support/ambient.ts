/** Chance and time in the hands of a test. */
import { createHash } from 'node:crypto';
import type { Alarm, Alarms } from '../../functions/process/alarms.ts';
import type { Clock, Randomness } from '../../functions/runtime/ambient.ts';
import { createDeadlines } from '../../local/step-functions/deadlines.ts';

/** The same seed gives the same secrets and ids. */
export function seededRandomness(seed: number): Randomness {
  let count = 0;
  const next = () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest();
  };
  return { secret: () => next().toString('base64url'), uuid: () => uuidOf(next().toString('hex')) };
}

/** Numbers from 0 to below 1; the same seed gives the same ones. */
export function seededNumbers(seed: number): () => number {
  const { uuid } = seededRandomness(seed);
  return () => Number.parseInt(uuid().slice(0, 8), 16) / 2 ** 32;
}

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** A clock that stands where it is put. */
export class SettableClock implements Clock {
  private moment: Date;

  constructor(start = '2026-01-01T00:00:00.000Z') {
    this.moment = new Date(start);
  }

  now(): Date {
    return new Date(this.moment);
  }

  forward(seconds: number): void {
    this.moment = new Date(this.moment.getTime() + seconds * 1000);
  }
}

/** Alarms that ring when the test asks which are due. */
export class VirtualAlarms implements Alarms {
  private readonly alarms = new Map<string, { readonly alarm: Alarm; readonly at: Date }>();
  private readonly moments = createDeadlines();

  async set(alarm: Alarm, at: Date): Promise<void> {
    const key = JSON.stringify(alarm);
    if (!this.alarms.has(key)) {
      this.alarms.set(key, { alarm, at });
      this.moments.set(key, at.getTime());
    }
  }

  async cancel({ processId, waitId, purpose, step }: Alarm): Promise<void> {
    this.forget(JSON.stringify({ processId, waitId, purpose, step }));
  }

  /** As if the alarm clock had lost them all. */
  forgetAll(): void {
    this.alarms.clear();
    this.moments.clear();
  }

  /** When the next one rings. */
  next(): Date | undefined {
    const first = this.moments.first();
    return first === undefined ? undefined : new Date(first);
  }

  /** Takes away and returns those that ring by now, in the order in which they were set. */
  due(now: Date): readonly Alarm[] {
    const first = this.moments.first();
    if (first === undefined || first > now.getTime()) {
      return [];
    }
    const due = [...this.alarms.entries()].filter(([, { at }]) => at <= now);
    for (const [key] of due) {
      this.forget(key);
    }
    return due.map(([, { alarm }]) => alarm);
  }

  private forget(key: string): void {
    this.alarms.delete(key);
    this.moments.set(key, undefined);
  }
}
