import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pageHandler } from '../../../functions/pages/http-api.ts';
import { acceptedLanguage, chosenLanguage } from '../../../functions/pages/language.ts';
import { createPageApp } from '../../../functions/pages/page-app.ts';

/** What API Gateway sends (payload version 2), as far as pages read it. */
function request(changes: Partial<APIGatewayProxyEventV2> = {}, method = 'GET'): APIGatewayProxyEventV2 {
  const rawPath = changes.rawPath ?? '/echo';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: { host: 'pages.example' },
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'pages.example',
      domainPrefix: 'pages',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...changes,
  };
}

const LAMBDA = { awsRequestId: 'request-1', functionName: 'page' } as Context;

/** A page that says what it was asked. */
function echo() {
  return pageHandler({
    environment: z.object({}),
    app: () => {
      const app = createPageApp();
      app.all('/echo', async (context) =>
        context.json({
          url: context.req.url,
          method: context.req.method,
          body: await context.req.text(),
          sourceIp: context.env.sourceIp,
          agent: context.req.header('user-agent') ?? null,
          cookie: context.req.header('cookie') ?? null,
          odd: context.req.header('x-odd') ?? null,
        }),
      );
      app.get('/cookies', (context) => {
        context.header('set-cookie', 'one=1', { append: true });
        context.header('set-cookie', 'two=2; Path=/', { append: true });
        return context.text('set');
      });
      app.get('/broken', () => {
        throw new Error('the table is gone');
      });
      return app;
    },
  });
}

describe('a page behind API Gateway', () => {
  it('gets the request as it came, with the address that API Gateway saw', async () => {
    const headers = { host: 'pages.example', 'user-agent': 'Browser', 'x-forwarded-for': '203.0.113.9' };

    const result = await echo()(request({ rawQueryString: 'lang=zh&key=a%2Bb', headers }), LAMBDA);

    expect(result.statusCode).toBe(200);
    expect(JSON.parse(result.body ?? '')).toMatchObject({
      url: 'https://pages.example/echo?lang=zh&key=a%2Bb',
      method: 'GET',
      sourceIp: '192.0.2.7',
      agent: 'Browser',
    });
    expect(result.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(result.isBase64Encoded).toBe(false);
  });

  it('gets the cookies that API Gateway took out of the headers, but none that is no value of a header', async () => {
    const result = await echo()(request({ cookies: ['a=1', 'b=2', 'c=\n'] }), LAMBDA);

    expect(JSON.parse(result.body ?? '').cookie).toBe('a=1; b=2');
  });

  it('sets each of its cookies', async () => {
    const result = await echo()(request({ rawPath: '/cookies' }), LAMBDA);

    expect(result.cookies).toEqual(['one=1', 'two=2; Path=/']);
    expect(Object.keys(result.headers ?? {})).not.toContain('set-cookie');
  });

  it.each([
    ['text', '意见=同意', false],
    ['base64', Buffer.from('意见=同意').toString('base64'), true],
  ])('reads a form that comes as %s', async (_, body, isBase64Encoded) => {
    const result = await echo()(request({ body, isBase64Encoded }, 'POST'), LAMBDA);

    expect(JSON.parse(result.body ?? '')).toMatchObject({ method: 'POST', body: '意见=同意' });
  });

  it.each(['GET', 'HEAD'])('ignores a body that comes with %s', async (method) => {
    const result = await echo()(request({ body: 'action=approve' }, method), LAMBDA);

    expect(result.statusCode).toBe(200);
    expect(result.body).not.toContain('action=approve');
  });

  it('does without a header that holds what no header may', async () => {
    const result = await echo()(request({ headers: { host: 'pages.example', 'x-odd': 'é\u0000' } }), LAMBDA);

    expect(JSON.parse(result.body ?? '')).toMatchObject({ odd: null });
  });

  it('that fails says so to its reader, without the reason', async () => {
    const result = await echo()(request({ rawPath: '/broken' }), LAMBDA);

    expect(result.statusCode).toBe(500);
    expect(result.body).toContain('Something failed on our side.');
    expect(result.body).not.toContain('the table');
    expect(result.headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'") });
  });

  it('that is not there says so', async () => {
    const result = await echo()(request({ rawPath: '/favicon.ico' }), LAMBDA);

    expect(result.statusCode).toBe(404);
    expect(result.body).toContain('There is no such page');
  });

  it('without a variable that it needs fails loudly, for the alarm to ring', async () => {
    const handler = pageHandler({
      environment: z.object({ NOT_SET_ANYWHERE: z.string() }),
      app: () => createPageApp(),
    });

    await expect(handler(request(), LAMBDA)).rejects.toThrow('NOT_SET_ANYWHERE');
  });
});

describe('the language of a page', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr-FR,zh-TW;q=0.5,en;q=0.4', 'zh-CN'],
    ['en;q=0.1, zh;q=0.2', 'zh-CN'],
    ['zh;q=0, en', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    [';;;q=x', 'en'],
  ])('for a browser that accepts "%s" is %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });

  it.each([
    ['zh', 'zh-CN'],
    ['ZH-hans', 'zh-CN'],
    ['en', 'en'],
    ['fr', undefined],
    [undefined, undefined],
  ])('chosen as "%s" is %s', (choice, language) => {
    expect(chosenLanguage(choice)).toBe(language);
  });
});
