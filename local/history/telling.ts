/** What the stories of a history are told with. */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import type { Person } from '../../functions/directory/port.ts';
import type { Chance } from './chance.ts';
import type { Company } from './company.ts';
import type { People } from './people.ts';

export interface HistoryOptions {
  /** First day, `YYYY-MM-DD` of the company. */
  readonly from: string;
  /** 1 to 12. */
  readonly months: number;
  readonly seed: number;
  /** How many times as much is filed as the people of the demonstration would: 1 is about 16 requests on a working day. */
  readonly scale: number;
}

/** A process, its entries in order. */
export type ToldCase = readonly RecordEntry[];

/** Milliseconds. */
export const DAY = 86_400_000;

export interface History {
  readonly options: HistoryOptions;
  readonly company: Company;
  readonly people: People;
  /** As they answer about what is rare; apart, so that nothing else depends on it. */
  readonly rarePeople: People;
  readonly chance: Chance;
  readonly requesters: readonly [Person, ...Person[]];
  /** Those of the legal entity whose books the ERP keeps. */
  readonly claimants: readonly [Person, ...Person[]];
  readonly leaves: readonly ToldCase[];
  readonly begin: Date;
  readonly until: Date;
  /** How many requests of each kind there are so far, and with how many suppliers each cost centre has dealt. */
  readonly counts: Map<string, number>;
}

/** How many there are of something, with this one. */
export function next({ counts }: History, of: string): number {
  const count = (counts.get(of) ?? 0) + 1;
  counts.set(of, count);
  return count;
}
