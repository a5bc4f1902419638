import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type * as z from 'zod';
import type { TaskFunction } from './task-function.ts';

/**
 * Runs a function again and again. A tick carries nothing and the next one does the same work: none is repeated or kept,
 * and alarms watch what the function is for.
 */
export function every(period: Duration, target: TaskFunction<z.ZodType>): void {
  new Rule(target, 'Tick', {
    schedule: Schedule.rate(period),
    targets: [new LambdaFunction(target.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  target.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
}
