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
const PROVIDER_NAME = 'company';
const PASSWORD_LENGTH = 14;

/**
 * The company's accounts in Amazon Cognito: its own, made by an administrator, with a second factor; or, where the company
 * file names a provider, only those of that provider. The pages are its one client: authorization code and nothing else.
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

  constructor(scope: Construct, id: string, { setting, signIn, callbackUrl, signedOutUrl }: CompanyUserPoolProps) {
    super(scope, id);
    const pool = this.#pool(setting);
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: signIn.domainPrefix } });
    const federated = this.#federate(pool, signIn.provider);
    const client = new CfnUserPoolClient(this, 'Client', {
      userPoolId: pool.userPoolId,
      clientName: `${setting.stackName}-pages`,
      generateSecret: true,
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: ['code'],
      // Without `aws.cognito.signin.user.admin` nobody changes attributes of their own account, groups among them.
      allowedOAuthScopes: ['openid', 'email', 'profile'],
      callbackUrLs: [callbackUrl],
      logoutUrLs: [signedOutUrl],
      supportedIdentityProviders: [federated ?? 'COGNITO'],
      preventUserExistenceErrors: 'ENABLED',
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    });
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

  #pool({ stackName, removalPolicy, isProtected }: Setting): UserPool {
    const pool = new UserPool(this, 'Pool', {
      userPoolName: stackName,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: { groups: new StringAttribute({ mutable: true, maxLen: 2048 }) },
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
          attributeMapping: mappingOf('email', 'email_verified', provider.groups),
        }).providerName;
      case 'saml':
        return new UserPoolIdentityProviderSaml(this, 'Saml', {
          userPool,
          name: PROVIDER_NAME,
          metadata: UserPoolIdentityProviderSamlMetadata.url(provider.metadataUrl),
          attributeMapping: mappingOf(provider.mail, provider.mailVerified, provider.groups),
        }).providerName;
    }
  }

  #groups(pool: UserPool, groups: SignInChoices['groups']): void {
    for (const [role, groupName] of Object.entries(groups)) {
      new CfnUserPoolGroup(this, role, { userPoolId: pool.userPoolId, groupName });
    }
  }
}

function mappingOf(mail: string, mailVerified: string, groups: string | undefined): AttributeMapping {
  return {
    email: ProviderAttribute.other(mail),
    emailVerified: ProviderAttribute.other(mailVerified),
    ...(groups === undefined ? {} : { custom: { [FEDERATED_GROUPS]: ProviderAttribute.other(groups) } }),
  };
}

function signOutUrlOf(domain: UserPoolDomain, clientId: string, signedOutUrl: string): string {
  return `${domain.baseUrl()}/logout?client_id=${clientId}&logout_uri=${signedOutUrl}`;
}
