import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../local/tools/openapi.ts';
import { permissionsOf } from './permissions.ts';
import { at, exampleCompany, idOf, ofType, pathOf, pathOfFunction, readable, synthesize } from './synthesize.ts';

const company = synthesize();
const { signIn: _without, ...companyWithout } = exampleCompany;
const none = synthesize(companyWithout);

const routes = ofType(company, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);

describe('the API', () => {
  test('is reached by every operation of its contract, and by no others', () => {
    const operations = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
      (['get', 'post', 'put', 'patch', 'delete'] as const)
        .filter((method) => item[method] !== undefined)
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const reached = routes.map(({ RouteKey }) => String(RouteKey)).filter((key) => key.includes('/api/'));

    expect(reached.toSorted()).toEqual(operations.toSorted());
  });

  test('asks for a token of the sign-in at each of its routes; pages, which have sessions, at none', () => {
    const guarded = routes.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE');
    const [authorizer, ...others] = ofType(company, 'AWS::ApiGatewayV2::Authorizer');

    expect(guarded.map(({ RouteKey }) => String(RouteKey)).every((key) => key.includes(' /api/'))).toBe(true);
    expect(guarded).toHaveLength(20);
    expect(others).toEqual([]);
    for (const { AuthorizationType, AuthorizerId } of guarded) {
      expect([AuthorizationType, AuthorizerId]).toEqual(['JWT', { Ref: authorizer?.[0] }]);
    }
    expect(authorizer?.[1].Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: ['Client', 'ApiClient-example-oa'].map((name) => ({
          Ref: idOf(company, `SignIn/Users/${name}`, 'AWS::Cognito::UserPoolClient'),
        })),
      },
    });
  });
});

describe('the functions that the API reaches', () => {
  const functionOf = (key: string) => {
    const [, route] =
      ofType(company, 'AWS::ApiGatewayV2::Route').find(([, { Properties }]) => Properties.RouteKey === key) ?? [];
    const [, integration] = readable(company, route?.Properties.Target).match(/integrations\/(.+)$/) ?? [];
    return integration;
  };

  test('are the one of tasks, and for what administrators do the one of their pages, which alone lists all processes', () => {
    expect(functionOf('GET /api/v1/people/{employeeId}/hand-over')).toBe(functionOf('GET /admin/people'));
    expect(functionOf('POST /api/v1/requests/{processId}/withdrawal')).toBe(functionOf('GET /api/v1/tasks'));
    const lists = (name: string) =>
      permissionsOf(company, idOf(company, `${pathOfFunction(company, name)}/Role`, 'AWS::IAM::Role')).get(
        'Tables/Work/index/by-time',
      );
    expect([lists('administration-pages'), lists('worklist-api')]).toEqual([['dynamodb:Query'], undefined]);
  });

  test.each(['administration-pages', 'worklist-api'])(
    'know who somebody is and what groups mean as sign-in does: %s',
    (name) => {
      const rulesOf = (one: string) => {
        const { Variables } = at(company, `${pathOfFunction(company, one)}/Function`, 'AWS::Lambda::Function')
          .Properties.Environment as { Variables: Record<string, unknown> };
        return Object.entries(Variables).filter(([variable]) =>
          /^SIGN_IN_(PERSON|GROUPS|ADMIN|OPERATORS|AUDITORS)/.test(variable),
        );
      };

      expect(rulesOf(name)).toHaveLength(6);
      expect(Object.fromEntries(rulesOf(name))).toEqual(Object.fromEntries(rulesOf('sign-in-page')));
    },
  );
});

describe('whoever stands in for somebody', () => {
  test.each(['my-pages', 'worklist-api', 'decision-page', 'keep-file'])(
    'takes a task over in %s: it may ask for whom they stand in, and take the task off the list of who is away',
    (name) => {
      const role = idOf(company, `${pathOfFunction(company, name)}/Role`, 'AWS::IAM::Role');

      expect(permissionsOf(company, role).get('Tables/Work')).toEqual(
        expect.arrayContaining(['dynamodb:Query', 'dynamodb:DeleteItem']),
      );
    },
  );
});

describe('the morning digest', () => {
  test('is looked for once an hour, since it is morning somewhere', () => {
    const [rule] = ofType(company, 'AWS::Events::Rule').filter(([id]) => pathOf(company, id).includes('send-digests'));

    expect(rule?.[1].Properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
  });
});

test('a company without sign-in has no pages, API or digest that lead to it', () => {
  const left = Object.keys(none.resources).filter((id) => /worklist/i.test(pathOf(none, id)));

  expect(left).toEqual([]);
  expect(ofType(none, 'AWS::ApiGatewayV2::Authorizer')).toEqual([]);
});
