/** The figure by which operators see that requests to the webhook are not taken. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

// The service is the stack's name (POWERTOOLS_SERVICE_NAME): the alarm and the dashboard look for it.
const metrics = new Metrics({ namespace: 'Meridian' });

/** Counts one. Which refusal it was stands in the log: whoever sends nonsense shall not make figures by choosing it. */
export function reportRefusedWebhook(): void {
  metrics.addMetric('WebhooksRefused', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
