import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

const LENGTH = 64;

interface SecretProps {
  readonly setting: Setting;
  readonly description: string;
  /** Field that gets a generated value; the others are filled in by an operator. */
  readonly generated: string;
  readonly toFill: readonly string[];
}

/** A secret in JSON whose other fields stay empty until an operator fills them in (docs/deploy.md). */
export function jsonSecret(scope: Construct, id: string, props: SecretProps): Secret {
  const secret = new Secret(scope, id, {
    description: props.description,
    generateSecretString: {
      secretStringTemplate: JSON.stringify(Object.fromEntries(props.toFill.map((field) => [field, '']))),
      generateStringKey: props.generated,
      excludePunctuation: true,
      passwordLength: LENGTH,
    },
    removalPolicy: props.setting.removalPolicy,
  });
  acknowledge(secret, 'AwsSolutions-SMG4');
  return secret;
}
