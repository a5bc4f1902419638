/** Amazon EventBridge as the bus. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { BusEvent, EventPublisher } from '../event-publisher.ts';
import { awsFailure } from './failures.ts';

/** Limit of one PutEvents call. */
const BATCH = 10;
/** PutEvents answers 200 with some entries refused: those alone are put again, this often. */
const ROUNDS = 3;
/** What no repetition mends. */
const DENIED = /AccessDenied|NotAuthorized|InvalidAccountId/;

interface Refused {
  readonly rest: readonly BusEvent[];
  readonly codes: readonly string[];
}

export function eventBusPublisher(client: Pick<EventBridgeClient, 'send'>, busName: string): EventPublisher {
  const putOnce = async (events: readonly BusEvent[]): Promise<Refused> => {
    const entries = events.map(({ source, detailType, detail }) => ({
      EventBusName: busName,
      Source: source,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    }));
    try {
      const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: entries }));
      const codes = (Entries ?? []).flatMap(({ ErrorCode }) => ErrorCode ?? []);
      const denied = codes.find((code) => DENIED.test(code));
      if (denied !== undefined) {
        throw new ConfigError(`EventBridge does not let us put this event: ${denied} (see the policy of the bus)`);
      }
      return {
        rest: FailedEntryCount === 0 ? [] : events.filter((_, index) => Entries?.[index]?.ErrorCode !== undefined),
        codes,
      };
    } catch (cause) {
      throw cause instanceof ConfigError ? cause : awsFailure('EventBridge', cause);
    }
  };
  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += BATCH) {
        let rest: readonly BusEvent[] = events.slice(start, start + BATCH);
        for (let round = 1; rest.length > 0; round += 1) {
          const refused = await putOnce(rest);
          rest = refused.rest;
          if (rest.length > 0 && round === ROUNDS) {
            const why = [...new Set(refused.codes)].join(', ');
            throw new ConnectorTransientError(
              `EventBridge did not take ${rest.length} of ${events.length} events: ${why}`,
            );
          }
        }
      }
    },
  };
}
