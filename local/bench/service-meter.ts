/** Counts what functions ask of the services beside DynamoDB, each as AWS bills it. */
import { type PassingProxy, startPassingProxy } from './passing-proxy.ts';

/** What was asked for since the last reset. */
export interface ServiceUsage {
  /** Mails that SES took. */
  readonly mails: number;
  /** Messages that were put into queues; each is also received and deleted, which the queue's consumer does. */
  readonly queueMessages: number;
  /** Schedules that were set, and taken away again: neither is billed, only one that rings. */
  readonly schedulesSet: number;
  readonly schedulesTakenAway: number;
}

export interface ServiceMeter extends PassingProxy {
  reset(): void;
  usage(): ServiceUsage;
}

const NOTHING: ServiceUsage = { mails: 0, queueMessages: 0, schedulesSet: 0, schedulesTakenAway: 0 };

/** @param endpoint - of the local cloud */
export async function startServiceMeter(endpoint: string): Promise<ServiceMeter> {
  let counted = NOTHING;
  const proxy = await startPassingProxy(endpoint, ({ method, path, operation }) => {
    const what = billedAs(method, path, operation);
    counted = { ...counted, [what]: counted[what] + 1 };
  });
  return {
    ...proxy,
    reset: () => {
      counted = NOTHING;
    },
    usage: () => counted,
  };
}

function billedAs(method: string, path: string, operation: string): keyof ServiceUsage {
  if (operation === 'SendMessage') return 'queueMessages';
  if (method === 'POST' && path === '/v2/email/outbound-emails') return 'mails';
  if (path.startsWith('/schedules/') && method === 'POST') return 'schedulesSet';
  if (path.startsWith('/schedules/') && method === 'DELETE') return 'schedulesTakenAway';
  throw new Error(`the meter does not know what AWS bills for ${method} ${path} ${operation}`);
}
