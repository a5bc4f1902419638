/** State transitions as Step Functions bills them: each state that was entered, and each repetition of a task. */
import { GetExecutionHistoryCommand, type HistoryEvent, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions } from '../cloud/aws.ts';

/**
 * Of all executions of the machines that began since an instant, children included.
 *
 * @param since - milliseconds since 1970
 */
export async function countTransitions(engineUrl: string, machines: readonly string[], since: number): Promise<number> {
  const engine = new SFNClient(clientOptions(engineUrl));
  let transitions = 0;
  for (const stateMachineArn of machines) {
    const { executions = [] } = await engine.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }));
    for (const { executionArn, startDate } of executions) {
      if ((startDate?.getTime() ?? 0) < since) continue;
      const events = await historyOf(engine, executionArn);
      const of = (end: string) => events.filter(({ type }) => type?.endsWith(end)).length;
      transitions += of('StateEntered') + of('TaskScheduled') - of('TaskStateEntered');
    }
  }
  return transitions;
}

async function historyOf(engine: SFNClient, executionArn: string | undefined): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await engine.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken ? { nextToken } : {}) }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}
