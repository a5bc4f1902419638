/** Every way in which a suite says no, in the words of the taxonomy. */
import { describe, expect, it } from 'vitest';
import { DINGTALK } from '../../../functions/connectors/oa/suites/dingtalk/failures.ts';
import type { Outcome } from '../../../functions/connectors/oa/suites/exchange.ts';
import { type Dialect, failureOf, StaleTokenError } from '../../../functions/connectors/oa/suites/failures.ts';
import { FEISHU } from '../../../functions/connectors/oa/suites/feishu/failures.ts';
import { WECOM } from '../../../functions/connectors/oa/suites/wecom/failures.ts';

const reply = (body: unknown, status = 200, retryAfter?: number): Outcome => ({
  kind: 'reply',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  retryAfter,
});
const nameOf = (dialect: Dialect, outcome: Outcome) => {
  const failure = failureOf(dialect, outcome, 'a message');
  return failure instanceof StaleTokenError ? 'StaleTokenError' : (failure?.name ?? 'none');
};

describe.each([
  ['Feishu', FEISHU],
  ['DingTalk', DINGTALK],
  ['WeCom', WECOM],
])('%s', (_suite, dialect) => {
  const late = Object.assign(new Error('late'), { name: 'TimeoutError' });

  it.each([
    [{ kind: 'network', cause: late } as const, 'ConnectorTransientError'],
    [{ kind: 'network', cause: new Error('ECONNRESET') } as const, 'ConnectorTransientError'],
    [reply('', 200), 'ConnectorTransientError'],
    [reply('<html>', 200), 'ConnectorTransientError'],
    [reply('<html>', 502), 'ConnectorTransientError'],
    [reply('<html>', 429), 'ConnectorTransientError'],
    [reply('<html>', 408), 'ConnectorTransientError'],
    [reply('', 302), 'ConfigError'],
    [reply('', 401), 'ConfigError'],
    [reply('', 403), 'ConfigError'],
    [reply('404 page not found', 404), 'ConfigError'],
    [reply('bad', 400), 'ConnectorPermanentError'],
  ])('that does not answer in its own words (%j) is a %s', (outcome, name) => {
    expect(nameOf(dialect, outcome)).toBe(name);
  });
});

describe('a code of Feishu', () => {
  it.each([
    [0, 200, 'none'],
    [0, 500, 'ConnectorTransientError'],
    [99991663, 400, 'StaleTokenError'],
    [99991661, 400, 'StaleTokenError'],
    [99991400, 400, 'ConnectorTransientError'],
    [230020, 400, 'ConnectorTransientError'],
    [1395001, 400, 'ConnectorTransientError'],
    [10014, 200, 'ConfigError'],
    [99991672, 400, 'ConfigError'],
    [230013, 400, 'ConnectorPermanentError'],
    [1390003, 400, 'ConnectorPermanentError'],
    [123456789, 200, 'ConnectorPermanentError'],
    [123456789, 503, 'ConnectorTransientError'],
  ])('%i with status %i is %s', (code, status, name) => {
    expect(nameOf(FEISHU, reply({ code, msg: 'as documented' }, status))).toBe(name);
  });

  it('of too many calls says after how many seconds to come again', () => {
    expect(failureOf(FEISHU, reply({ code: 99991400 }, 400, 7), 'a message')).toMatchObject({ retryAfter: 7 });
  });
});

describe('an answer of DingTalk', () => {
  it.each([
    [{ errcode: 0, errmsg: 'ok' }, 200, 'none'],
    [{ success: true, result: {} }, 200, 'none'],
    [{ accessToken: 't', expireIn: 7200 }, 200, 'none'],
    [{ success: false }, 200, 'ConnectorPermanentError'],
    [{ errcode: 40014 }, 200, 'StaleTokenError'],
    [{ errcode: 88, sub_code: '40014' }, 200, 'StaleTokenError'],
    [{ code: 'InvalidAuthentication' }, 400, 'StaleTokenError'],
    [{ errcode: 88, sub_code: '90018' }, 200, 'ConnectorTransientError'],
    [{ errcode: -1 }, 200, 'ConnectorTransientError'],
    [{ code: 'Forbidden.AccessDenied.QpsLimitForApi' }, 403, 'ConnectorTransientError'],
    [{ code: 'ServiceUnavailable' }, 503, 'ConnectorTransientError'],
    [{ code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' }, 403, 'ConfigError'],
    [{ code: 'invalidClientIdOrSecret' }, 400, 'ConfigError'],
    [{ errcode: 88, sub_code: '60011' }, 200, 'ConfigError'],
    [{ errcode: 33012 }, 200, 'ConnectorPermanentError'],
    [{ code: 'processInstanceIdIllegal' }, 400, 'ConnectorPermanentError'],
  ])('%j with status %i is %s', (body, status, name) => {
    expect(nameOf(DINGTALK, reply(body, status))).toBe(name);
  });
});

describe('an answer of WeCom', () => {
  it.each([
    [{ errcode: 0, errmsg: 'ok' }, 'none'],
    [{ errcode: 0, invaliduser: '' }, 'none'],
    [{ errcode: 0, invaliduser: 'E-1' }, 'ConnectorPermanentError'],
    [{ errcode: 40014 }, 'StaleTokenError'],
    [{ errcode: 42001 }, 'StaleTokenError'],
    [{ errcode: -1 }, 'ConnectorTransientError'],
    [{ errcode: 45009 }, 'ConnectorTransientError'],
    [{ errcode: 45033 }, 'ConnectorTransientError'],
    [{ errcode: 40001 }, 'ConfigError'],
    [{ errcode: 60020 }, 'ConfigError'],
    [{ errcode: 301055 }, 'ConfigError'],
    [{ errcode: 81013 }, 'ConnectorPermanentError'],
    [{ errcode: 301025 }, 'ConnectorPermanentError'],
  ])('%j is %s', (body, name) => {
    expect(nameOf(WECOM, reply(body))).toBe(name);
  });
});

it('no failure repeats what the suite said', () => {
  for (const dialect of [FEISHU, DINGTALK, WECOM]) {
    const failure = failureOf(
      dialect,
      reply({ code: 5, errcode: 5, msg: 'salary 5000', errmsg: 'salary 5000' }),
      'a message',
    );

    expect(failure?.message).not.toContain('salary');
  }
});
