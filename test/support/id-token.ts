/** The ID token of an account, got as an OA would get it: by the code flow, with the client's secret. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { CALLBACK_PATH } from '../../functions/sign-in/port.ts';
import { clientOptions } from '../../local/cloud/aws.ts';
import { type LocalCloud, output } from '../../local/cloud/start.ts';
import { SignInBrowser } from '../../local/identity/sign-in-browser.ts';

const secretSchema = z.object({ clientSecret: z.string() });
const attemptSchema = z.object({ verifier: z.string() });
const tokensSchema = z.object({ id_token: z.string() });

export async function idTokenOf(cloud: LocalCloud, account: string): Promise<string> {
  const { pagesUrl, identityUrl, endpoint, outputs } = cloud;
  const browser = new SignInBrowser();
  const start = `${pagesUrl}/sign-in?to=/me`;
  const location = new URL((await browser.ask(start)).headers.get('location') ?? '');
  const back = await browser.signIn(start, { id: account }, ({ pathname }) => pathname === CALLBACK_PATH);
  const cookie = browser.cookies.get(pagesUrl)?.get('__Host-meridian-sign-in') ?? '';
  const { verifier } = attemptSchema.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  const { SecretString = '' } = await new SecretsManagerClient(clientOptions(endpoint)).send(
    new GetSecretValueCommand({ SecretId: output(outputs, 'SignInSecretArn') }),
  );
  const { clientSecret } = secretSchema.parse(JSON.parse(SecretString));
  const client = `${location.searchParams.get('client_id')}:${clientSecret}`;
  const response = await fetch(`${identityUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.url.searchParams.get('code') ?? '',
      redirect_uri: `${pagesUrl}${CALLBACK_PATH}`,
      code_verifier: verifier,
    }),
  });
  return tokensSchema.parse(await response.json()).id_token;
}
