/**
 * Metrics as lines of the log, from which CloudWatch makes them (embedded metric format). Written here, since one value counts
 * in several splits at once, at the time of an entry: Powertools warns of both with a line of its own for each.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import type * as z from 'zod';
import { MEASURES, NAMESPACE } from '../measures/domain/catalogue.ts';
import type { MetricPoint, MetricSink } from '../measures/metric-sink.ts';
import type { metricsEnvironment } from './environment.ts';

/** Into the log of this function. */
export function logMetrics(environment: z.infer<typeof metricsEnvironment>): MetricSink {
  return embeddedMetrics(environment.POWERTOOLS_SERVICE_NAME, (line) => process.stdout.write(`${line}\n`));
}

/**
 * @param service - name of the stack, by which alarms and dashboards look for metrics
 * @param write - a line of the function's log
 */
export function embeddedMetrics(service: string, write: (line: string) => void): MetricSink {
  return (points) => {
    for (const point of points) {
      write(JSON.stringify(lineOf(service, point)));
    }
  };
}

function lineOf(service: string, { measure, splits, value, at }: MetricPoint) {
  const dimensions = splits.map((split) => ['service', ...Object.keys(split)]);
  return {
    _aws: {
      Timestamp: Date.parse(at),
      CloudWatchMetrics: [
        { Namespace: NAMESPACE, Dimensions: dimensions, Metrics: [{ Name: measure, Unit: MEASURES[measure].unit }] },
      ],
    },
    service,
    ...Object.assign({}, ...splits),
    [measure]: value,
  };
}
