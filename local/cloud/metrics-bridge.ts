/** Puts the metrics that functions wrote into their logs, as CloudWatch does by itself and MiniStack does not. */
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { clientOptions } from './aws.ts';
import { metricsOfLine, type PutMetrics } from './embedded-metrics.ts';
import type { Supervisor } from './supervisor.ts';

const EVERY_MS = 2_000;
/** Data of one call; CloudWatch takes as many. */
const AT_ONCE = 1_000;
/** A line that is written while another is read comes with the next look. */
const LOOK_BACK_MS = 10_000;

export interface MetricsBridge {
  /** What a function wrote whose log MiniStack does not have; the text may end within a line. */
  readonly take: (functionName: string, text: string) => void;
  /** Follows the logs of these functions. */
  follow(functionNames: readonly string[]): void;
  /** Puts what was written until now. */
  readonly settle: () => Promise<void>;
}

/** @param report - told of what could not be read or put; it goes on */
export function startMetricsBridge(options: {
  readonly endpoint: string;
  readonly supervisor: Supervisor;
  readonly report: (problem: string) => void;
}): MetricsBridge {
  const { endpoint, supervisor, report } = options;
  const logs = new CloudWatchLogsClient(clientOptions(endpoint));
  const metrics = new CloudWatchClient(clientOptions(endpoint));
  const taken: string[] = [];
  /** The begin of a line, by function. */
  const begun = new Map<string, string>();
  const followed = new Map<string, LogPlace>();
  let looking: Promise<void> | undefined;
  const look = async () => {
    const lines = taken.splice(0);
    for (const [name, place] of followed) {
      lines.push(...(await newLines(logs, name, place)));
    }
    await put(metrics, lines.flatMap(metricsOfLine));
  };
  const settle = () => {
    looking ??= look()
      .catch((cause: unknown) => report(`metrics: ${cause instanceof Error ? cause.message : String(cause)}`))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  const timer = setInterval(() => void settle(), EVERY_MS);
  supervisor.add('metrics', async () => {
    clearInterval(timer);
    await looking;
    logs.destroy();
    metrics.destroy();
  });
  return {
    take: (name, text) => {
      const lines = `${begun.get(name) ?? ''}${text}`.split('\n');
      begun.set(name, lines.pop() ?? '');
      taken.push(...lines);
    },
    follow: (names) => {
      for (const name of names) {
        followed.set(name, { from: Date.now() - LOOK_BACK_MS, seen: new Set() });
      }
    },
    settle,
  };
}

/** How far a log was read. */
interface LogPlace {
  from: number;
  /** Streams with events since then, which the next look comes to again: MiniStack writes one for each invocation, at its end. */
  seen: Set<string>;
}

async function newLines(logs: CloudWatchLogsClient, functionName: string, place: LogPlace): Promise<readonly string[]> {
  const from = Date.now() - LOOK_BACK_MS;
  const command = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${functionName}`, startTime: place.from });
  const { events = [] } = await logs.send(command).catch(notWrittenYet);
  const fresh = events.filter(({ logStreamName = '' }) => !place.seen.has(logStreamName));
  place.from = Math.max(place.from, from);
  place.seen = new Set(events.flatMap(({ logStreamName }) => logStreamName ?? []));
  return fresh.map(({ message = '' }) => message);
}

function notWrittenYet(cause: unknown): { readonly events?: [] } {
  if (cause instanceof Error && cause.name === 'ResourceNotFoundException') {
    return {};
  }
  throw cause;
}

async function put(metrics: CloudWatchClient, all: readonly PutMetrics[]): Promise<void> {
  for (const namespace of new Set(all.map((one) => one.namespace))) {
    const data = all.filter((one) => one.namespace === namespace).flatMap((one) => one.data);
    for (let from = 0; from < data.length; from += AT_ONCE) {
      const MetricData = data.slice(from, from + AT_ONCE);
      await metrics.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
    }
  }
}
