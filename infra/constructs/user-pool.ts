import { Duration, SecretValue } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type AttributeMapping,
  CfnUserPoolClient,
  CfnUserPoolGroup,
  Mfa,
  ProviderAttribute,
  StringAttribute,
  UserPool,
  type UserPoolDomain,
  UserPoolIdentityProviderOidc,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Company } from '../config.ts';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

type SignInChoices = NonNullable<Company['signIn']>;

interface CompanyUserPoolProps {
  readonly setting: Setting;
  readonly signIn: SignInChoices;
  /** Where the browser comes back to, signed in and signed out. */
  readonly callbackUrl: string;
  readonly signedOutUrl: string;
}

/** Claim of the pool's own groups, and of the attribute that keeps those of a federated provider. */
export const COGNITO_GROUPS = 'cognito:groups';
const FEDERATED_GROUPS = 'custom:groups';
/** Claim of the attribute that keeps the employee id, where the company file says that a federated provider sends it. */
export const EMPLOYEE_ID_CLAIM = 'custom:employee_id';
const PROVIDER_NAME = 'company';
const PASSWORD_LENGTH = 14;
/** Unless a client names them it reads and writes standard attributes only, and no token of it has the others. */
const READ_ATTRIBUTES = ['email', 'email_verified', 'name', FEDERATED_GROUPS, EMPLOYEE_ID_CLAIM];
const HOUR_MINUTES = 60;
/** As long as a session of the pages lasts. */
const REFRESH_MINUTES = 10 * HOUR_MINUTES;

/** A program that gets tokens of its own for the API. */
interface PoolClient {
  readonly name: string;
  readonly clientId: string;
  /** A reference of CloudFormation; absent: it keeps none. */
  readonly clientSecret?: string;
}

/**
 * The company's accounts in Amazon Cognito: its own, made by an administrator, with a second factor; or, where the company
 * file names a provider, only those of that provider. Its clients are the pages and those of the API: authorization code
 * and nothing else.
 */
export class CompanyUserPool extends Construct {
  readonly issuer: string;
  readonly clientId: string;
  /** A reference of CloudFormation, which must not get into a variable or an output. */
  readonly clientSecret: string;
  readonly groupsClaim: string;
  /** Where Cognito forgets its own session. */
  readonly signOutUrl: string;
  /** What the company's provider must know as the address that it sends people back to. */
  readonly redirectUrl: string;
  readonly apiClients: readonly PoolClient[];

  constructor(scope: Construct, id: string, { setting, signIn, callbackUrl, signedOutUrl }: CompanyUserPoolProps) {
    super(scope, id);
    const pool = this.#pool(setting);
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: signIn.domainPrefix } });
    const federated = this.#federate(pool, signIn.provider);
    const common = clientOf(pool, federated, signIn.provider);
    const client = new CfnUserPoolClient(this, 'Client', {
      ...common,
      clientName: `${setting.stackName}-pages`,
      generateSecret: true,
      callbackUrLs: [callbackUrl],
      logoutUrLs: [signedOutUrl],
    });
    this.apiClients = signIn.apiClients.map((one) => this.#apiClient(setting, common, one));
    if (federated === undefined) {
      this.#groups(pool, signIn.groups);
    }
    this.issuer = pool.userPoolProviderUrl;
    this.clientId = client.ref;
    this.clientSecret = client.attrClientSecret;
    this.groupsClaim = federated === undefined ? COGNITO_GROUPS : FEDERATED_GROUPS;
    this.signOutUrl = signOutUrlOf(domain, client.ref, signedOutUrl);
    this.redirectUrl = `${domain.baseUrl()}/${signIn.provider?.kind === 'saml' ? 'saml2' : 'oauth2'}/idpresponse`;
  }

  /** Of a token that gets into wrong hands an hour is left, and the client can revoke what it refreshes from. */
  #apiClient(
    { stackName }: Setting,
    common: ReturnType<typeof clientOf>,
    { name, callbackUrls, isPublic }: SignInChoices['apiClients'][number],
  ): PoolClient {
    const client = new CfnUserPoolClient(this, `ApiClient-${name}`, {
      ...common,
      clientName: `${stackName}-${name}`,
      generateSecret: !isPublic,
      callbackUrLs: [...callbackUrls],
      enableTokenRevocation: true,
      idTokenValidity: HOUR_MINUTES,
      accessTokenValidity: HOUR_MINUTES,
      refreshTokenValidity: REFRESH_MINUTES,
      tokenValidityUnits: { idToken: 'minutes', accessToken: 'minutes', refreshToken: 'minutes' },
    });
    return { name, clientId: client.ref, ...(isPublic ? {} : { clientSecret: client.attrClientSecret }) };
  }

  #pool({ stackName, removalPolicy, isProtected }: Setting): UserPool {
    const pool = new UserPool(this, 'Pool', {
      userPoolName: stackName,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // Both are always there: a pool never gives an attribute up again.
      customAttributes: {
        groups: new StringAttribute({ mutable: true, maxLen: 2048 }),
        employee_id: new StringAttribute({ mutable: true, maxLen: 64 }),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: PASSWORD_LENGTH,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      removalPolicy,
      deletionProtection: isProtected,
    });
    acknowledge(pool, 'AwsSolutions-COG8');
    return pool;
  }

  /** @returns the provider's name in the pool; undefined: the pool's own accounts */
  #federate(userPool: UserPool, provider: SignInChoices['provider']): string | undefined {
    switch (provider?.kind) {
      case undefined:
        return undefined;
      case 'oidc':
        return new UserPoolIdentityProviderOidc(this, 'Oidc', {
          userPool,
          name: PROVIDER_NAME,
          issuerUrl: provider.issuer,
          clientId: provider.clientId,
          clientSecret: SecretValue.secretsManager(provider.clientSecretArn, {
            jsonField: 'clientSecret',
          }).unsafeUnwrap(),
          scopes: ['openid', 'email', 'profile', ...provider.scopes],
          attributeMapping: mappingOf({ ...provider, mail: 'email', mailVerified: 'email_verified' }),
        }).providerName;
      case 'saml':
        return new UserPoolIdentityProviderSaml(this, 'Saml', {
          userPool,
          name: PROVIDER_NAME,
          metadata: UserPoolIdentityProviderSamlMetadata.url(provider.metadataUrl),
          attributeMapping: mappingOf(provider),
        }).providerName;
    }
  }

  #groups(pool: UserPool, groups: SignInChoices['groups']): void {
    for (const [role, groupName] of Object.entries(groups)) {
      new CfnUserPoolGroup(this, role, { userPoolId: pool.userPoolId, groupName });
    }
  }
}

/** What all clients have alike. */
function clientOf(pool: UserPool, federated: string | undefined, provider: SignInChoices['provider']) {
  return {
    userPoolId: pool.userPoolId,
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthFlows: ['code'],
    // Without `aws.cognito.signin.user.admin` nobody changes attributes of their own account, groups among them.
    allowedOAuthScopes: ['openid', 'email', 'profile'],
    supportedIdentityProviders: [federated ?? 'COGNITO'],
    preventUserExistenceErrors: 'ENABLED',
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    readAttributes: READ_ATTRIBUTES,
    writeAttributes: writtenAttributes(provider),
  };
}

/** What the provider's word is written to at each sign-in, by way of the client; nothing else of an account is a client's to write. */
function writtenAttributes(provider: SignInChoices['provider']): string[] {
  return [
    'email',
    ...(provider?.groups === undefined ? [] : [FEDERATED_GROUPS]),
    ...(provider?.person.by === 'employee-id' ? [EMPLOYEE_ID_CLAIM] : []),
  ];
}

interface MappedNames {
  readonly mail: string;
  readonly mailVerified?: string | undefined;
  readonly groups?: string | undefined;
  readonly person: NonNullable<SignInChoices['provider']>['person'];
}

/** The pool asks for a mail address of each account, also where it is not what says who somebody is. */
function mappingOf({ mail, mailVerified, groups, person }: MappedNames): AttributeMapping {
  const custom = {
    ...(groups === undefined ? {} : { [FEDERATED_GROUPS]: ProviderAttribute.other(groups) }),
    ...(person.by === 'employee-id' ? { [EMPLOYEE_ID_CLAIM]: ProviderAttribute.other(person.claim) } : {}),
  };
  return {
    email: ProviderAttribute.other(mail),
    ...(mailVerified === undefined ? {} : { emailVerified: ProviderAttribute.other(mailVerified) }),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
  };
}

function signOutUrlOf(domain: UserPoolDomain, clientId: string, signedOutUrl: string): string {
  return `${domain.baseUrl()}/logout?client_id=${clientId}&logout_uri=${signedOutUrl}`;
}
