import { Duration } from 'aws-cdk-lib';
import { CfnEventBusPolicy, EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/events/envelope.ts';
import { deadLetterQueue } from './dead-lettered-queue.ts';
import type { Setting } from './setting.ts';

const ARCHIVE_DAYS = 90;

interface ProcessBusProps {
  readonly setting: Setting;
  /** ARNs that may put events of the OA. */
  readonly oaPrincipals: readonly string[];
  /** False where the cloud cannot make archives and policies of a bus (the local one). */
  readonly isGuarded: boolean;
}

/** The company's bus, its archive, and who may put events of which source on it. */
export class ProcessBus extends Construct {
  readonly bus: EventBus;
  /** Events that a rule could not hand to its queue. */
  readonly undelivered: Queue;
  readonly #props: ProcessBusProps;

  constructor(scope: Construct, id: string, props: ProcessBusProps) {
    super(scope, id);
    const { stackName } = props.setting;
    this.#props = props;
    this.bus = new EventBus(this, 'Bus', { eventBusName: stackName });
    this.undelivered = deadLetterQueue(this, 'Undelivered', `${stackName}-undelivered-events`);
    if (props.isGuarded) {
      this.bus.archive('Archive', {
        archiveName: stackName,
        eventPattern: { source: Match.prefix('meridian.') },
        retention: Duration.days(ARCHIVE_DAYS),
      });
    }
  }

  /** Sends events of a source to a queue; what cannot be handed over for a day is kept in {@link undelivered}. */
  route(id: string, source: keyof typeof EVENT_SOURCES, detailTypes: readonly string[], queue: IQueue): void {
    const target = new SqsQueue(queue, {
      deadLetterQueue: this.undelivered,
      retryAttempts: 185,
      maxEventAge: Duration.days(1),
    });
    new Rule(this, id, {
      eventBus: this.bus,
      eventPattern: { source: [EVENT_SOURCES[source]], detailType: [...detailTypes] },
      targets: [target],
    });
  }

  /**
   * Refuses every event whose source is not its putter's, to everybody in the account too: a permission on the bus alone
   * would let any role with `events:PutEvents` speak for the ERP.
   */
  guard(erpConnectorRoleArn: string): void {
    const { oaPrincipals, isGuarded } = this.#props;
    if (!isGuarded) {
      return;
    }
    this.#policy('OaMayPut', {
      Effect: 'Allow',
      Principal: { AWS: oaPrincipals },
      Condition: { StringEquals: { 'events:source': EVENT_SOURCES.oa } },
    });
    this.#refuse('OnlyTheOaSpeaksForItself', EVENT_SOURCES.oa, oaPrincipals);
    this.#refuse('OnlyTheConnectorSpeaksForTheErp', EVENT_SOURCES.erp, [erpConnectorRoleArn]);
    this.#policy('NoOtherSources', {
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringNotEquals: { 'events:source': [EVENT_SOURCES.oa, EVENT_SOURCES.erp] } },
    });
  }

  #refuse(id: string, source: string, allowed: readonly string[]): void {
    this.#policy(id, {
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringEquals: { 'events:source': source }, StringNotEquals: { 'aws:PrincipalArn': allowed } },
    });
  }

  #policy(id: string, statement: object): void {
    new CfnEventBusPolicy(this, id, {
      eventBusName: this.bus.eventBusName,
      statementId: id,
      statement: { Sid: id, Action: 'events:PutEvents', Resource: this.bus.eventBusArn, ...statement },
    });
  }
}
