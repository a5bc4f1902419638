/** `-c stage=local`: the same stack for the cloud on one machine. */
import * as z from 'zod';
import { CompanyConfigError } from './config.ts';
import type { LocalCloud } from './meridian-stack.ts';

const contextSchema = z.object({
  sfnEndpoint: z.url(),
  pagesUrl: z.url().optional(),
  oaCallbackUrl: z.url().optional(),
  signInIssuer: z.url().optional(),
  signInClientId: z.string().min(1).optional(),
});

/**
 * @param context - reads a value given with `-c <key>=<value>`
 * @returns undefined for AWS
 * @throws CompanyConfigError naming what is missing or wrong
 */
export function readLocalCloud(context: (key: string) => unknown): LocalCloud | undefined {
  const stage = context('stage');
  if (stage === undefined) {
    return undefined;
  }
  if (stage !== 'local') {
    throw new CompanyConfigError(`-c stage=${stage}: only "local" is known; prod and test stand in the company file`);
  }
  const keys = Object.keys(contextSchema.shape);
  const parsed = contextSchema.safeParse(Object.fromEntries(keys.map((key) => [key, context(key)])));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  -c ${path.join('.')}=<address>: ${message}`);
    throw new CompanyConfigError(['The local cloud needs:', ...problems].join('\n'));
  }
  const { sfnEndpoint, pagesUrl, oaCallbackUrl, signInIssuer: issuer, signInClientId: clientId } = parsed.data;
  return {
    sfnEndpoint,
    ...(pagesUrl === undefined ? {} : { pagesUrl }),
    ...(oaCallbackUrl === undefined ? {} : { oaCallbackUrl }),
    ...(issuer === undefined || clientId === undefined ? {} : { signIn: { issuer, clientId } }),
  };
}
