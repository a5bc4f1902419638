/** The figures by which operators see that somebody guesses at links, or repeats what is refused. None has the address: whoever guesses chooses it. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

// The service is the stack's name (POWERTOOLS_SERVICE_NAME): the alarm and the dashboard look for it.
const metrics = new Metrics({ namespace: 'Meridian' });

const FIGURES = { unknown: 'UnknownLinks', 'too-many-guesses': 'GuessesStopped' } as const;

/** Counts one guess that was refused. */
export function reportGuess(guess: keyof typeof FIGURES): void {
  metrics.addMetric(FIGURES[guess], MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
