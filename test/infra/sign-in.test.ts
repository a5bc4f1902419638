import { describe, expect, test } from 'vitest';
import type { Company } from '../../infra/config.ts';
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
      person: { by: 'verified-mail' },
    },
    groups,
    apiClients: [],
  },
});
const clients = [
  { name: 'example-oa', callbackUrls: ['https://oa.example.com/in', 'https://oa.example.com/in2'], isPublic: false },
  { name: 'phones', callbackUrls: ['http://127.0.0.1/in'], isPublic: true },
];
const own = synthesize({ ...exampleCompany, signIn: { domainPrefix: 'acme', groups, apiClients: clients } });
const { signIn: _without, ...companyWithout } = exampleCompany;
const none = synthesize(companyWithout);

const variablesOf = (template: Synthesized, path: string) => {
  const { Variables } = at(template, path, 'AWS::Lambda::Function').Properties.Environment as {
    readonly Variables: Readonly<Record<string, unknown>>;
  };
  return Variables;
};
const clientOf = (template: Synthesized, name: string) =>
  at(template, `SignIn/Users/${name}`, 'AWS::Cognito::UserPoolClient').Properties;
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
    '%s has a client for the pages: a code for our callback, and no scope by which people change their own groups',
    (_, template) => {
      const client = clientOf(template, 'Client');

      expect(client).toMatchObject({
        GenerateSecret: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email', 'profile'],
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
      });
      expect(JSON.stringify(client.CallbackURLs)).toMatch(/\/sign-in\/callback"/);
      expect(JSON.stringify(client.LogoutURLs)).toMatch(/\/signed-out"/);
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
      expect(clientOf(template, 'Client').SupportedIdentityProviders).toEqual([{ Ref: provider?.[0] }]);
      expect(ofType(template, 'AWS::Cognito::UserPoolGroup')).toEqual([]);
      expect(variablesOf(template, PAGE).SIGN_IN_GROUPS_CLAIM).toBe('custom:groups');
    }
  });

  test('of its own accounts has the groups that the company file names', () => {
    const names = propertiesOf(own, 'AWS::Cognito::UserPoolGroup').map(({ GroupName }) => GroupName);

    expect(names).toEqual(['admins', 'operators', 'auditors']);
    expect(clientOf(own, 'Client').SupportedIdentityProviders).toEqual(['COGNITO']);
    expect(variablesOf(own, PAGE)).toMatchObject({
      SIGN_IN_GROUPS_CLAIM: 'cognito:groups',
      SIGN_IN_OPERATORS: 'operators',
    });
  });
});

describe('who somebody is', () => {
  const issuer = 'https://login.example.com';
  const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:meridian-login-a1b2c3';
  type Person = NonNullable<NonNullable<Company['signIn']>['provider']>['person'];
  const identifying = (person: Person) =>
    synthesize({
      ...exampleCompany,
      signIn: {
        ...{ domainPrefix: 'acme', groups, apiClients: [] },
        provider: { kind: 'oidc', issuer, clientId: 'meridian', clientSecretArn: secretArn, scopes: [], person },
      },
    });

  test.each([
    ['their verified mail address, unless the company says otherwise', { by: 'verified-mail' }, 'email', {}],
    ['any mail address of a provider that gives them out itself', { by: 'mail' }, 'email', {}],
    [
      'the employee id of the claim that the company names',
      { by: 'employee-id', claim: 'employee_number' },
      'custom:employee_id',
      { 'custom:employee_id': 'employee_number' },
    ],
  ] as const)('is told by %s', (_, person, claim, mapped) => {
    const template = identifying(person);

    expect(propertiesOf(template, 'AWS::Cognito::UserPoolIdentityProvider')[0]?.AttributeMapping).toEqual({
      ...{ email: 'email', email_verified: 'email_verified' },
      ...mapped,
    });
    for (const path of [PAGE, 'Worklist/worklist-api/Function', 'Administration/administration-pages/Function']) {
      expect(variablesOf(template, path)).toMatchObject({ SIGN_IN_PERSON_BY: person.by, SIGN_IN_PERSON_CLAIM: claim });
    }
  });

  test('is kept in attributes that each client may read, or no token has them; in a pool of its own accounts none but the address is written', () => {
    expect(at(oidc, 'SignIn/Users/Pool', 'AWS::Cognito::UserPool').Properties.Schema).toMatchObject([
      { Name: 'email', Required: true },
      { Name: 'groups', Mutable: true },
      { Name: 'employee_id', Mutable: true },
    ]);
    for (const client of propertiesOf(own, 'AWS::Cognito::UserPoolClient')) {
      expect(client).toMatchObject({
        ReadAttributes: ['email', 'email_verified', 'name', 'custom:groups', 'custom:employee_id'],
        // Accounts of the pool's own: an administrator gives the groups, and nobody writes their own.
        WriteAttributes: ['email'],
      });
    }
  });

  test('is written only where the provider says it', () => {
    const written = (template: typeof own) =>
      propertiesOf(template, 'AWS::Cognito::UserPoolClient').map(({ WriteAttributes }) => WriteAttributes);
    const byMail = identifying({ by: 'verified-mail' });
    const byId = identifying({ by: 'employee-id', claim: 'employee_number' });

    expect(written(oidc)).toEqual(written(oidc).map(() => ['email', 'custom:groups']));
    expect(new Set(written(byMail).flat())).toEqual(new Set(['email']));
    expect(new Set(written(byId).flat())).toContain('custom:employee_id');
  });
});

describe('a client of the API', () => {
  const [confidential, open] = ['ApiClient-example-oa', 'ApiClient-phones'].map((name) => clientOf(own, name));

  test('gets a code for its own addresses, with the scopes and accounts of the pages, and nothing else', () => {
    const pages = clientOf(own, 'Client');
    const alike = ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'SupportedIdentityProviders', 'ExplicitAuthFlows'];

    for (const client of [confidential, open]) {
      expect(alike.map((name) => client?.[name])).toEqual(alike.map((name) => pages[name]));
      expect(client).toMatchObject({ AllowedOAuthFlowsUserPoolClient: true, PreventUserExistenceErrors: 'ENABLED' });
      expect(client).not.toHaveProperty('LogoutURLs');
    }
    expect([confidential?.CallbackURLs, open?.CallbackURLs]).toEqual(clients.map(({ callbackUrls }) => callbackUrls));
  });

  test('has tokens of an hour, refreshed for as long as a session lasts, which it can revoke', () => {
    expect(open).toMatchObject({
      ...{ IdTokenValidity: 60, AccessTokenValidity: 60, RefreshTokenValidity: 600, EnableTokenRevocation: true },
      TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  test('is named by the outputs, with the secret of the one that keeps one', () => {
    const client = (name: string) => idOf(own, `SignIn/Users/${name}`, 'AWS::Cognito::UserPoolClient');

    expect([confidential?.GenerateSecret, open?.GenerateSecret]).toEqual([true, false]);
    expect(own.outputs).toMatchObject({
      ApiClientExampleOaId: { Value: { Ref: client('ApiClient-example-oa') } },
      ApiClientExampleOaSecretArn: {
        Value: { Ref: idOf(own, 'SignIn/ApiClient-example-oa', 'AWS::SecretsManager::Secret') },
      },
      ApiClientPhonesId: { Value: { Ref: client('ApiClient-phones') } },
    });
    expect(own.outputs).not.toHaveProperty('ApiClientPhonesSecretArn');
  });

  test('is an audience of the API, beside the pages', () => {
    const [authorizer] = propertiesOf(own, 'AWS::ApiGatewayV2::Authorizer');

    expect(authorizer?.JwtConfiguration).toMatchObject({
      Audience: ['Client', 'ApiClient-example-oa', 'ApiClient-phones'].map((name) => ({
        Ref: idOf(own, `SignIn/Users/${name}`, 'AWS::Cognito::UserPoolClient'),
      })),
    });
  });

  test('is known by its name to the provider beside the local cloud', () => {
    const signIn = { domainPrefix: 'acme', groups, apiClients: clients };
    const local = synthesize(
      { ...exampleCompany, signIn },
      { sfnEndpoint: 'http://127.0.0.1:4599', signIn: { issuer: 'http://127.0.0.1:4597', clientId: 'pages' } },
    );

    expect(propertiesOf(local, 'AWS::ApiGatewayV2::Authorizer')[0]?.JwtConfiguration).toMatchObject({
      Audience: ['pages', 'example-oa', 'phones'],
    });
    expect(local.outputs).toMatchObject({
      ApiClientExampleOaId: { Value: 'example-oa' },
      ApiClientExampleOaSecretArn: {},
      ApiClientPhonesId: { Value: 'phones' },
    });
  });
});

describe('the secret of a client', () => {
  test.each(['Client', 'ApiClient-example-oa'])(
    '%s goes from the pool into a secret, and nowhere else in the template',
    (name) => {
      const client = idOf(oidc, `SignIn/Users/${name}`, 'AWS::Cognito::UserPoolClient');
      const places = Object.entries(oidc.resources).filter(([, resource]) =>
        JSON.stringify(resource).includes(JSON.stringify([client, 'ClientSecret'])),
      );

      expect(places.map(([, { Type }]) => Type)).toEqual(['AWS::SecretsManager::Secret']);
      expect(JSON.stringify(oidc.outputs)).not.toContain('ClientSecret');
    },
  );
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
