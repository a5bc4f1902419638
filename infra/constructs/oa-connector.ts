import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { oaEnvironment } from '../../functions/runtime/environment.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/** How the OA is told what became of its requests. */
export class OaConnector extends Construct {
  readonly environment: z.input<typeof oaEnvironment>;
  readonly secret: Secret;

  constructor(scope: Construct, id: string, setting: Setting, callbackUrl: string | undefined) {
    super(scope, id);
    this.secret = jsonSecret(this, 'SigningKey', {
      setting,
      description: 'Key that signs the messages to the OA, which holds it too',
      generated: 'signingKey',
      toFill: [],
    });
    this.environment = { OA_CALLBACK_URL: callbackUrl ?? '', OA_SECRET_ARN: this.secret.secretArn };
  }

  allowUse(target: TaskFunction<z.ZodType>): void {
    target.allow(['secretsmanager:GetSecretValue'], this.secret.secretArn);
  }
}
