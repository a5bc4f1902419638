import { describe, expect, test } from 'vitest';
import { at, exampleCompany, idOf, ofType, readable, type Synthesized, synthesize } from './synthesize.ts';

const PAGE = 'SignIn/sign-in-page/Function';
const groups = { administrators: 'admins', operators: 'operators', auditors: 'auditors' };
const oidc = synthesize();
const saml = synthesize({
  ...exampleCompany,
  signIn: {
    domainPrefix: 'acme',
    provider: {
      kind: 'saml',
      metadataUrl: 'https://login.example.com/metadata',
      mail: 'mail',
      mailVerified: 'managed',
      groups: 'member',
    },
    groups,
  },
});
const own = synthesize({ ...exampleCompany, signIn: { domainPrefix: 'acme', groups } });
const { signIn: _without, ...companyWithout } = exampleCompany;
const none = synthesize(companyWithout);

const variablesOf = (template: Synthesized, path: string) => {
  const { Variables } = at(template, path, 'AWS::Lambda::Function').Properties.Environment as {
    readonly Variables: Readonly<Record<string, unknown>>;
  };
  return Variables;
};
const propertiesOf = (template: Synthesized, type: string) =>
  ofType(template, type).map(([, { Properties }]) => Properties);

describe('the user pool', () => {
  test('lets nobody register, asks for a second factor, and stays when the stack is deleted', () => {
    const pool = at(oidc, 'SignIn/Users/Pool', 'AWS::Cognito::UserPool');

    expect(pool.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    });
    expect(pool.DeletionPolicy).toMatch(/^Retain/);
  });

  test.each([
    ['federated', oidc],
    ['of its own accounts', own],
  ])(
    '%s has one client: a code for our callback, and no scope by which people change their own groups',
    (_, template) => {
      const [client, ...others] = propertiesOf(template, 'AWS::Cognito::UserPoolClient');

      expect(others).toEqual([]);
      expect(client).toMatchObject({
        GenerateSecret: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email', 'profile'],
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
      });
      expect(JSON.stringify(client?.CallbackURLs)).toMatch(/\/sign-in\/callback"/);
      expect(JSON.stringify(client?.LogoutURLs)).toMatch(/\/signed-out"/);
    },
  );

  test('that is federated takes nobody else in, has no groups of its own, and reads those of the provider', () => {
    expect(propertiesOf(oidc, 'AWS::Cognito::UserPoolIdentityProvider')).toMatchObject([
      {
        ProviderType: 'OIDC',
        ProviderDetails: {
          oidc_issuer: 'https://login.example.com',
          client_id: 'meridian',
          client_secret: expect.stringMatching(
            /^\{\{resolve:secretsmanager:arn:aws:.*:SecretString:clientSecret::\}\}$/,
          ),
          authorize_scopes: 'openid email profile groups',
        },
        AttributeMapping: { email: 'email', email_verified: 'email_verified', 'custom:groups': 'groups' },
      },
    ]);
    expect(propertiesOf(saml, 'AWS::Cognito::UserPoolIdentityProvider')).toMatchObject([
      {
        ProviderType: 'SAML',
        ProviderDetails: { MetadataURL: 'https://login.example.com/metadata' },
        AttributeMapping: { email: 'mail', email_verified: 'managed', 'custom:groups': 'member' },
      },
    ]);
    for (const template of [oidc, saml]) {
      const [provider] = ofType(template, 'AWS::Cognito::UserPoolIdentityProvider');
      expect(propertiesOf(template, 'AWS::Cognito::UserPoolClient')[0]?.SupportedIdentityProviders).toEqual([
        { Ref: provider?.[0] },
      ]);
      expect(ofType(template, 'AWS::Cognito::UserPoolGroup')).toEqual([]);
      expect(variablesOf(template, PAGE).SIGN_IN_GROUPS_CLAIM).toBe('custom:groups');
    }
  });

  test('of its own accounts has the groups that the company file names', () => {
    const names = propertiesOf(own, 'AWS::Cognito::UserPoolGroup').map(({ GroupName }) => GroupName);

    expect(names).toEqual(['admins', 'operators', 'auditors']);
    expect(propertiesOf(own, 'AWS::Cognito::UserPoolClient')[0]?.SupportedIdentityProviders).toEqual(['COGNITO']);
    expect(variablesOf(own, PAGE)).toMatchObject({
      SIGN_IN_GROUPS_CLAIM: 'cognito:groups',
      SIGN_IN_OPERATORS: 'operators',
    });
  });
});

describe('the secret of the client', () => {
  test('goes from the pool into a secret, and nowhere else in the template', () => {
    const client = idOf(oidc, 'SignIn/Users/Client', 'AWS::Cognito::UserPoolClient');
    const places = Object.entries(oidc.resources).filter(([, resource]) =>
      JSON.stringify(resource).includes(JSON.stringify([client, 'ClientSecret'])),
    );

    expect(places.map(([, { Type }]) => Type)).toEqual(['AWS::SecretsManager::Secret']);
    expect(JSON.stringify(oidc.outputs)).not.toContain('ClientSecret');
  });
});

describe('the page of sign-in', () => {
  test('trusts the pool, and signs out there', () => {
    const variables = variablesOf(oidc, PAGE);

    expect(variables.SIGN_IN_ISSUER).toEqual({
      'Fn::GetAtt': [idOf(oidc, 'SignIn/Users/Pool', 'AWS::Cognito::UserPool'), 'ProviderURL'],
    });
    expect(readable(oidc, variables.SIGN_IN_SIGN_OUT_URL)).toMatch(/\/logout\?client_id=.*&logout_uri=.*\/signed-out$/);
  });
});

describe('a company without sign-in', () => {
  test('has neither a pool nor its pages, and the decision page knows', () => {
    const types = new Set(Object.values(none.resources).map(({ Type }) => Type));

    expect([...types].filter((type) => type.startsWith('AWS::Cognito'))).toEqual([]);
    expect(ofType(none, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName)).not.toContain(
      'meridian-sign-in-page',
    );
    expect(variablesOf(none, 'Pages/decision-page/Function').SIGN_IN).toBe('none');
    expect(variablesOf(oidc, 'Pages/decision-page/Function').SIGN_IN).toBe('openid');
  });
});
