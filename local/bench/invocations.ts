/** Invocations of deployed functions, with what Lambda would bill for them. */
import { REGION } from '../cloud/aws.ts';

export interface Invocations {
  readonly count: number;
  readonly gbSeconds: number;
}

export const NO_INVOCATIONS: Invocations = { count: 0, gbSeconds: 0 };

/** One more. */
export function plus(sum: Invocations, milliseconds: number, memoryMb: number): Invocations {
  return { count: sum.count + 1, gbSeconds: sum.gbSeconds + (Math.ceil(milliseconds) / 1000) * (memoryMb / 1024) };
}

export function sumOf(some: Invocations, others: Invocations): Invocations {
  return { count: some.count + others.count, gbSeconds: some.gbSeconds + others.gbSeconds };
}

/**
 * What MiniStack itself invoked since an instant (queues, streams, pages), from the reports in the functions' logs.
 *
 * @param since - milliseconds since 1970
 */
export async function loggedInvocations(endpoint: string, since: number): Promise<Invocations> {
  const { logGroups = [] } = await logs<{ readonly logGroups?: readonly { readonly logGroupName: string }[] }>(
    endpoint,
    'DescribeLogGroups',
    { logGroupNamePrefix: '/aws/lambda/' },
  );
  let sum = NO_INVOCATIONS;
  for (const { logGroupName } of logGroups) {
    const { events = [] } = await logs<{ readonly events?: readonly { readonly message: string }[] }>(
      endpoint,
      'FilterLogEvents',
      { logGroupName, startTime: since, limit: 10_000 },
    );
    for (const { message } of events) {
      const [, duration, memory] = /^REPORT .*\tBilled Duration: (\d+) ms\tMemory Size: (\d+) MB/.exec(message) ?? [];
      if (duration !== undefined) sum = plus(sum, Number(duration), Number(memory));
    }
  }
  return sum;
}

/** CloudWatch Logs, which the project uses nowhere else: without an SDK client for two questions. */
async function logs<Answer>(endpoint: string, operation: string, question: object): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=local/20000101/${REGION}/logs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(question),
  });
  if (!response.ok) throw new Error(`MiniStack answered ${response.status} to ${operation}`);
  return (await response.json()) as Answer;
}
