import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { environment as webhook } from '../../functions/intake/webhook.env.ts';
import type { ApprovalsHttpApi } from './approvals-http-api.ts';
import { PAGE_SECONDS } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

/** Of what OAs send: one that sends in bursts, of 2,000 at once, shall not have to try again where our own limit was the cause. */
export const OA_THROTTLE = { rateLimit: 500, burstLimit: 2_000 } as const;

interface WebhookProps {
  readonly setting: Setting;
  /** Names of the OAs that may send; not empty. */
  readonly systems: readonly string[];
  readonly tables: ProcessTables;
  readonly bus: EventBus;
  readonly api: ApprovalsHttpApi;
}

/** Where OAs that cannot call AWS send their events: signed, each with a key of its own. */
export class Webhook extends Construct {
  readonly receiver: TaskFunction<typeof webhook>;
  /** By the name of the OA: what the keys' stack outputs are made of. */
  readonly keyArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { setting, systems, tables, bus, api }: WebhookProps) {
    super(scope, id);
    const secrets = systems.map((system) => ({
      system,
      secret: jsonSecret(this, `Key-${system}`, {
        setting,
        description: `Key with which ${system} signs the events that it sends to the webhook`,
        generated: 'signingKey',
        toFill: ['previousSigningKey'],
      }),
    }));
    this.keyArns = Object.fromEntries(secrets.map(({ system, secret }) => [system, secret.secretArn]));
    this.receiver = new TaskFunction<typeof webhook>(this, 'webhook', {
      setting,
      environment: {
        ...tables.environment,
        EVENT_BUS: bus.eventBusName,
        // Written out, since an ARN is not known before the deployment.
        WEBHOOK_SECRETS: `{${secrets.map(({ system, secret }) => `"${system}":"${secret.secretArn}"`).join(',')}}`,
      },
      timeoutSeconds: PAGE_SECONDS,
    });
    this.receiver.allow(['secretsmanager:GetSecretValue'], ...secrets.map(({ secret }) => secret.secretArn));
    this.receiver.allow(['events:PutEvents'], bus.eventBusArn);
    tables.allowWorkItems(this.receiver);
    api.route('/events/{system}', ['POST'], this.receiver, OA_THROTTLE);
  }
}
