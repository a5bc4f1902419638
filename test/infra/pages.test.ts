import { describe, expect, test } from 'vitest';
import { allowed, at, ofType, readable, roleOfFunction, synthesize } from './synthesize.ts';

const prod = synthesize();

describe('pages', () => {
  test('of diagrams change nothing', () => {
    const actions = allowed(prod, roleOfFunction(prod, 'diagram-pages')).flatMap(({ Action, Resource }) =>
      Resource.some((one) => readable(prod, one).startsWith('Tables/')) ? Action : [],
    );

    expect(new Set(actions)).toEqual(new Set(['dynamodb:GetItem', 'dynamodb:Query']));
  });

  test('are reached by exactly these routes', () => {
    const routes = ofType(prod, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);

    expect(routes.sort()).toEqual([
      'GET /admin',
      'GET /admin/forms',
      'GET /admin/people',
      'GET /admin/people/{employeeId}',
      'GET /admin/people/{employeeId}/hand-over',
      'GET /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'GET /admin/policies',
      'GET /api/v1/absences',
      'GET /api/v1/copies',
      'GET /api/v1/decided',
      'GET /api/v1/people/{employeeId}/hand-over',
      'GET /api/v1/requests',
      'GET /api/v1/requests/{processId}/timeline',
      'GET /api/v1/tasks',
      'GET /api/v1/tasks/{processId}/{approvalId}',
      'GET /api/v1/tasks/{processId}/{approvalId}/files',
      'GET /api/v1/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /audit',
      'GET /audit/{processId}',
      'GET /compliance',
      'GET /compliance/{caseId}',
      'GET /d/{secret}',
      'GET /d/{secret}/attach',
      'GET /d/{secret}/files/{fileId}',
      'GET /me',
      'GET /me/absence',
      'GET /me/copies',
      'GET /me/decided',
      'GET /me/payslips',
      'GET /me/payslips/{period}',
      'GET /me/requests',
      'GET /me/requests/{processId}',
      'GET /me/requests/{processId}/files/{fileId}',
      'GET /me/tasks',
      'GET /me/tasks/{processId}/{approvalId}',
      'GET /me/tasks/{processId}/{approvalId}/attach',
      'GET /me/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /operations',
      'GET /operations/act',
      'GET /operations/letters/{queue}',
      'GET /operations/processes/{processId}',
      'GET /operations/versions',
      'GET /processes',
      'GET /processes/{machine}',
      'GET /processes/{machine}/bpmn',
      'GET /record/{processId}',
      'GET /sign-in',
      'GET /sign-in/callback',
      'GET /signed-out',
      'HEAD /d/{secret}',
      'HEAD /d/{secret}/attach',
      'HEAD /d/{secret}/files/{fileId}',
      'HEAD /record/{processId}',
      'POST /admin/forms',
      'POST /admin/people/{employeeId}/hand-over',
      'POST /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'POST /api/v1/absences',
      'POST /api/v1/absences/{absenceId}/end',
      'POST /api/v1/people/{employeeId}/hand-over',
      'POST /api/v1/receipt-files',
      'POST /api/v1/requests/{processId}/early-return',
      'POST /api/v1/requests/{processId}/resubmission',
      'POST /api/v1/requests/{processId}/urge',
      'POST /api/v1/requests/{processId}/withdrawal',
      'POST /api/v1/tasks/{processId}/{approvalId}/actions',
      'POST /api/v1/tasks/{processId}/{approvalId}/files',
      'POST /compliance/{caseId}',
      'POST /d/{secret}',
      'POST /events/{system}',
      'POST /me/absence',
      'POST /me/payslips/{period}',
      'POST /me/requests',
      'POST /me/tasks/{processId}/{approvalId}',
      'POST /operations/act',
      'POST /operations/letters/{queue}',
      'POST /sign-out',
    ]);
  });

  test('are throttled, and their log has no path and no query, which are capabilities', () => {
    const { AccessLogSettings, DefaultRouteSettings } = at(
      prod,
      'Pages/Http/Stage',
      'AWS::ApiGatewayV2::Stage',
    ).Properties;
    const { Format } = AccessLogSettings as { Format: string };

    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/\$context\.(path|httpMethod.*path|requestOverride|domainName|customDomain)/);
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
  });

  test('that anybody can call have throttles of their own: a flood of them takes nothing from who has signed in', () => {
    const stage = at(prod, 'Pages/Http/Stage', 'AWS::ApiGatewayV2::Stage');
    const routes = ofType(prod, 'AWS::ApiGatewayV2::Route');
    const settings = Object.fromEntries(
      routes
        .map(([, { Properties }]) => String(Properties.RouteKey))
        .flatMap((key) => {
          const limits = limitsOf(key);
          return limits === undefined ? [] : [[key, limits]];
        }),
    );

    expect(stage.Properties.RouteSettings).toEqual(settings);
    expect(Object.keys(settings)).toHaveLength(14);
    // The stage refuses settings of a route that is not there yet.
    for (const [id, { Properties }] of routes.filter(([, { Properties }]) => String(Properties.RouteKey) in settings)) {
      expect(stage.DependsOn, String(Properties.RouteKey)).toContain(id);
    }
  });
});

/** Of what needs no session and no token; undefined: it shares the limit of the stage. */
function limitsOf(key: string): object | undefined {
  const [, path = ''] = key.split(' ');
  if (path.startsWith('/events/')) {
    return { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 2_000 };
  }
  if (path.startsWith('/d/') || path.startsWith('/record/')) {
    return { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 };
  }
  return path.startsWith('/sign') ? { ThrottlingRateLimit: 25, ThrottlingBurstLimit: 50 } : undefined;
}
