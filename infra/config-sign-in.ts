/** What a company's file says of signing in: who vouches for people, how one is found, and which programs may get tokens. */
import * as z from 'zod';
import { httpsUrl, name, secretArn } from './config-parts.ts';

/** What of the provider says which person of the directory somebody is. */
const personSchema = z
  .discriminatedUnion('by', [
    /** The mail address, where the provider says of each that it is verified. */
    z.strictObject({ by: z.literal('verified-mail') }),
    /** The mail address: the company's provider gives them out itself, and nobody else has an account there. */
    z.strictObject({ by: z.literal('mail') }),
    /** The employee id of the directory, in this claim, or attribute, of the provider. */
    z.strictObject({ by: z.literal('employee-id'), claim: name }),
  ])
  .default({ by: 'verified-mail' });

/** The company's own provider, which vouches for people to the user pool. */
const providerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('oidc'),
    /** Its discovery document lies below. */
    issuer: httpsUrl,
    clientId: name,
    /** A secret `{"clientSecret": "..."}` that is there before the deployment. */
    clientSecretArn: secretArn,
    /** Beyond `openid email profile`, such as the one that adds the groups. */
    scopes: z.array(name).default([]),
    /** Claim that lists the groups; without it nobody has a role. */
    groups: name.optional(),
    person: personSchema,
  }),
  z
    .strictObject({
      kind: z.literal('saml'),
      metadataUrl: httpsUrl,
      /** Attributes of its assertions: the mail address, `true` where it is verified, and the groups. */
      mail: name,
      mailVerified: name.optional(),
      groups: name.optional(),
      person: personSchema,
    })
    .refine(({ person, mailVerified }) => (mailVerified === undefined) === (person.by !== 'verified-mail'), {
      path: ['mailVerified'],
      error: ({ input }) =>
        Object.hasOwn(Object(input), 'mailVerified')
          ? 'must be absent unless person.by is "verified-mail"'
          : 'is missing: name the attribute, or say in person.by what else identifies people',
    }),
]);

/** Http is for programs on the person's own machine; those are also the addresses that Cognito takes. */
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const callbackUrl = z.url({ error: 'must be an address' }).refine(isCallback, {
  error: 'must be an https address without a fragment or credentials; http only of localhost, 127.0.0.1 or [::1]',
});

function isCallback(address: string): boolean {
  // What is no address has its own message.
  if (!URL.canParse(address)) {
    return true;
  }
  const { protocol, hostname, username, password } = new URL(address);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  return isSafe && !address.includes('#') && username === '' && password === '';
}

/** The client of the pages has this name. */
const PAGES = 'pages';

const apiClientSchema = z.strictObject({
  /** Part of the names of its outputs: each word begins with a letter, so that two clients never share one. */
  name: z
    .string()
    .max(32, 'must be at most 32 characters')
    .regex(/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/, 'must be lower-case words with hyphens between, such as "example-oa"')
    .refine((one) => one !== PAGES, `must not be "${PAGES}", which is Meridian's own client`),
  /** Where the provider sends the browser back to, with a code. */
  callbackUrls: z.array(callbackUrl).min(1, 'must name at least one address').max(100),
  /** Whether it keeps no secret, as what runs on a phone or a desk cannot: PKCE alone protects its codes. */
  isPublic: z.boolean().default(false),
});

/** Signing in, on pages and for the API. */
export const signInSchema = z.strictObject({
  /** First part of the address where people sign in; nobody else in the region may have it. */
  domainPrefix: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be 1 to 63 lower-case letters, digits or hyphens')
    .refine((prefix) => !/aws|amazon|cognito/.test(prefix), 'must not contain "aws", "amazon" or "cognito"'),
  /** Absent: accounts of the user pool itself. */
  provider: providerSchema.optional(),
  /** Groups of the provider that give the roles. */
  groups: z.strictObject({ administrators: name, operators: name, auditors: name }).default({
    administrators: 'meridian-administrators',
    operators: 'meridian-operators',
    auditors: 'meridian-auditors',
  }),
  /** Programs that call the API for people who sign in there, each with a client of its own (docs/api.md). */
  apiClients: z
    .array(apiClientSchema)
    .max(20)
    .default([])
    .superRefine((clients, context) => {
      for (const [index, client] of clients.entries()) {
        if (clients.findIndex((one) => one.name === client.name) < index) {
          const message = `must be the name of one client: "${client.name}" is taken`;
          context.addIssue({ code: 'custom', path: [index, 'name'], message });
        }
      }
    }),
});
