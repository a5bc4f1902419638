import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { oaEnvironment, suitesEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/** The OA suites as functions read them. */
export function suitesVariables(suites: Company['oa']['suites']): z.input<typeof suitesEnvironment> {
  return { SUITES: JSON.stringify(suites.map(({ formsFile: _file, ...suite }) => suite)) };
}

/** How the OA is told what became of its requests. */
export class OaConnector extends Construct {
  readonly environment: z.input<typeof oaEnvironment> & z.input<typeof suitesEnvironment>;
  readonly secret: Secret;
  readonly #suiteSecrets: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    setting: Setting,
    callbackUrl: string | undefined,
    suites: Company['oa']['suites'],
  ) {
    super(scope, id);
    this.secret = jsonSecret(this, 'SigningKey', {
      setting,
      description: 'Key that signs the messages to the OA, which holds it too',
      generated: 'signingKey',
      toFill: [],
    });
    this.#suiteSecrets = suites.map(({ secretArn }) => secretArn);
    this.environment = {
      OA_CALLBACK_URL: callbackUrl ?? '',
      OA_SECRET_ARN: this.secret.secretArn,
      ...suitesVariables(suites),
    };
  }

  allowUse(target: TaskFunction<z.ZodType>): void {
    target.allow(['secretsmanager:GetSecretValue'], this.secret.secretArn, ...this.#suiteSecrets);
  }
}
