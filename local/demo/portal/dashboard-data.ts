/** Dashboards as they are deployed, and the values that they show: what CloudWatch's own console reads. */
import {
  CloudWatchClient,
  GetDashboardCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import * as z from 'zod';
import { clientOptions } from '../../cloud/aws.ts';

const optionsSchema = z.looseObject({
  label: z.string().optional(),
  stat: z.string().optional(),
  period: z.number().optional(),
});
const metricSchema = z.array(z.union([z.string(), optionsSchema])).min(2);
const widgetSchema = z.object({
  type: z.string(),
  ...{ x: z.number(), y: z.number(), width: z.number(), height: z.number() },
  properties: z.looseObject({
    title: z.string().optional(),
    markdown: z.string().optional(),
    view: z.string().optional(),
    stacked: z.boolean().optional(),
    stat: z.string().optional(),
    period: z.number().optional(),
    setPeriodToTimeRange: z.boolean().optional(),
    metrics: z.array(metricSchema).optional(),
    endpoint: z.string().optional(),
    params: z.record(z.string(), z.unknown()).optional(),
  }),
});
const bodySchema = z.looseObject({ start: z.string().optional(), widgets: z.array(widgetSchema) });

export type Widget = z.infer<typeof widgetSchema>;

export interface DashboardBody {
  /** Days that it shows. */
  readonly days: number;
  readonly widgets: readonly Widget[];
}

/** One metric of a widget: points in order of time. */
export interface Series {
  readonly label: string;
  readonly points: readonly { readonly at: Date; readonly value: number }[];
}

/** Longer than any range: CloudWatch has a period that is the range, MiniStack lays its periods from 1970 on. */
const WHOLE_RANGE_SECONDS = 100 * 365 * 86_400;
const USUAL_DAYS = 28;
const USUAL_PERIOD = 300;

/**
 * By a client of its own, since the emulator is slow on connections that are used again, and in the older of CloudWatch's
 * protocols: times of the emulator's newer one are none that the SDK reads.
 */
export async function withMetrics<T>(endpoint: string, read: (client: CloudWatchClient) => Promise<T>): Promise<T> {
  const client = new CloudWatchClient({ ...clientOptions(endpoint), protocol: AwsQueryProtocol });
  try {
    return await read(client);
  } finally {
    client.destroy();
  }
}

export async function dashboardNames(client: CloudWatchClient): Promise<readonly string[]> {
  const { DashboardEntries: entries = [] } = await client.send(new ListDashboardsCommand({}));
  return entries.flatMap(({ DashboardName: name }) => name ?? []).sort();
}

export async function readDashboard(client: CloudWatchClient, name: string): Promise<DashboardBody> {
  const { DashboardBody: body = '{}' } = await client.send(new GetDashboardCommand({ DashboardName: name }));
  const { start = '', widgets } = bodySchema.parse(JSON.parse(body));
  const [, days = String(USUAL_DAYS)] = /^-P(\d+)D$/.exec(start) ?? [];
  return { days: Number(days), widgets };
}

/** The values of a widget until `now`. */
export async function readSeries(
  client: CloudWatchClient,
  { properties }: Widget,
  range: { readonly days: number; readonly now: Date },
): Promise<readonly Series[]> {
  const queries = (properties.metrics ?? []).map((metric, index) => queryOf(properties, metric, `m${index}`));
  if (queries.length === 0) {
    return [];
  }
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: queries,
      StartTime: new Date(range.now.getTime() - range.days * 86_400_000),
      EndTime: range.now,
    }),
  );
  return queries.map(({ Id, Label = '' }) => {
    const { Timestamps: times = [], Values: values = [] } = results.find((one) => one.Id === Id) ?? {};
    const points = times.map((at, index) => ({ at: new Date(at), value: values[index] ?? 0 }));
    return { label: Label, points: points.sort((one, other) => one.at.getTime() - other.at.getTime()) };
  });
}

function queryOf(widget: Widget['properties'], metric: z.infer<typeof metricSchema>, Id: string): MetricDataQuery {
  const texts = metric.filter((one) => typeof one === 'string');
  const options = metric.find((one) => typeof one !== 'string') ?? {};
  const [Namespace, MetricName, ...dimensions] = texts;
  const Dimensions = dimensions.flatMap((Name, index) =>
    index % 2 === 0 ? [{ Name, Value: dimensions[index + 1] ?? '' }] : [],
  );
  const Period =
    widget.setPeriodToTimeRange === true ? WHOLE_RANGE_SECONDS : (options.period ?? widget.period ?? USUAL_PERIOD);
  return {
    ...{ Id, Label: options.label ?? MetricName, ReturnData: true },
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions },
      ...{ Period, Stat: options.stat ?? widget.stat ?? 'Average' },
    },
  };
}
