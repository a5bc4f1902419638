/** What programs need to talk to the local cloud as if it were AWS. */

export const REGION = 'eu-central-1';

/** MiniStack's account for any credentials that are not twelve digits. */
export const ACCOUNT_ID = '000000000000';

/** Not a secret: the local cloud takes any credentials. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Environment of a program that uses the local cloud at `endpoint`, and no profile or settings of the machine's owner. */
export function awsEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** Configuration of an SDK client for the local cloud at `endpoint`. */
export function clientOptions(endpoint: string): {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
} {
  return { endpoint, region: REGION, credentials: CREDENTIALS };
}
