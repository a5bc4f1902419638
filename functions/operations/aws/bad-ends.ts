/** Executions that ended otherwise than well, and can still be redriven. */
import { ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { BadEnd, BadEnds } from '../port.ts';
import { fail, nameOf } from './answers.ts';

type Client = Pick<SFNClient, 'send'>;

const STATUSES = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;
/** Source: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_MS = 14 * 86_400_000;
/** As many as Step Functions gives at once. */
const PAGE = 1_000;
/** Of each machine and end: 5,000 executions. */
const MOST_PAGES = 5;

/** Of all machines, newest first. */
export async function badEndsOf(client: Client, machineArns: readonly string[], now: Date): Promise<BadEnds> {
  const since = now.getTime() - REDRIVABLE_MS;
  const found: BadEnd[] = [];
  let hasMore = false;
  for (const machineArn of machineArns) {
    for (const status of STATUSES) {
      const { ends, isCut } = await endedAs(client, machineArn, status);
      found.push(...ends.filter(({ endedAt }) => Date.parse(endedAt) > since));
      hasMore ||= isCut;
    }
  }
  return { ends: found.toSorted((one, other) => (one.endedAt < other.endedAt ? 1 : -1)), hasMore };
}

/** Listed by their starts, so that one that ended today may stand behind all that ended a month ago. */
async function endedAs(client: Client, stateMachineArn: string, status: BadEnd['status']) {
  const ends: BadEnd[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { stateMachineArn, statusFilter: status, maxResults: PAGE, nextToken };
    const answer = await client.send(new ListExecutionsCommand(query)).catch(fail);
    for (const { executionArn, stopDate } of answer.executions ?? []) {
      if (executionArn !== undefined && stopDate !== undefined) {
        const endedAt = stopDate.toISOString();
        ends.push({ executionId: executionArn, machine: nameOf(stateMachineArn), status, endedAt });
      }
    }
    ({ nextToken } = answer);
    if (nextToken === undefined) {
      break;
    }
  }
  return { ends, isCut: nextToken !== undefined };
}
