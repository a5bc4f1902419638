import { SecretValue } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { tokenEnvironment } from '../../functions/runtime/environment.ts';
import type { environment as signInPage } from '../../functions/sign-in/sign-in-page.env.ts';
import type { Company } from '../config.ts';
import { acknowledge } from '../nag-reasons.ts';
import { SIGN_IN_THROTTLE } from './approvals-http-api.ts';
import { outputName } from './output-name.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { COGNITO_GROUPS, CompanyUserPool, EMPLOYEE_ID_CLAIM } from './user-pool.ts';

/** As the pages have them; the provider must know both. */
const CALLBACK_PATH = '/sign-in/callback';
const SIGNED_OUT_PATH = '/signed-out';

/** A provider of OpenID Connect that runs beside the local cloud, in the place of Cognito. */
export interface LocalProvider {
  readonly issuer: string;
  readonly clientId: string;
}

interface SignInProps {
  readonly setting: Setting;
  readonly signIn: NonNullable<Company['signIn']>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  /** Absent: a user pool of Cognito. */
  readonly local: LocalProvider | undefined;
}

/** What the pages know of the provider, whichever it is. */
interface Provider extends LocalProvider {
  readonly secret: Secret;
  readonly outputs: SignIn['outputs'];
  readonly groupsClaim: string;
  readonly signOutUrl: string;
  readonly apiClients: readonly ApiClient[];
}

/** A program whose tokens the API takes. */
interface ApiClient {
  /** As the company file has it. */
  readonly name: string;
  readonly clientId: string;
  /** Absent: it keeps none. */
  readonly secret?: Secret;
}

/**
 * One sign-in for all pages and the API: the user pool, federated to the company's own provider where the company file
 * names one, and the pages `/sign-in`, `/sign-in/callback`, `/sign-out`, `/signed-out` and `/me`.
 */
export class SignIn extends Construct {
  readonly page: TaskFunction<typeof signInPage>;
  /** For routes of an API that takes tokens of the same provider. */
  readonly authorizer: HttpJwtAuthorizer;
  /** Who somebody is and what their groups mean, for functions that take tokens of the provider. */
  readonly tokens: z.input<typeof tokenEnvironment>;
  /** What the deployer must know, by the name of the output. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SignInProps) {
    super(scope, id);
    const { setting, signIn, tables, pages, local } = props;
    const provider = local === undefined ? this.#cognito(props) : this.#beside(props, local);
    const { issuer, clientId, secret, groupsClaim, signOutUrl, apiClients } = provider;
    this.outputs = { ...provider.outputs, ...Object.assign({}, ...apiClients.map(outputsOf)) };
    this.authorizer = new HttpJwtAuthorizer('SignedIn', issuer, {
      jwtAudience: [clientId, ...apiClients.map((client) => client.clientId)],
    });
    this.tokens = {
      SIGN_IN_PERSON_BY: signIn.provider?.person.by ?? 'verified-mail',
      SIGN_IN_PERSON_CLAIM: signIn.provider?.person.by === 'employee-id' ? EMPLOYEE_ID_CLAIM : 'email',
      SIGN_IN_GROUPS_CLAIM: groupsClaim,
      SIGN_IN_ADMINISTRATORS: signIn.groups.administrators,
      SIGN_IN_OPERATORS: signIn.groups.operators,
      SIGN_IN_AUDITORS: signIn.groups.auditors,
    };
    this.page = new TaskFunction<typeof signInPage>(this, 'sign-in-page', {
      setting,
      environment: {
        ...tables.environment,
        PAGES_URL: pages.url,
        SIGN_IN_ISSUER: issuer,
        SIGN_IN_CLIENT_ID: clientId,
        SIGN_IN_SECRET_ARN: secret.secretArn,
        SIGN_IN_SIGN_OUT_URL: signOutUrl,
        ...this.tokens,
      },
      timeoutSeconds: PAGE_SECONDS,
    });
    // Accounts that are nobody of ours are recorded, so many a minute.
    tables.allowChanges(this.page);
    tables.allowLists(this.page);
    tables.allowRemoving(this.page);
    this.page.allow(['secretsmanager:GetSecretValue'], secret.secretArn);
    for (const path of ['/sign-in', CALLBACK_PATH, SIGNED_OUT_PATH]) {
      pages.api.route(path, ['GET'], this.page, SIGN_IN_THROTTLE);
    }
    pages.api.route('/sign-out', ['POST'], this.page, SIGN_IN_THROTTLE);
    pages.api.route('/me', ['GET'], this.page);
  }

  #cognito({ setting, signIn, pages }: SignInProps): Provider {
    const pool = new CompanyUserPool(this, 'Users', {
      setting,
      signIn,
      callbackUrl: `${pages.url}${CALLBACK_PATH}`,
      signedOutUrl: `${pages.url}${SIGNED_OUT_PATH}`,
    });
    const secret = this.#secretOf('Client', setting, "the pages' client", pool.clientSecret);
    const apiClients = pool.apiClients.map(({ name, clientId, clientSecret }) => ({
      ...{ name, clientId },
      ...(clientSecret === undefined
        ? {}
        : { secret: this.#secretOf(`ApiClient-${name}`, setting, `the client ${name} of the API`, clientSecret) }),
    }));
    const { issuer, clientId, groupsClaim, signOutUrl } = pool;
    const outputs = { SignInIssuer: issuer, SignInClientId: clientId, SignInRedirectUrl: pool.redirectUrl };
    return { issuer, clientId, groupsClaim, signOutUrl, secret, apiClients, outputs };
  }

  #secretOf(id: string, { removalPolicy }: Setting, whose: string, clientSecret: string): Secret {
    const secret = new Secret(this, id, {
      description: `Secret of ${whose} in the user pool`,
      // A reference in the template: the value is not in it.
      secretObjectValue: { clientSecret: SecretValue.unsafePlainText(clientSecret) },
      removalPolicy,
    });
    acknowledge(secret, 'AwsSolutions-SMG4');
    return secret;
  }

  /** Its secrets are written after the deployment, by whoever started it; it knows the clients of the API by their names. */
  #beside({ setting, signIn }: SignInProps, { issuer, clientId }: LocalProvider): Provider {
    const secretOf = (id: string, whose: string) =>
      jsonSecret(this, id, {
        setting,
        description: `Secret of ${whose} at the provider beside the local cloud`,
        generated: 'clientSecret',
        toFill: [],
      });
    const secret = secretOf('Client', "the pages' client");
    const apiClients = signIn.apiClients.map(({ name, isPublic }) => ({
      ...{ name, clientId: name },
      ...(isPublic ? {} : { secret: secretOf(`ApiClient-${name}`, `the client ${name} of the API`) }),
    }));
    const outputs = { SignInSecretArn: secret.secretArn };
    return { issuer, clientId, secret, groupsClaim: COGNITO_GROUPS, signOutUrl: '', apiClients, outputs };
  }
}

function outputsOf({ name, clientId, secret }: ApiClient): SignIn['outputs'] {
  const client = outputName(`api-client-${name}`);
  return { [`${client}Id`]: clientId, ...(secret === undefined ? {} : { [`${client}SecretArn`]: secret.secretArn }) };
}
