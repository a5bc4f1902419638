import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { effectDeps } from '../runtime/effects.ts';
import { eventHandler } from '../runtime/handler.ts';
import { environment } from './sweep-effects.env.ts';
import { type SweepResult, sweepEffects } from './sweep-effects.ts';

const metrics = new Metrics({ namespace: 'Meridian', serviceName: 'meridian' });

export const handler = eventHandler(environment, async (_event: unknown, variables): Promise<SweepResult> => {
  const result = await sweepEffects(effectDeps(variables));
  metrics.addMetric('OldestEffectAgeSeconds', MetricUnit.Seconds, result.oldestAgeSeconds);
  metrics.addMetric('EffectsSentAgain', MetricUnit.Count, result.sentAgain);
  metrics.publishStoredMetrics();
  return result;
});
