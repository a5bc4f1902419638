import { describe, expect, test } from 'vitest';
import { readLocalCloud } from '../../infra/local-cloud.ts';
import { exampleCompany, ofType, pathOf, type Synthesized, synthesize } from './synthesize.ts';

const company = { ...exampleCompany, stage: 'test' } as const;
const aws = synthesize(company);
const local = synthesize(company, {
  sfnEndpoint: 'http://127.0.0.1:4599',
  pagesUrl: 'http://127.0.0.1:4598',
  signIn: { issuer: 'http://127.0.0.1:4597', clientId: 'pages' },
});

/** What one template has and the other has not, or has otherwise. */
function differences(one: Synthesized, other: Synthesized): readonly string[] {
  const paths = new Set([...Object.keys(one.resources), ...Object.keys(other.resources)]);
  return [...paths]
    .flatMap((id) => {
      const [before, after] = [one.resources[id], other.resources[id]];
      if (before === undefined || after === undefined) {
        const { Type } = before ?? after ?? { Type: '' };
        return [
          `${before === undefined ? 'added' : 'left out'}: ${Type} ${pathOf(before === undefined ? other : one, id)}`,
        ];
      }
      return propertyDifferences(before.Properties, after.Properties).map((path) => `${before.Type}: ${path}`);
    })
    .filter((line, index, lines) => lines.indexOf(line) === index)
    .sort();
}

function propertyDifferences(before: unknown, after: unknown, path = ''): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  if (!isObject(before) || !isObject(after)) {
    return [path];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    propertyDifferences(before[name], after[name], path === '' ? name : `${path}.${name}`),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('the stack for the local cloud', () => {
  test('is the one for AWS but for an archive, the user pool, versions of machines, saved queries, the window of one queue, the addresses and the DNS records', () => {
    const resources = differences(aws, local);
    const outputs = Object.keys(aws.outputs).filter((name) => !Object.keys(local.outputs).includes(name));

    console.log(
      ['what the local stage changes:', ...resources, ...outputs.map((name) => `output ${name}`)].join('\n  '),
    );
    expect(resources).toEqual([
      'AWS::ApiGatewayV2::Authorizer: JwtConfiguration.Audience',
      'AWS::ApiGatewayV2::Authorizer: JwtConfiguration.Issuer',
      // What nested stacks are given of it, and so their templates.
      'AWS::CloudFormation::Stack: Parameters.referencetomeridianPagesHttpApi9CF22235ApiEndpoint',
      'AWS::CloudFormation::Stack: TemplateURL.Fn::Join',
      'AWS::Lambda::EventSourceMapping: MaximumBatchingWindowInSeconds',
      'AWS::Lambda::Function: Environment.Variables.AWS_ENDPOINT_URL_SFN',
      // The alias of new processes is made there after the deployment.
      'AWS::Lambda::Function: Environment.Variables.ENGINEERING_CHANGE_ARN.Fn::GetAtt',
      'AWS::Lambda::Function: Environment.Variables.ENGINEERING_CHANGE_ARN.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.EXPENSE_TO_POSTING_ARN.Fn::GetAtt',
      'AWS::Lambda::Function: Environment.Variables.EXPENSE_TO_POSTING_ARN.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.LEAVE_REQUEST_ARN.Fn::GetAtt',
      'AWS::Lambda::Function: Environment.Variables.LEAVE_REQUEST_ARN.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.OFFICE_REQUEST_ARN.Fn::GetAtt',
      'AWS::Lambda::Function: Environment.Variables.OFFICE_REQUEST_ARN.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.PAGES_URL',
      'AWS::Lambda::Function: Environment.Variables.PROCURE_TO_PAY_ARN.Fn::GetAtt',
      'AWS::Lambda::Function: Environment.Variables.PROCURE_TO_PAY_ARN.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.SIGN_IN_CLIENT_ID',
      'AWS::Lambda::Function: Environment.Variables.SIGN_IN_GROUPS_CLAIM',
      'AWS::Lambda::Function: Environment.Variables.SIGN_IN_ISSUER',
      'AWS::Lambda::Function: Environment.Variables.SIGN_IN_SIGN_OUT_URL',
      'AWS::SecretsManager::Secret: Description',
      'AWS::SecretsManager::Secret: GenerateSecretString',
      'AWS::SecretsManager::Secret: SecretString',
      'left out: AWS::Athena::NamedQuery Insight/Query-approver-load',
      'left out: AWS::Athena::NamedQuery Insight/Query-cycle-times',
      'left out: AWS::Athena::NamedQuery Insight/Query-failures',
      'left out: AWS::Athena::NamedQuery Insight/Query-in-turn',
      'left out: AWS::Athena::NamedQuery Insight/Query-level-answers',
      'left out: AWS::Athena::NamedQuery Insight/Query-level-waits',
      'left out: AWS::Athena::NamedQuery Insight/Query-rework',
      'left out: AWS::Athena::NamedQuery Insight/Query-waits',
      'left out: AWS::Cognito::UserPool SignIn/Users/Pool',
      'left out: AWS::Cognito::UserPoolClient SignIn/Users/ApiClient-example-oa',
      'left out: AWS::Cognito::UserPoolClient SignIn/Users/Client',
      'left out: AWS::Cognito::UserPoolDomain SignIn/Users/Pool/Domain',
      'left out: AWS::Cognito::UserPoolIdentityProvider SignIn/Users/Oidc',
      'left out: AWS::Events::Archive Events/Bus/Archive/Archive',
      'left out: AWS::StepFunctions::StateMachineAlias Engineering/engineering-change/Current',
      'left out: AWS::StepFunctions::StateMachineAlias Expenses/expense-to-posting/Current',
      'left out: AWS::StepFunctions::StateMachineAlias Leave/leave-request/Current',
      'left out: AWS::StepFunctions::StateMachineAlias Office/office-request/Current',
      'left out: AWS::StepFunctions::StateMachineAlias Payroll/payroll-run/Current',
      'left out: AWS::StepFunctions::StateMachineAlias Purchase/procure-to-pay/Current',
      'left out: AWS::StepFunctions::StateMachineVersion Engineering/engineering-change/Version',
      'left out: AWS::StepFunctions::StateMachineVersion Expenses/expense-to-posting/Version',
      'left out: AWS::StepFunctions::StateMachineVersion Leave/leave-request/Version',
      'left out: AWS::StepFunctions::StateMachineVersion Office/office-request/Version',
      'left out: AWS::StepFunctions::StateMachineVersion Payroll/payroll-run/Version',
      'left out: AWS::StepFunctions::StateMachineVersion Purchase/procure-to-pay/Version',
    ]);
    expect(outputs).toEqual([
      'SignInIssuer',
      'SignInClientId',
      'SignInRedirectUrl',
      'DnsRecord1',
      'DnsRecord2',
      'DnsRecord3',
    ]);
  });

  test('gives every function the local engine', () => {
    const functions = ofType(local, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);

    expect(functions).toEqual(
      functions.map(() =>
        expect.objectContaining({
          Environment: { Variables: expect.objectContaining({ AWS_ENDPOINT_URL_SFN: 'http://127.0.0.1:4599' }) },
        }),
      ),
    );
  });

  test('needs the address of the local engine', () => {
    expect(() => readLocalCloud((key) => ({ stage: 'local', pagesUrl: 'nowhere' })[key])).toThrow(
      /-c sfnEndpoint=<address>.*\n.*-c pagesUrl=<address>/,
    );
  });

  test('is no stage of a company', () => {
    expect(() => readLocalCloud((key) => ({ stage: 'prod' })[key])).toThrow('only "local" is known');
    expect(readLocalCloud(() => undefined)).toBeUndefined();
  });
});

describe('a stack for tests', () => {
  test('keeps nothing when it is deleted', () => {
    const kept = Object.values(aws.resources).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));

    expect(kept.map(({ Type }) => Type)).toEqual([]);
    expect(aws.terminationProtection).toBe(false);
  });
});

describe('a company without an ERP', () => {
  const template = synthesize({
    ...company,
    erp: { kind: 'none', billProposals: false, principals: [], legalEntities: [] },
  });

  test('deploys all functions, which say at run time what is missing', () => {
    const kinds = ofType(template, 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      return Variables.ERP_KIND === undefined ? [] : [[Variables.ERP_KIND, Variables.ERP_SECRET_ARN]];
    });

    expect(kinds.length).toBeGreaterThan(5);
    expect(new Set(kinds.map(([kind, secret]) => `${kind},${secret}`))).toEqual(new Set(['none,']));
    expect(Object.keys(template.outputs)).not.toContain('ErpCredentialsArn');
  });

  test('is not asked for changes of an ERP every minute, and no alarm watches that', () => {
    const ofPoller = (type: string) =>
      ofType(template, type).filter(
        ([id, { Properties }]) =>
          pathOf(template, id).includes('poll-erp') || /PollErp|pollerp/.test(JSON.stringify(Properties)),
      );

    expect(ofPoller('AWS::Lambda::Function')).toHaveLength(1);
    expect([...ofPoller('AWS::Events::Rule'), ...ofPoller('AWS::CloudWatch::Alarm')]).toEqual([]);
  });
});

describe('a company with Odoo', () => {
  test('has the same stack as one with Tryton, but for the fields of the secret and the kind', () => {
    const template = synthesize({
      ...company,
      erp: { kind: 'odoo', billProposals: false, principals: [], legalEntities: [] },
    });

    expect(differences(aws, template)).toEqual([
      'AWS::CloudFormation::Stack: TemplateURL.Fn::Join',
      'AWS::Lambda::Function: Environment.Variables.BOOKED_LEGAL_ENTITIES',
      'AWS::Lambda::Function: Environment.Variables.ERP_KIND',
      'AWS::SecretsManager::Secret: Description',
      'AWS::SecretsManager::Secret: GenerateSecretString.GenerateStringKey',
      'AWS::SecretsManager::Secret: GenerateSecretString.SecretStringTemplate',
    ]);
    const [secret] = ofType(template, 'AWS::SecretsManager::Secret').filter(([, { Properties }]) =>
      String(Properties.Description).includes('ERP (odoo)'),
    );
    expect(secret?.[1].Properties.GenerateSecretString).toMatchObject({
      SecretStringTemplate: '{"url":"","database":""}',
      GenerateStringKey: 'apiKey',
    });
  });
});

describe('a company whose mail domain is an identity of SES already', () => {
  const template = synthesize({ ...company, mail: { ...company.mail, identity: 'existing' } });

  test('makes none and asks for no DNS records; all else is the same', () => {
    expect(differences(aws, template)).toEqual(['left out: AWS::SES::EmailIdentity Mail/Identity']);
    expect(Object.keys(aws.outputs).filter((name) => !Object.keys(template.outputs).includes(name))).toEqual([
      'DnsRecord1',
      'DnsRecord2',
      'DnsRecord3',
    ]);
  });
});

describe('a company without a callback', () => {
  test('deploys, and the OA is told nothing', () => {
    const template = synthesize({
      ...company,
      oa: { principals: company.oa.principals, accounts: [], webhooks: [], suites: [] },
    });
    const [teller] = ofType(template, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties.FunctionName === 'meridian-tell-oa',
    );

    expect(teller?.[1].Properties.Environment).toMatchObject({ Variables: { OA_CALLBACK_URL: '' } });
  });
});
