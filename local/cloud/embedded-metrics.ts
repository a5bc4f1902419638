/**
 * Metrics in lines of a log, as CloudWatch reads them: MiniStack does not.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import type { MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';

const lineSchema = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().optional() })),
      }),
    ),
  }),
});
const valueSchema = z.union([z.number(), z.array(z.number()).min(1).max(100)]);

/** What a line puts. */
export interface PutMetrics {
  readonly namespace: string;
  readonly data: readonly MetricDatum[];
}

/** None of a line that is no JSON, has no metrics, or lacks a value that it names: CloudWatch drops that silently too. */
export function metricsOfLine(line: string): readonly PutMetrics[] {
  const parsed = lineSchema.safeParse(jsonOf(line));
  if (!parsed.success) {
    return [];
  }
  const { _aws: directive, ...members } = parsed.data;
  const at = new Date(directive.Timestamp);
  return directive.CloudWatchMetrics.map(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) => ({
    namespace,
    data: metrics.flatMap(({ Name: name, Unit: unit }) => {
      const value = valueSchema.safeParse(members[name]);
      return value.success ? sets.map((names) => datum(name, unit, value.data, dimensionsOf(names, members), at)) : [];
    }),
  }));
}

function datum(
  MetricName: string,
  unit: string | undefined,
  value: number | number[],
  Dimensions: MetricDatum['Dimensions'],
  Timestamp: Date,
): MetricDatum {
  const amount = typeof value === 'number' ? { Value: value } : { Values: value, Counts: value.map(() => 1) };
  return { MetricName, Dimensions, Timestamp, Unit: (unit ?? 'None') as StandardUnit, ...amount };
}

function dimensionsOf(names: readonly string[], members: Readonly<Record<string, unknown>>): MetricDatum['Dimensions'] {
  return names.map((Name) => ({ Name, Value: String(members[Name]) }));
}

function jsonOf(line: string): unknown {
  if (!line.startsWith('{')) {
    return undefined;
  }
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
