/** Plays many runs in processes side by side, and puts their results together in the order of the seeds. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Played, Run } from './run.ts';

/** What a worker is asked to play, one seed after the other. */
export interface Share {
  readonly scenario: string;
  readonly seeds: readonly number[];
}

/** What a worker says of each run. */
export interface Report {
  readonly run: Run;
  readonly played: Played;
}

export interface Summary {
  readonly runs: number;
  /** How many runs ended so. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** How often each kind of fault struck, and in how many runs any did. */
  readonly strikes: ReadonlyMap<string, number>;
  readonly runsWithFaults: number;
  /** The run of the lowest seed that broke something. */
  readonly broken?: Report;
}

export interface Exploration {
  readonly scenario: string;
  readonly firstSeed: number;
  readonly runs: number;
  readonly processes: number;
  /** Called after each run. */
  readonly onPlayed: (count: number) => void;
}

/** Seeds that one worker plays before it asks for more. */
const SHARE = 50;

/** Goes through the seeds in order; stops after the share of seeds in which something broke. */
export async function explore({ scenario, firstSeed, runs, processes, onPlayed }: Exploration): Promise<Summary> {
  const reports: Report[] = [];
  let next = firstSeed;
  const takeShare = (): Share => {
    const isBroken = reports.some(({ played }) => played.violations.length > 0);
    const count = isBroken ? 0 : Math.min(SHARE, firstSeed + runs - next);
    const seeds = Array.from({ length: count }, (_, index) => next + index);
    next += count;
    return { scenario, seeds };
  };
  const heard = (report: Report) => {
    reports.push(report);
    onPlayed(reports.length);
  };
  await Promise.all(Array.from({ length: processes }, () => workThrough(takeShare, heard)));
  return summaryOf(reports);
}

/** One process takes shares until there are none. */
function workThrough(takeShare: () => Share, heard: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(import.meta.dirname, '../worker.ts'), {
      execArgv: ['--import', 'tsx'],
      cwd: import.meta.dirname,
    });
    let left = giveShare(worker, takeShare());
    worker.on('message', (report: Report) => {
      heard(report);
      left -= 1;
      if (left === 0) {
        left = giveShare(worker, takeShare());
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
  });
}

/** How many runs it was given; without any it ends. */
function giveShare(worker: ChildProcess, share: Share): number {
  if (share.seeds.length === 0) {
    worker.disconnect();
  } else {
    worker.send(share);
  }
  return share.seeds.length;
}

function summaryOf(reports: readonly Report[]): Summary {
  const inOrder = [...reports].sort((one, other) => one.run.seed - other.run.seed);
  const broken = inOrder.find(({ played }) => played.violations.length > 0);
  return {
    runs: reports.length,
    outcomes: counted(reports.map(({ played }) => played.outcome)),
    strikes: counted(reports.flatMap(({ played }) => Object.values(played.struck))),
    runsWithFaults: reports.filter(({ played }) => Object.keys(played.struck).length > 0).length,
    ...(broken === undefined ? {} : { broken }),
  };
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, one], [, other]) => other - one));
}
