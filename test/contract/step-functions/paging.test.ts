import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { ASKING, machine, PASSING, useEngine, WAITING } from './support.ts';

const engine = useEngine();
const history = (executionArn: string, more: object = {}) =>
  engine.client.send(new GetExecutionHistoryCommand({ executionArn, ...more }));

/** An execution of as many events as a walk over some items gives. */
async function longOne(items: number): Promise<string> {
  const processor = { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } };
  const definition = machine({
    All: { Type: 'Map', Items: `{% $range(1, ${items}, 1) %}`, ItemProcessor: processor, Output: 'done', End: true },
  });
  const executionArn = await engine.start((await engine.create(definition)).stateMachineArn);
  await engine.ended(executionArn);
  return executionArn;
}

/** All pages of a history, one after the other. */
async function pagesOf(executionArn: string, more: object): Promise<(number | undefined)[][]> {
  const pages: (number | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof history>> = await history(executionArn, { ...more, nextToken });
    pages.push(page.events?.map(({ id }) => id) ?? []);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

describe('a history', () => {
  it('comes in pages of 100, or up to 1,000, without gaps and in both orders', async () => {
    const executionArn = await longOne(300);
    const ids = Array.from({ length: 1_206 }, (_, index) => index + 1);

    const usual = await pagesOf(executionArn, {});
    const longest = await pagesOf(executionArn, { maxResults: 1_000 });
    const reversed = await pagesOf(executionArn, { maxResults: 500, reverseOrder: true });

    expect(usual.map((page) => page.length)).toEqual([...Array.from({ length: 12 }, () => 100), 6]);
    expect(usual.flat()).toEqual(ids);
    expect(longest.map((page) => page.length)).toEqual([1_000, 206]);
    expect(longest.flat()).toEqual(ids);
    expect(reversed.flat()).toEqual(ids.toReversed());
  });

  it('in reverse order goes on where it was, although events were added', async () => {
    const { arn, token } = await engine.asked();
    const first = await history(arn, { reverseOrder: true, maxResults: 2 });
    await engine.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '1' }));
    await engine.ended(arn);

    const second = await history(arn, { reverseOrder: true, maxResults: 2, nextToken: first.nextToken });

    const last = first.events?.at(-1)?.id ?? 0;
    expect(second.events?.map(({ id }) => id)).toEqual([last - 1, last - 2]);
  });

  it('leaves inputs and outputs out when they are not wanted', async () => {
    const executionArn = await engine.start((await engine.create(PASSING)).stateMachineArn, { secret: 'yes' });
    await engine.ended(executionArn);

    const { events } = await history(executionArn, { includeExecutionData: false });

    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'Pass' });
    expect(JSON.stringify(events)).not.toContain('secret');
  });
});

describe('the token of a page', () => {
  it.each([
    ['a text that is none', () => 'nonsense'],
    [
      'one of another call',
      async () => (await engine.client.send(new ListStateMachinesCommand({ maxResults: 1 }))).nextToken,
    ],
    [
      'one that was changed',
      async (token: string) => {
        const [position, ...rest] = JSON.parse(Buffer.from(token, 'base64url').toString());
        return Buffer.from(JSON.stringify([position + 1, ...rest])).toString('base64url');
      },
    ],
  ])('is refused: %s', async (_what, spoil) => {
    await engine.create(WAITING);
    const executionArn = await engine.start((await engine.create(ASKING)).stateMachineArn);
    const { nextToken = '' } = await history(executionArn, { maxResults: 1 });

    await expect(history(executionArn, { maxResults: 1, nextToken: await spoil(nextToken) })).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  it('holds for the same arguments only', async () => {
    const executionArn = await engine.start((await engine.create(WAITING)).stateMachineArn);
    const { nextToken } = await history(executionArn, { maxResults: 1 });

    await expect(history(executionArn, { maxResults: 1, reverseOrder: true, nextToken })).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });

  it('asks for 1,000 items at most', async () => {
    const { stateMachineArn } = await engine.create(WAITING);

    await expect(
      engine.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1_001 })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });
});
