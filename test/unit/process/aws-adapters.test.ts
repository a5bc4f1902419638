import type { CreateScheduleCommand, DeleteScheduleCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { eventBusPublisher } from '../../../functions/process/adapters/event-bus.ts';
import { awsFailure } from '../../../functions/process/adapters/failures.ts';
import { sqsQueue } from '../../../functions/process/adapters/queue.ts';
import { sqsReportQueue } from '../../../functions/process/adapters/report-queue.ts';
import { createSchedulerAlarms } from '../../../functions/process/adapters/scheduler-alarms.ts';
import { stateMachineResumer, stateMachineStarter } from '../../../functions/process/adapters/step-functions.ts';
import { SettableClock } from '../../support/ambient.ts';

interface Command {
  readonly input: object;
}

/** A client that answers what it is told to, and remembers what it was asked. */
function clientOf(...answers: readonly (object | Error)[]) {
  const sent: object[] = [];
  const send = async (command: Command): Promise<object> => {
    sent.push(command.input);
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  // The one method that the adapters use, under the type of each client.
  return { sent, client: { send } as never, command: send };
}

function named(name: string): Error {
  return Object.assign(new Error('a text of the service'), { name });
}

describe('resuming', () => {
  it('sends the output under the token', async () => {
    const { client, sent } = clientOf({});

    expect(await stateMachineResumer(client).resume('token', { outcome: 'approved' })).toBe('resumed');

    expect(sent).toEqual([{ taskToken: 'token', output: '{"outcome":"approved"}' }]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'says that nothing waits any more on %s',
    async (name) => {
      expect(await stateMachineResumer(clientOf(named(name)).client).resume('token', {})).toBe('gone');
    },
  );

  it('fails for now on anything else', async () => {
    const resume = stateMachineResumer(clientOf(named('ThrottlingException')).client).resume('token', {});

    await expect(resume).rejects.toMatchObject({ name: 'ConnectorTransientError' });
  });
});

describe('reporting stock that is short', () => {
  const detail = {
    metadata: { eventId: 'e', correlationId: 'c', occurredAt: '2026-01-01T00:00:00Z', schemaVersion: '1.0' },
    ...{ erp: { system: 'tryton' }, productCode: 'P-1', warehouse: 'WH' },
  };
  const reports = Array.from({ length: 12 }, (_, delaySeconds) => ({ detail, delaySeconds }));

  it('sends ten at a time, each with its delay, in the shape of an event', async () => {
    const { client, sent } = clientOf({});

    await sqsReportQueue(client, 'url', 'StockFellBelowReorderPoint').send(reports);

    expect(sent).toMatchObject([{ Entries: { length: 10 } }, { Entries: { length: 2 } }]);
    expect(sent[1]).toEqual({
      QueueUrl: 'url',
      Entries: [10, 11].map((delay, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ 'detail-type': 'StockFellBelowReorderPoint', detail }),
        DelaySeconds: delay,
      })),
    });
  });

  it.each([{ Failed: [{ Id: '3', Code: 'InternalError' }] }, named('ServiceUnavailable')])(
    'fails for now when not all of them were taken',
    async (answer) => {
      const sending = sqsReportQueue(clientOf(answer).client, 'url', 'StockFellBelowReorderPoint').send(reports);

      await expect(sending).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    },
  );
});

describe('starting', () => {
  it('starts under the name that it is given', async () => {
    const { client, sent } = clientOf({});

    expect(await stateMachineStarter(client, 'arn').start('name', { a: 1 })).toBe('started');

    expect(sent).toEqual([{ stateMachineArn: 'arn', name: 'name', input: '{"a":1}' }]);
  });

  it('starts nothing under a name that was used', async () => {
    const starter = stateMachineStarter(clientOf(named('ExecutionAlreadyExists')).client, 'arn');

    expect(await starter.start('name', {})).toBe('already-started');
  });

  it('says that a machine is missing to those who can mend it', async () => {
    const start = stateMachineStarter(clientOf(named('StateMachineDoesNotExist')).client, 'arn').start('name', {});

    await expect(start).rejects.toMatchObject({ name: 'ConfigError' });
  });
});

describe('publishing', () => {
  const events = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ source: 's', detailType: 'T', detail: { index } }));

  it('puts ten at a time', async () => {
    const { client, sent } = clientOf({ FailedEntryCount: 0, Entries: [] });

    await eventBusPublisher(client, 'bus').publish(events(23));

    expect(
      sent.map((input) => ('Entries' in input && Array.isArray(input.Entries) ? input.Entries.length : 0)),
    ).toEqual([10, 10, 3]);
    const [first] = sent;
    expect(first).toHaveProperty('Entries.0', {
      EventBusName: 'bus',
      Source: 's',
      DetailType: 'T',
      Detail: '{"index":0}',
    });
  });

  it('puts again only what was not taken', async () => {
    const { client, sent } = clientOf(
      { FailedEntryCount: 1, Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }, { EventId: '3' }] },
      { FailedEntryCount: 0, Entries: [{ EventId: '2' }] },
    );

    await eventBusPublisher(client, 'bus').publish(events(3));

    expect(sent[1]).toMatchObject({ Entries: [{ Detail: '{"index":1}' }] });
  });

  it('fails for now when some are refused every time, and says how many', async () => {
    const { client, sent } = clientOf({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });

    const publish = eventBusPublisher(client, 'bus').publish(events(1));

    await expect(publish).rejects.toThrow('1 of 1 events: InternalFailure');
    expect(sent).toHaveLength(3);
  });

  it('says at once that the bus does not let it, since no repetition mends that', async () => {
    const { client, sent } = clientOf({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }],
    });

    const publish = eventBusPublisher(client, 'bus').publish(events(1));

    await expect(publish).rejects.toMatchObject({ name: 'ConfigError' });
    await expect(publish).rejects.toThrow('NotAuthorizedForSourceException');
    expect(sent).toHaveLength(1);
  });

  it('puts nothing when there is nothing', async () => {
    const { client, sent } = clientOf({});

    await eventBusPublisher(client, 'bus').publish([]);

    expect(sent).toEqual([]);
  });
});

describe('an alarm', () => {
  const alarm = { processId: 'P2P-1', waitId: 'execution/State/2026-01-01T00:00:00.000Z', purpose: 'remind' } as const;
  const alarmsOver = (client: never) =>
    createSchedulerAlarms({
      client,
      clock: new SettableClock('2026-01-01T00:00:00.000Z'),
      group: 'alarms',
      targetArn: 'target',
      roleArn: 'role',
      deadLetterArn: 'dead-letters',
    });

  it('is a schedule that rings once, deletes itself and keeps what could not be delivered', async () => {
    const { client, sent } = clientOf({});

    await alarmsOver(client).set(alarm, new Date('2026-01-02T03:04:05.678Z'));

    expect(sent).toMatchObject([
      {
        GroupName: 'alarms',
        ScheduleExpression: 'at(2026-01-02T03:04:06)',
        ScheduleExpressionTimezone: 'UTC',
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: 'target',
          RoleArn: 'role',
          Input: JSON.stringify(alarm),
          DeadLetterConfig: { Arn: 'dead-letters' },
        },
      },
    ]);
    expect(sent[0]).toHaveProperty('Name', expect.stringMatching(/^[0-9a-zA-Z_.-]{1,64}$/));
  });

  it('that is due already rings in a few seconds, since Scheduler takes no past', async () => {
    const { client, sent } = clientOf({});

    await alarmsOver(client).set(alarm, new Date('2025-12-31T00:00:00.000Z'));

    expect(sent).toMatchObject([{ ScheduleExpression: 'at(2026-01-01T00:00:05)' }]);
  });

  it('that is set already stays, and one that is gone already stays gone', async () => {
    const setAgain = alarmsOver(clientOf(named('ConflictException')).client);
    const cancelAgain = alarmsOver(clientOf(named('ResourceNotFoundException')).client);

    await expect(setAgain.set(alarm, new Date('2026-01-02T00:00:00Z'))).resolves.toBeUndefined();
    await expect(cancelAgain.cancel(alarm)).resolves.toBeUndefined();
  });

  it('is cancelled under the name by which it was set', async () => {
    const names: unknown[] = [];
    const client = {
      send: async (command: CreateScheduleCommand | DeleteScheduleCommand) => {
        names.push(command.input.Name);
        return {};
      },
    } as never;
    const alarms = alarmsOver(client);

    await alarms.set(alarm, new Date('2026-01-02T00:00:00Z'));
    await alarms.cancel({ ...alarm });
    await alarms.cancel({ ...alarm, purpose: 'expire' });
    await alarms.cancel({ ...alarm, purpose: 'escalate', step: 5 });

    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    // Scheduler takes names of up to 64 letters, digits, hyphens, underscores and dots.
    expect(names[3]).toMatch(/^escalate-5-[\w.-]{1,53}$/);
  });
});

describe('a queue of effects', () => {
  it('carries which effect, and nothing else', async () => {
    const { client, sent } = clientOf({});

    await sqsQueue(client, 'url').send({ processId: 'P2P-1', effectId: '1-1-0' });

    expect(sent).toEqual([{ QueueUrl: 'url', MessageBody: '{"processId":"P2P-1","effectId":"1-1-0"}' }]);
  });
});

describe('a failure of AWS', () => {
  it.each([
    ['AccessDeniedException', 'ConfigError'],
    ['ValidationException', 'ConnectorPermanentError'],
    ['ThrottlingException', 'ConnectorTransientError'],
    ['TimeoutError', 'ConnectorTransientError'],
  ])('%s is a %s, without the text that the service gave', (name, ours) => {
    const failure = awsFailure('SQS', named(name));

    expect(failure.name).toBe(ours);
    expect(failure.message).not.toContain('a text of the service');
    expect(failure.cause).toBeInstanceOf(Error);
  });
});
