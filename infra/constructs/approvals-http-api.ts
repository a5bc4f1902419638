import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/**
 * Requests a second, and at once: shared by all routes that have none of their own, which are those of people who have signed
 * in. Guesses at links are counted by the page itself, by address: an HTTP API cannot.
 */
const THROTTLE = { rateLimit: 50, burstLimit: 100 } as const;

/**
 * Of each route that anybody may call who has, or guesses, a link: twelve purchases a second, with three decisions each, are 36
 * pages opened and 36 forms sent. Whoever floods one of them takes nothing from people who have signed in, nor they from it.
 */
export const LINK_THROTTLE = { rateLimit: 100, burstLimit: 200 } as const;

/** Of each route of the sign-in: anybody may call them, and 5,000 people who begin at nine need eight a second for ten minutes. */
export const SIGN_IN_THROTTLE = { rateLimit: 25, burstLimit: 50 } as const;

/** Paths and queries hold capabilities: the log has the route only. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  address: '$context.identity.sourceIp',
  failure: '$context.integrationErrorMessage',
});

/** The address of the pages and of the API. HEAD, which scanners of mail send, is answered as GET is, without a body. */
export class ApprovalsHttpApi extends Construct {
  readonly api: HttpApi;
  /** Origin without a slash at its end. */
  readonly url: string;
  readonly #stage: HttpStage;
  readonly #integrations = new Map<string, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, setting: Setting) {
    super(scope, id);
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${setting.stackName}-pages`,
      retention: setting.logRetention,
      removalPolicy: setting.removalPolicy,
    });
    this.api = new HttpApi(this, 'Api', { apiName: `${setting.stackName}-pages`, createDefaultStage: false });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
    });
    this.url = this.api.apiEndpoint;
  }

  /**
   * A page, which checks by itself who may see it.
   * @param throttle - of each of the routes; without it they share {@link THROTTLE}
   */
  route(
    path: string,
    methods: readonly ('GET' | 'HEAD' | 'POST')[],
    page: TaskFunction<z.ZodType>,
    throttle?: Required<ThrottleSettings>,
  ): void {
    const routes = this.api.addRoutes({
      path,
      methods: methods.map((method) => HttpMethod[method]),
      integration: this.#integrationOf(page),
    });
    for (const [index, route] of routes.entries()) {
      acknowledge(route, 'AwsSolutions-APIG4');
      if (throttle !== undefined) {
        this.#throttle(route, `${methods[index]} ${path}`, throttle);
      }
    }
  }

  /** A setting of the stage, which must know the route by then. */
  #throttle(route: HttpRoute, key: string, { rateLimit, burstLimit }: Required<ThrottleSettings>): void {
    const stage = this.#stage.node.defaultChild;
    if (!(stage instanceof CfnStage)) {
      throw new Error('the stage is not the resource that carries the settings of routes');
    }
    const settings = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
    stage.addPropertyOverride(`RouteSettings.${key}`, settings);
    stage.node.addDependency(route);
  }

  /** An operation of the API: `authorizer` checks the caller's token before the function is asked. */
  operation(
    path: string,
    method: 'GET' | 'POST',
    operation: TaskFunction<z.ZodType>,
    authorizer: IHttpRouteAuthorizer,
  ): void {
    this.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration: this.#integrationOf(operation),
      authorizer,
    });
  }

  /**
   * One integration for all routes of a function, which only this API may call: one of each for every route would fill a
   * template of at most 500 resources.
   */
  #integrationOf({ bundle, lambda }: TaskFunction<z.ZodType>): HttpLambdaIntegration {
    const known = this.#integrations.get(bundle);
    if (known !== undefined) {
      return known;
    }
    const integration = new HttpLambdaIntegration(bundle, lambda, { scopePermissionToRoute: false });
    this.#integrations.set(bundle, integration);
    return integration;
  }
}
