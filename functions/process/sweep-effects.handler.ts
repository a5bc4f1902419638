import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { effectDeps } from '../runtime/effects.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { environment } from './sweep-effects.env.ts';
import { type SweepResult, sweepEffects } from './sweep-effects.ts';

// The service is the stack's name (POWERTOOLS_SERVICE_NAME): the alarm on the age looks for it.
const metrics = new Metrics({ namespace: 'Meridian' });

export const handler = eventHandler(environment, async (_event: unknown, variables): Promise<SweepResult> => {
  const result = await sweepEffects(effectDeps(variables));
  for (const problem of result.problems) {
    logger.error('attempt not noted', { problem });
  }
  metrics.addMetric('OldestEffectAgeSeconds', MetricUnit.Seconds, result.oldestAgeSeconds);
  metrics.addMetric('EffectsSentAgain', MetricUnit.Count, result.sentAgain);
  metrics.publishStoredMetrics();
  return result;
});
