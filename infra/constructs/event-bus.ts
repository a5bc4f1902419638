import { Duration, Stack } from 'aws-cdk-lib';
import { CfnEventBus, EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/events/envelope.ts';
import { ORDER_CHANGED } from '../../functions/events/order-changed.ts';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../../functions/events/stock-fell-below-reorder-point.ts';
import { deadLetterQueue } from './dead-lettered-queue.ts';
import type { Setting } from './setting.ts';

const ARCHIVE_DAYS = 90;

/** What the ERP itself may say: that somebody should look. All other facts of its are found by the poller. */
const ERP_SAYS_ITSELF = [STOCK_FELL_BELOW_REORDER_POINT, ORDER_CHANGED];

/** Who may put which events. */
interface Putters {
  /** Roles and users of the OA. */
  readonly oaPrincipals: readonly string[];
  /** Other accounts that speak for the OA: their own policies say which of their roles may. */
  readonly oaAccounts: readonly string[];
  /** Roles of our own functions that put what an OA sent by HTTP. */
  readonly receiverRoleArns: readonly string[];
  readonly erpConnectorRoleArn: string;
  /** Roles and users of the ERP itself, which says {@link ERP_SAYS_ITSELF} and nothing else. */
  readonly erpPrincipals: readonly string[];
}

/** The company's bus, its archive, and who may put events of which source on it. */
export class ProcessBus extends Construct {
  readonly bus: EventBus;
  /** Events that a rule could not hand to its queue, and those of the OA that no queue is for. */
  readonly undelivered: Queue;
  readonly #name: string;

  /** @param hasArchive - false where the cloud cannot make one (the local cloud) */
  constructor(scope: Construct, id: string, { stackName }: Setting, hasArchive: boolean) {
    super(scope, id);
    this.#name = stackName;
    this.bus = new EventBus(this, 'Bus', { eventBusName: stackName });
    this.undelivered = deadLetterQueue(this, 'Undelivered', `${stackName}-undelivered-events`);
    if (hasArchive) {
      this.bus.archive('Archive', {
        archiveName: stackName,
        eventPattern: { source: Match.prefix('meridian.') },
        retention: Duration.days(ARCHIVE_DAYS),
      });
    }
  }

  /**
   * Sends events of a source to a queue; what cannot be handed over for a day is kept in {@link undelivered}.
   * @param scope - where the rule stands: for a queue of a nested stack, that stack
   */
  route(
    id: string,
    source: keyof typeof EVENT_SOURCES,
    detailTypes: readonly string[],
    queue: IQueue,
    scope: Construct = this,
  ): void {
    const target = new SqsQueue(queue, {
      deadLetterQueue: this.undelivered,
      retryAttempts: 185,
      maxEventAge: Duration.days(1),
    });
    new Rule(scope, id, {
      eventBus: this.bus,
      eventPattern: { source: [EVENT_SOURCES[source]], detailType: [...detailTypes] },
      targets: [target],
    });
  }

  /** Keeps the events of a source that are of none of these types: their putter believes that they are worked on. */
  keepOthers(id: string, source: keyof typeof EVENT_SOURCES, detailTypes: readonly string[]): void {
    new Rule(this, id, {
      eventBus: this.bus,
      eventPattern: { source: [EVENT_SOURCES[source]], detailType: Match.anythingBut(...detailTypes) },
      targets: [new SqsQueue(this.undelivered)],
    });
  }

  /**
   * Refuses every event whose source is not its putter's, to everybody in the account too: a permission on the bus alone
   * would let any role with `events:PutEvents` speak for the ERP. IAM knows the source as a list, for which an operator
   * for single values is not meant, and need not match; the type is asked in the same way, since a call has many events: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
   */
  guard({ oaPrincipals, oaAccounts, receiverRoleArns, erpConnectorRoleArn, erpPrincipals }: Putters): void {
    const { oa, erp } = EVENT_SOURCES;
    const roots = oaAccounts.map((account) => new AccountPrincipal(account).arn);
    const resource = this.bus.node.defaultChild;
    if (!(resource instanceof CfnEventBus)) {
      throw new Error('the bus is not the resource that carries its policy');
    }
    // The ARN is written out, since a resource cannot ask for its own.
    const Resource = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: this.#name,
    });
    const put = (Sid: string, statement: object) => ({ Sid, Action: 'events:PutEvents', Resource, ...statement });
    const refuse = (Sid: string, source: string, allowed: readonly string[], accounts: readonly string[] = []) =>
      put(Sid, {
        Effect: 'Deny',
        Principal: '*',
        Condition: {
          'ForAnyValue:StringEquals': { 'events:source': source },
          StringNotEquals: {
            'aws:PrincipalArn': allowed,
            ...(accounts.length === 0 ? {} : { 'aws:PrincipalAccount': accounts }),
          },
        },
      });
    resource.policy = {
      Version: '2012-10-17',
      Statement: [
        put('OaMayPut', {
          Effect: 'Allow',
          Principal: { AWS: [...oaPrincipals, ...roots] },
          Condition: { 'ForAnyValue:StringEquals': { 'events:source': oa } },
        }),
        refuse('OnlyTheOaSpeaksForItself', oa, [...oaPrincipals, ...receiverRoleArns], oaAccounts),
        refuse('OnlyTheErpAndItsConnectorSpeakForIt', erp, [erpConnectorRoleArn, ...erpPrincipals]),
        ...(erpPrincipals.length === 0
          ? []
          : [
              put('ErpMayPut', {
                Effect: 'Allow',
                Principal: { AWS: erpPrincipals },
                Condition: {
                  'ForAnyValue:StringEquals': { 'events:source': erp, 'events:detail-type': ERP_SAYS_ITSELF },
                },
              }),
              put('TheErpItselfOnlySaysWhereToLook', {
                Effect: 'Deny',
                Principal: { AWS: erpPrincipals },
                Condition: {
                  'ForAnyValue:StringEquals': { 'events:source': erp },
                  'ForAnyValue:StringNotEquals': { 'events:detail-type': ERP_SAYS_ITSELF },
                },
              }),
            ]),
        put('NoOtherSources', {
          Effect: 'Deny',
          Principal: '*',
          Condition: { 'ForAnyValue:StringNotEquals': { 'events:source': [oa, erp] } },
        }),
      ],
    };
  }
}
