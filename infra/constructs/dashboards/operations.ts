/** How Meridian itself works: machines, queues, functions, pages. */
import { Duration } from 'aws-cdk-lib';
import { type IWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type * as z from 'zod';
import type { ApprovalsHttpApi } from '../approvals-http-api.ts';
import type { DeadLetteredQueue } from '../dead-lettered-queue.ts';
import type { Process } from '../process.ts';
import type { TaskFunction } from '../task-function.ts';
import { meanings, note, serviceGraph, type Widgets } from './widgets.ts';

const FIVE_MINUTES = Duration.minutes(5);
const SUM = { statistic: Stats.SUM, period: FIVE_MINUTES };

interface OperationsParts {
  readonly machines: readonly Process[];
  readonly queues: readonly DeadLetteredQueue[];
  readonly deadLetters: readonly Queue[];
  readonly functions: readonly TaskFunction<z.ZodType>[];
  readonly api: ApprovalsHttpApi;
  readonly hasWebhook: boolean;
}

export function operations(widgets: Widgets, parts: OperationsParts): readonly (readonly IWidget[])[] {
  const { machines, queues, deadLetters, functions, api, hasWebhook } = parts;
  return [
    [
      note(
        [{ zh: '# 运行\n告警的处理办法见 docs/runbooks.md。', en: 'What to do about each alarm: docs/runbooks.md.' }],
        4,
      ),
    ],
    ...pairs(
      machines.map(({ machine, node }) =>
        serviceGraph({ en: node.id, zh: node.id }, [
          machine.metricStarted(SUM),
          machine.metricSucceeded(SUM),
          machine.metricFailed(SUM),
          machine.metricTimedOut(SUM),
          machine.metricAborted(SUM),
        ]),
      ),
    ),
    [
      widgets.trend({ zh: '最久未完成的动作（秒）', en: 'Oldest effect (s)' }, [
        { measure: 'OldestEffectAgeSeconds', statistic: Stats.MAXIMUM },
      ]),
      serviceGraph(
        { zh: '队列中等待最久（秒）', en: 'Waiting longest in a queue (s)' },
        queues.map(({ queue }) => queue.metricApproximateAgeOfOldestMessage()),
      ),
    ],
    [
      serviceGraph({ zh: '死信', en: 'Dead letters' }, deadLetters.map(deadLetterCount)),
      serviceGraph({ zh: '页面', en: 'Pages' }, [
        api.api.metricCount(SUM),
        api.api.metricClientError(SUM),
        api.api.metricServerError(SUM),
      ]),
    ],
    [
      serviceGraph({ zh: '链接被猜测', en: 'Guesses at links' }, [
        widgets.metric({ measure: 'UnknownLinks' }),
        widgets.metric({ measure: 'GuessesStopped' }),
        // Above its limits the API itself refuses, and no page counts it.
        api.api.metricClientError(SUM),
      ]),
      ...(hasWebhook
        ? [
            widgets.trend({ zh: '未被受理的 OA 请求', en: 'Requests to the webhook that were not taken' }, [
              { measure: 'WebhooksRefused' },
            ]),
          ]
        : []),
    ],
    [
      serviceGraph(
        { zh: '函数错误', en: 'Errors of functions' },
        functions.map(({ lambda }) => lambda.metricErrors(SUM)),
      ),
      serviceGraph(
        { zh: '函数最慢调用（p99，毫秒）', en: 'Slowest calls of functions (p99, ms)' },
        functions.map(({ lambda }) => lambda.metricDuration({ statistic: Stats.percentile(99), period: FIVE_MINUTES })),
      ),
    ],
    [
      widgets.trend({ zh: '已计量条目', en: 'Entries measured' }, [
        { measure: 'EntriesMeasured' },
        { measure: 'MeasuresPerhapsLost' },
      ]),
      widgets.trend({ zh: '审计账册滞后（秒）', en: 'Books behind (s)' }, [
        { measure: 'BooksBehindSeconds', statistic: Stats.MAXIMUM },
      ]),
    ],
    [
      meanings([
        ...(['OldestEffectAgeSeconds', 'EntriesMeasured', 'MeasuresPerhapsLost', 'BooksBehindSeconds'] as const),
        ...(['UnknownLinks', 'GuessesStopped'] as const),
      ]),
    ],
  ];
}

/** The letters that wait for an operator. */
export function deadLetterCount(queue: Queue) {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES });
}

/** Two beside each other. */
function pairs(all: readonly IWidget[]): readonly (readonly IWidget[])[] {
  return all.flatMap((one, index) => (index % 2 === 0 ? [[one, ...all.slice(index + 1, index + 2)]] : []));
}
