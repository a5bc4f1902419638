/**
 * Functions that can be killed, cut off or overtaken at every await: each call of a port that a function makes is a
 * place where something may happen, before the call or after it.
 */
import type { Chaos } from './chaos.ts';

/**
 * `dies-…`: the function is killed, and the call was not made, or was. `fails`, `reply-lost`: the call fails, and had no
 * effect, or had it. `stalls…`: whoever called the function hears no more of it, and it goes on after so many calls of
 * others. `engine-restarts`: the caller is killed and begins anew. `done-late`: as `fails`, and the call has its effect later.
 */
export type AwaitFault =
  | 'dies-before'
  | 'dies-after'
  | 'fails'
  | 'reply-lost'
  | 'refused'
  | 'stalls'
  | 'stalls-long'
  | 'stalls-after'
  | 'engine-restarts'
  | 'done-late';

/** What can happen at a call that only reads: that it was made makes no difference. */
export const READ_FAULTS = ['dies-before', 'fails', 'stalls', 'stalls-long', 'engine-restarts'] as const;
export const WRITE_FAULTS = [...READ_FAULTS, 'dies-before', 'dies-after', 'reply-lost', 'stalls-after'] as const;

/** How an invocation ended for its caller; `cut-off`: it goes on, and nobody hears of its end. */
export type Ended<Value> =
  | { readonly kind: 'returned'; readonly value: Value }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'died' }
  | { readonly kind: 'cut-off' };

/** Puts places of fault around the methods of a port. */
export type Guard = <Port extends object>(
  name: string,
  port: Port,
  faultsOf: (method: string) => readonly AwaitFault[],
) => Port;

export interface Surroundings {
  /** Kills what called the function, and starts it again. */
  readonly restart: () => void;
  /** Makes a call happen later. */
  readonly later: (place: string, call: () => Promise<unknown>) => void;
  /** The errors that a port throws when nobody knows what became of a call, and when it refuses for good. */
  readonly transient: (message: string) => Error;
  readonly permanent: (message: string) => Error;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Life {
  readonly name: string;
  readonly since: number;
  /** `running`: nobody hears of its end any more; `over`: nothing of it happens any more. */
  state: 'heard' | 'stalled' | 'running' | 'over';
  readonly cutOff: () => void;
  readonly die: () => void;
}

interface Stalled {
  readonly life: Life;
  readonly goOn: () => void;
  /** Calls of others until it goes on. */
  calls: number;
}

const STALLS: { readonly [kind in 'stalls' | 'stalls-long' | 'stalls-after']: number } = {
  stalls: 3,
  'stalls-long': 15,
  'stalls-after': 6,
};
/** No function lives longer. */
const LONGEST_LIFE_MS = 30_000;

export class Invocations {
  private readonly chaos: Chaos;
  private readonly around: Surroundings;
  private stalled: Stalled[] = [];
  /** Unheard invocations that are not stalled, and who waits for their ends. */
  private unheard = 0;
  private waiters: (() => void)[] = [];

  constructor(chaos: Chaos, around: Surroundings) {
    this.chaos = chaos;
    this.around = around;
  }

  /** Runs a function once; what it does with the outside goes through its guard. */
  run<Value>(name: string, work: (guard: Guard) => Promise<Value>): Promise<Ended<Value>> {
    return new Promise((resolve) => {
      const life: Life = {
        name,
        since: this.around.now(),
        state: 'heard',
        cutOff: () => resolve({ kind: 'cut-off' }),
        die: () => resolve({ kind: 'died' }),
      };
      const ended = (end: Ended<Value>) => {
        resolve(end);
        this.stop(life, 'over');
      };
      work(this.guardOf(life)).then(
        (value) => ended({ kind: 'returned', value }),
        (error: unknown) => ended({ kind: 'threw', error }),
      );
    });
  }

  /** Until every invocation that nobody hears of has ended or stands still. */
  async quiet(): Promise<void> {
    while (this.unheard > 0) {
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  /** Those that stand still for longer than a function lives are dead; all of them, when nothing goes wrong any more. */
  private buryStalled(): void {
    const oldest = this.around.now() - LONGEST_LIFE_MS;
    this.stalled = this.stalled.filter(({ life }) => life.since > oldest && !this.chaos.isOver);
  }

  private guardOf(life: Life): Guard {
    return (portName, port, faultsOf) =>
      new Proxy(port, {
        get: (target, property) => {
          const member: unknown = Reflect.get(target, property, target);
          if (typeof member !== 'function' || typeof property !== 'string') {
            return member;
          }
          const place = `${life.name} ${portName}.${property}`;
          const faults = faultsOf(property);
          return (...args: unknown[]) => this.call(life, place, faults, async () => member.apply(target, args));
        },
      });
  }

  private async call(
    life: Life,
    place: string,
    faults: readonly AwaitFault[],
    call: () => Promise<unknown>,
  ): Promise<unknown> {
    this.wakeStalled();
    const fault = this.chaos.at('awaits', place, faults);
    switch (fault) {
      case 'dies-before':
        return this.end(life);
      case 'dies-after':
        await call().catch(() => undefined);
        return this.end(life);
      case 'fails':
        throw this.around.transient(`${place} did not answer`);
      case 'reply-lost':
        await call();
        throw this.around.transient(`the answer of ${place} was lost`);
      case 'refused':
        throw this.around.permanent(`${place} is refused`);
      case 'done-late':
        this.around.later(place, call);
        throw this.around.transient(`${place} was cut`);
      case 'engine-restarts':
        this.around.restart();
        return call();
      case 'stalls':
      case 'stalls-long':
        await this.stall(life, STALLS[fault]);
        return call();
      case 'stalls-after': {
        const answer = await call();
        await this.stall(life, STALLS[fault]);
        return answer;
      }
      case undefined:
        return call();
    }
  }

  /** Never resolves: nothing of the function happens any more. */
  private end(life: Life): Promise<never> {
    life.die();
    this.stop(life, 'over');
    return new Promise<never>(() => undefined);
  }

  private stall(life: Life, calls: number): Promise<void> {
    if (life.state === 'over') {
      return new Promise<never>(() => undefined);
    }
    life.cutOff();
    this.stop(life, 'stalled');
    return new Promise((goOn) => this.stalled.push({ life, goOn, calls }));
  }

  private wakeStalled(): void {
    this.buryStalled();
    for (const stalled of this.stalled) {
      stalled.calls -= 1;
    }
    // Calls that a function makes at once go on at once: one of them alone would wait for the others.
    const lives = new Set(this.stalled.filter(({ calls }) => calls < 0).map(({ life }) => life));
    const awake = this.stalled.filter(({ life }) => lives.has(life));
    this.stalled = this.stalled.filter(({ life }) => !lives.has(life));
    for (const life of lives) {
      life.state = 'running';
      this.unheard += 1;
    }
    for (const { goOn } of awake) {
      goOn();
    }
  }

  /** It acts no more, or not until it is woken. */
  private stop(life: Life, state: 'stalled' | 'over'): void {
    const wasRunning = life.state === 'running';
    life.state = state;
    if (state === 'over') {
      this.stalled = this.stalled.filter((one) => one.life !== life);
    }
    if (wasRunning) {
      this.unheard -= 1;
      this.wakeWaiters();
    }
  }

  private wakeWaiters(): void {
    if (this.unheard === 0) {
      const { waiters } = this;
      this.waiters = [];
      for (const wake of waiters) {
        wake();
      }
    }
  }
}
