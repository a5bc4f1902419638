/** Tokens of an account, got as an OA gets them: by the code flow with PKCE, through a client of the OA's own. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { clientOptions } from '../../local/cloud/aws.ts';
import { type LocalCloud, output } from '../../local/cloud/start.ts';
import { beginOaSignIn, finishOaSignIn, type OaClient, type OaTokens } from '../../local/demo/oa-sign-in.ts';
import { SignInBrowser } from '../../local/identity/sign-in-browser.ts';

/** As the company file of the demonstration has it. */
const REDIRECT_URI = 'http://127.0.0.1:4800/oa/signed-in';

const secretSchema = z.object({ clientSecret: z.string() });

/** @param account - id of an account of the demonstration's provider */
export async function idTokenOf({ endpoint, identityUrl, outputs }: LocalCloud, account: string): Promise<string> {
  const { SecretString = '' } = await new SecretsManagerClient(clientOptions(endpoint)).send(
    new GetSecretValueCommand({ SecretId: output(outputs, 'ApiClientDemoOaSecretArn') }),
  );
  const { clientSecret } = secretSchema.parse(JSON.parse(SecretString));
  const clientId = output(outputs, 'ApiClientDemoOaId');
  const client = { issuer: identityUrl, clientId, clientSecret, redirectUri: REDIRECT_URI };
  return (await tokensOf(client, account)).idToken;
}

/** Nothing need listen where the browser is sent back to. */
export async function tokensOf(client: OaClient, account: string): Promise<OaTokens> {
  const attempt = await beginOaSignIn(client);
  const back = await new SignInBrowser().signIn(attempt.url, { id: account }, ({ href }) =>
    href.startsWith(client.redirectUri),
  );
  return finishOaSignIn(client, back.url.searchParams, attempt);
}
