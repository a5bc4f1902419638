/** What the outbox needs to send effects on their way. */
import type * as z from 'zod';
import { sqsQueue } from '../process/adapters/queue.ts';
import { stateMachineResumer } from '../process/adapters/step-functions.ts';
import type { DispatchEffectsDeps } from '../process/dispatch-effects.ts';
import { waitAlarms } from './alarms.ts';
import { sqsClient, stepFunctionsClient } from './clients.ts';
import type { alarmEnvironment, effectQueuesEnvironment, storeEnvironment } from './environment.ts';
import { processDeps } from './wiring.ts';

type EffectEnvironment = z.infer<typeof storeEnvironment> &
  z.infer<typeof effectQueuesEnvironment> &
  z.infer<typeof alarmEnvironment>;

export function effectDeps(environment: EffectEnvironment): DispatchEffectsDeps {
  return {
    ...processDeps(environment),
    resumer: stateMachineResumer(stepFunctionsClient()),
    alarms: waitAlarms(environment),
    queues: {
      mail: sqsQueue(sqsClient(), environment.MAIL_QUEUE_URL),
      'tell-oa': sqsQueue(sqsClient(), environment.OA_QUEUE_URL),
      warn: sqsQueue(sqsClient(), environment.WARNING_QUEUE_URL),
    },
  };
}
