/** Port: where metrics are put. */
import type { DimensionValues, MeasureName } from './domain/catalogue.ts';

/** One value of one metric. */
export interface MetricPoint {
  readonly measure: MeasureName;
  /** It counts once in each of these splits; the empty one is all of Meridian. */
  readonly splits: readonly DimensionValues[];
  readonly value: number;
  /** ISO 8601 in UTC. CloudWatch takes what is up to two weeks old. */
  readonly at: string;
}

/** Puts them all, or is not there: writing a line of a log cannot fail. */
export type MetricSink = (points: readonly MetricPoint[]) => void;
