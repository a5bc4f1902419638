import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTimers, type Timers } from '../../../local/step-functions/timers.ts';

let woken: [name: string, at: number][];
let timers: Timers;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  woken = [];
  timers = createTimers(Date.now, (name) => woken.push([name, Date.now()]));
});

afterEach(() => {
  timers.stop();
  vi.useRealTimers();
});

it('wakes each execution at its own moment, once', () => {
  timers.set('b', 2_000);
  timers.set('a', 1_000);
  timers.set('c', 2_000);

  vi.advanceTimersByTime(10_000);

  expect(woken).toEqual([
    ['a', 1_000],
    ['b', 2_000],
    ['c', 2_000],
  ]);
});

it('follows a moment that is moved, and forgets one that is cleared', () => {
  timers.set('earlier', 5_000);
  timers.set('later', 1_000);
  timers.set('never', 1_000);
  timers.set('earlier', 500);
  timers.set('later', 3_000);
  timers.set('never', undefined);

  vi.advanceTimersByTime(10_000);

  expect(woken).toEqual([
    ['earlier', 500],
    ['later', 3_000],
  ]);
});

it('wakes at once for a moment that passed while nobody watched', () => {
  timers.set('late', -1_000);

  vi.advanceTimersByTime(0);

  expect(woken).toEqual([['late', 0]]);
});

it('waits for months, which no single timer of the machine can', () => {
  const months = 90 * 86_400_000;
  timers.set('far', months);

  vi.advanceTimersByTime(months - 1);
  expect(woken).toEqual([]);
  vi.advanceTimersByTime(1);

  expect(woken).toEqual([['far', months]]);
});

it('wakes nobody after it was stopped', () => {
  timers.set('a', 1_000);

  timers.stop();
  timers.set('b', 1_000);
  vi.advanceTimersByTime(10_000);

  expect(woken).toEqual([]);
});
