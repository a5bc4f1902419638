import { describe, expect, test } from 'vitest';
import { at, ofType, synthesize } from './synthesize.ts';

const prod = synthesize();

describe('pages', () => {
  test('are reached by exactly these routes', () => {
    const routes = ofType(prod, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);

    expect(routes.sort()).toEqual([
      'GET /admin',
      'GET /admin/people',
      'GET /admin/people/{employeeId}',
      'GET /admin/people/{employeeId}/hand-over',
      'GET /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'GET /admin/policies',
      'GET /api/v1/absences',
      'GET /api/v1/copies',
      'GET /api/v1/people/{employeeId}/hand-over',
      'GET /api/v1/requests',
      'GET /api/v1/requests/{processId}/timeline',
      'GET /api/v1/tasks',
      'GET /api/v1/tasks/{processId}/{approvalId}',
      'GET /api/v1/tasks/{processId}/{approvalId}/files',
      'GET /api/v1/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /d/{secret}',
      'GET /d/{secret}/attach',
      'GET /d/{secret}/files/{fileId}',
      'GET /me',
      'GET /me/absence',
      'GET /me/copies',
      'GET /me/payslips',
      'GET /me/payslips/{period}',
      'GET /me/requests',
      'GET /me/requests/{processId}',
      'GET /me/requests/{processId}/files/{fileId}',
      'GET /me/tasks',
      'GET /me/tasks/{processId}/{approvalId}',
      'GET /me/tasks/{processId}/{approvalId}/attach',
      'GET /me/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /record/{processId}',
      'GET /sign-in',
      'GET /sign-in/callback',
      'GET /signed-out',
      'HEAD /d/{secret}',
      'HEAD /d/{secret}/attach',
      'HEAD /d/{secret}/files/{fileId}',
      'HEAD /record/{processId}',
      'POST /admin/people/{employeeId}/hand-over',
      'POST /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'POST /api/v1/absences',
      'POST /api/v1/absences/{absenceId}/end',
      'POST /api/v1/people/{employeeId}/hand-over',
      'POST /api/v1/receipt-files',
      'POST /api/v1/requests/{processId}/resubmission',
      'POST /api/v1/requests/{processId}/urge',
      'POST /api/v1/requests/{processId}/withdrawal',
      'POST /api/v1/tasks/{processId}/{approvalId}/actions',
      'POST /api/v1/tasks/{processId}/{approvalId}/files',
      'POST /d/{secret}',
      'POST /events/{system}',
      'POST /me/absence',
      'POST /me/payslips/{period}',
      'POST /me/requests',
      'POST /me/tasks/{processId}/{approvalId}',
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

  test('share no throttle with the webhook, whose route is there before the setting of the stage', () => {
    const stage = at(prod, 'Pages/Http/Stage', 'AWS::ApiGatewayV2::Stage');
    const [routeId] =
      ofType(prod, 'AWS::ApiGatewayV2::Route').find(
        ([, { Properties }]) => Properties.RouteKey === 'POST /events/{system}',
      ) ?? [];

    expect(stage.Properties.RouteSettings).toEqual({
      'POST /events/{system}': { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
    });
    expect(stage.DependsOn).toContain(routeId);
  });
});
