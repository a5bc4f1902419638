/**
 * Pages behind API Gateway's HTTP API, payload version 2
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * Paths and queries of pages carry capabilities: neither is ever logged.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { logger } from '../runtime/handler.ts';
import { parseEnvironment } from '../runtime/parse.ts';
import type { SignedIn } from '../sign-in/signed-in.ts';

/** Claims of a JSON web token as API Gateway passes them on: mostly text, whatever they were. */
export type Claims = { readonly [name: string]: unknown };

/** What a page knows of its caller besides the request. */
export interface PageEnvironment {
  readonly Bindings: {
    /** Where the request came from, as API Gateway saw it. */
    readonly sourceIp: string;
    /** Of the token that API Gateway has checked; only on routes with an authorizer. */
    readonly claims?: Claims;
  };
  readonly Variables: {
    /** Only on pages behind `requireSignIn` (`functions/sign-in/`), which sets it. */
    readonly signedIn: SignedIn;
  };
}

/** A hono app, whatever it keeps for itself during a request. */
interface App {
  fetch(request: Request, bindings: PageEnvironment['Bindings']): Response | Promise<Response>;
}

interface PageParts<Environment> {
  readonly environment: z.ZodType<Environment>;
  /** Called for each request: what a page reads once, such as which directory counts, it reads as of its request. */
  readonly app: (environment: Environment) => App;
}

/** The Lambda handler of an app. A missing variable throws: the alarm on errors tells the operator. */
export function pageHandler<Environment>({ environment, app }: PageParts<Environment>) {
  let parsed: Environment | undefined;
  return async (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    logger.resetKeys();
    logger.addContext(context);
    parsed ??= parseEnvironment(environment, process.env);
    const response = await app(parsed).fetch(requestOf(event), bindingsOf(event));
    return resultOf(response);
  };
}

const authorizedSchema = z.object({
  requestContext: z.object({
    authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
  }),
});

function bindingsOf(event: APIGatewayProxyEventV2): PageEnvironment['Bindings'] {
  const { sourceIp } = event.requestContext.http;
  const authorized = authorizedSchema.safeParse(event);
  return { sourceIp, ...(authorized.success ? { claims: authorized.data.requestContext.authorizer.jwt.claims } : {}) };
}

function requestOf(event: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const url = new URL(`https://${event.requestContext.domainName}${event.rawPath}${query}`);
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers)) {
    if (value !== undefined && isHeaderValue(value)) {
      headers.set(name, value);
    }
  }
  // API Gateway takes the cookies out of the headers.
  const cookies = event.cookies?.filter(isHeaderValue) ?? [];
  if (cookies.length > 0) {
    headers.set('cookie', cookies.join('; '));
  }
  const body = bodyOf(event);
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, ...(hasBody ? { body } : {}) });
}

/** API Gateway lets characters through that `Headers` refuses; the headers that we read have none of them. */
function isHeaderValue(value: string): boolean {
  return /^[\x20-\x7e\t]*$/.test(value);
}

function bodyOf(event: APIGatewayProxyEventV2): Uint8Array<ArrayBuffer> | undefined {
  return event.body === undefined
    ? undefined
    : Uint8Array.from(Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'));
}

async function resultOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const cookies = response.headers.getSetCookie();
  return {
    statusCode: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie')),
    // An object of headers holds one value a name.
    ...(cookies.length === 0 ? {} : { cookies }),
    body: await response.text(),
    isBase64Encoded: false,
  };
}
