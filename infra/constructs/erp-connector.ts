import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as pollErp } from '../../functions/connectors/erp/poll-erp.env.ts';
import type { erpEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import type { ProcessTables } from './process-tables.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

interface ErpConnectorProps {
  readonly setting: Setting;
  readonly erp: Company['erp'];
  readonly tables: ProcessTables;
  readonly bus: EventBus;
}

/** Fields of the secret; one that is generated is replaced where the ERP makes it itself. */
const CREDENTIALS = {
  tryton: { generated: 'password', toFill: ['url', 'database', 'user'] },
  odoo: { generated: 'apiKey', toFill: ['url', 'database'] },
};

/**
 * The ERP's credentials, and the poller that puts the ERP's changes on the bus. Without an ERP there are no credentials and
 * no ticks: the poller is deployed and never runs.
 */
export class ErpConnector extends Construct {
  readonly environment: z.input<typeof erpEnvironment>;
  readonly secret: Secret | undefined;
  readonly poller: TaskFunction<typeof pollErp>;

  constructor(scope: Construct, id: string, { setting, erp, tables, bus }: ErpConnectorProps) {
    super(scope, id);
    const { kind, billProposals } = erp;
    this.secret =
      kind === 'none'
        ? undefined
        : jsonSecret(this, 'Credentials', {
            setting,
            description: `Meridian's own user in the ERP (${kind})`,
            ...CREDENTIALS[kind],
          });
    this.environment = { ERP_KIND: kind, ERP_SECRET_ARN: this.secret?.secretArn ?? '' };
    this.poller = new TaskFunction<typeof pollErp>(this, 'poll-erp', {
      setting,
      environment: {
        ...tables.environment,
        ...this.environment,
        EVENT_BUS: bus.eventBusName,
        BILL_PROPOSALS: billProposals ? 'yes' : 'no',
      },
      timeoutSeconds: Duration.minutes(1).toSeconds(),
    });
    tables.allowWorkItems(this.poller);
    this.allowUse(this.poller);
    this.poller.allow(['events:PutEvents'], bus.eventBusArn);
    if (this.secret !== undefined) {
      every(Duration.minutes(1), this.poller);
    }
  }

  allowUse(...functions: readonly TaskFunction<z.ZodType>[]): void {
    for (const target of functions) {
      if (this.secret !== undefined) {
        target.allow(['secretsmanager:GetSecretValue'], this.secret.secretArn);
      }
    }
  }
}
