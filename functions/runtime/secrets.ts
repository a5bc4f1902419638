/** Secrets of AWS Secrets Manager, read at need and kept for five minutes, so that a rotated one is soon taken. */
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { secretsClient } from './clients.ts';
import { ConfigError, ConnectorTransientError } from './errors.ts';

const KEPT_MS = 5 * 60_000;
const kept = new Map<string, { readonly text: string; readonly until: number }>();

/**
 * @param schema - shape of the secret's JSON
 * @throws ConfigError naming the secret and what is wrong with it, never its value.
 * @throws ConnectorTransientError when Secrets Manager did not answer.
 */
export async function readSecret<T>(arn: string, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parse(arn, await secretText(arn)));
  if (!parsed.success) {
    kept.delete(arn);
    const wrong = parsed.error.issues.map(({ path, code }) => `${path.join('.') || '(whole)'} (${code})`).join(', ');
    throw new ConfigError(`secret ${arn} is not filled in as docs/deploy.md says: ${wrong}`);
  }
  return parsed.data;
}

async function secretText(arn: string): Promise<string> {
  const known = kept.get(arn);
  if (known !== undefined && known.until > Date.now()) {
    return known.text;
  }
  const text = await fetchSecret(arn);
  kept.set(arn, { text, until: Date.now() + KEPT_MS });
  return text;
}

async function fetchSecret(arn: string): Promise<string> {
  try {
    const { SecretString } = await secretsClient().send(new GetSecretValueCommand({ SecretId: arn }));
    return SecretString ?? '';
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (name === 'ResourceNotFoundException' || name.startsWith('AccessDenied')) {
      throw new ConfigError(`secret ${arn} cannot be read: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`Secrets Manager did not answer: ${name}`, { cause });
  }
}

function parse(arn: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which is secret.
    throw new ConfigError(`secret ${arn} is no JSON`);
  }
}
