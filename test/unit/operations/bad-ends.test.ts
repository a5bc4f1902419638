import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stepFunctionsExecutions } from '../../../functions/operations/aws/executions.ts';

const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:purchase';
const NOW = new Date('2026-02-01T00:00:00.000Z');
const RECENT = new Date('2026-01-31T00:00:00.000Z');
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

/** Failed executions in the order in which they are listed. */
function executionsOf(stopDates: readonly Date[]) {
  const send = async (command: object): Promise<object> => {
    if (!(command instanceof ListExecutionsCommand)) {
      throw new Error(command.constructor.name);
    }
    const { statusFilter, maxResults = 100, nextToken = '0' } = command.input;
    const ended = statusFilter === 'FAILED' ? stopDates : [];
    const end = Number(nextToken) + maxResults;
    const executions = ended.slice(Number(nextToken), end).map((stopDate, index) => ({
      executionArn: `failed-${Number(nextToken) + index}`,
      stopDate,
    }));
    return { executions, ...(end < ended.length ? { nextToken: String(end) } : {}) };
  };
  // The one method that the adapter uses.
  return stepFunctionsExecutions({ client: { send: send as never }, machineArns: [MACHINE], now: () => NOW });
}

describe('executions that ended badly', () => {
  it('are found behind pages of those that cannot be redriven any more', async () => {
    const executions = executionsOf([...Array.from({ length: 2_500 }, () => LONG_AGO), RECENT]);

    expect(await executions.badEnds()).toEqual({
      ends: [{ executionId: 'failed-2500', machine: 'purchase', status: 'FAILED', endedAt: RECENT.toISOString() }],
      hasMore: false,
    });
  });

  it('are said to be more than were looked at', async () => {
    const { ends, hasMore } = await executionsOf(Array.from({ length: 6_000 }, () => RECENT)).badEnds();

    expect(ends).toHaveLength(5_000);
    expect(hasMore).toBe(true);
  });
});
