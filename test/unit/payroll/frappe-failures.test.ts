import { describe, expect, it } from 'vitest';
import { failureOf, plainText } from '../../../functions/connectors/payroll/frappe/failures.ts';

const WHAT = 'POST of Payroll Entry';

function network(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function reply(status: number, body: unknown, retryAfter: string | null = null) {
  return { kind: 'reply', status, text: typeof body === 'string' ? body : JSON.stringify(body), retryAfter } as const;
}

const v2 = (type: string, message = '') => ({ errors: [{ type, message, exception: 'Traceback: apps/frappe …' }] });
const v1 = (exc_type: string, message = '') => ({
  exc_type,
  exc: '["Traceback: apps/frappe …"]',
  _server_messages: JSON.stringify([JSON.stringify({ message, indicator: 'red', raise_exception: 1 })]),
});

describe('a failure of Frappe', () => {
  it.each([
    [
      'a refused connection',
      { kind: 'network', cause: network('ECONNREFUSED') },
      'ConnectorTransientError',
      /ECONNREFUSED/,
    ],
    ['a cut line', { kind: 'network', cause: network('UND_ERR_SOCKET') }, 'ConnectorTransientError', /was cut/],
    [
      'silence',
      { kind: 'network', cause: Object.assign(new Error('late'), { name: 'TimeoutError' }) },
      'ConnectorTransientError',
      /in time \(POST of Payroll Entry\)/,
    ],
    [
      'a strange certificate',
      { kind: 'network', cause: network('SELF_SIGNED_CERT_IN_CHAIN') },
      'ConfigError',
      /certificate/,
    ],
    ['401', reply(401, v2('AuthenticationError')), 'ConfigError', /renew the secret/],
    ['401 of version 1', reply(401, v1('AuthenticationError')), 'ConfigError', /renew the secret/],
    ['401 of something before Frappe', reply(401, '<html>'), 'ConfigError', /renew the secret/],
    ['a malformed key', reply(400, v1('InvalidAuthorizationToken')), 'ConfigError', /renew the secret/],
    [
      '403',
      reply(403, v2('PermissionError', 'No permission for Payroll Entry')),
      'ConfigError',
      /roles that docs\/payroll\.md/,
    ],
    [
      'a missing document',
      reply(404, v2('DoesNotExistError', 'Salary Slip x not found')),
      'ConnectorPermanentError',
      /x not found/,
    ],
    ['an API without version 2', reply(404, v1('DoesNotExistError')), 'ConfigError', /no Frappe 15 or later/],
    ['no site of this name', reply(404, '<html>'), 'ConfigError', /payroll\.system\.url/],
    ['a page to sign in', reply(302, ''), 'ConfigError', /elsewhere \(302\)/],
    [
      'a name that is taken',
      reply(409, v2('DuplicateEntryError', 'x already exists')),
      'ConnectorPermanentError',
      /x already exists/,
    ],
    [
      'a rule',
      reply(417, v2('ValidationError', 'Salary Slip <b>exists</b>')),
      'ConnectorPermanentError',
      /Error\): Salary Slip exists$/,
    ],
    [
      'a rule of version 1',
      reply(417, v1('MandatoryError', 'Company')),
      'ConnectorPermanentError',
      /MandatoryError\): Company$/,
    ],
    ['a rule without words', reply(417, v2('LinkValidationError')), 'ConnectorPermanentError', /it does not say why$/],
    [
      'somebody else at the document',
      reply(417, v2('TimestampMismatchError')),
      'ConnectorTransientError',
      /somebody else/,
    ],
    ['a locked document', reply(417, v1('DocumentLockedError')), 'ConnectorTransientError', /somebody else/],
    ['a deadlock', reply(500, v2('QueryDeadlockError')), 'ConnectorTransientError', /busy/],
    ['too many calls', reply(429, v2('TooManyRequestsError'), '17'), 'ConnectorTransientError', /429/],
    ['an update of the site', reply(503, '<html>Updating</html>'), 'ConnectorTransientError', /503/],
    ['a bug', reply(500, v2('TypeError')), 'ConnectorTransientError', /500/],
    ['200 with errors', reply(200, { data: {}, ...v2('ValidationError', 'No') }), 'ConnectorPermanentError', /\): No$/],
    ['200 with a deadlock', reply(200, v2('QueryDeadlockError')), 'ConnectorTransientError', /busy/],
    ['200 without permission', reply(200, v1('PermissionError', 'No')), 'ConfigError', /does not allow/],
    [
      '200 with exc',
      reply(200, v1('ValidationError', 'Net Pay cannot be less than 0')),
      'ConnectorPermanentError',
      /less than 0$/,
    ],
    [
      '200 with exc alone',
      reply(200, { exc: '["Traceback …"]' }),
      'ConnectorPermanentError',
      /no type\): it does not say why$/,
    ],
    [
      '200 with a red message',
      reply(200, { data: {}, messages: [{ message: 'Could not submit some Salary Slips', indicator: 'red' }] }),
      'ConnectorPermanentError',
      /Could not submit/,
    ],
    [
      '200 with a red message of version 1',
      reply(200, { _server_messages: JSON.stringify([JSON.stringify({ message: 'Failed', indicator: 'red' })]) }),
      'ConnectorPermanentError',
      /Failed$/,
    ],
    ['200 with half a text', reply(200, '{"data": ['), 'ConnectorTransientError', /cut off/],
    [
      'another shape',
      { kind: 'unknown-shape', problem: 'data.name (invalid_type)' },
      'ConnectorPermanentError',
      /data\.name/,
    ],
  ] as const)('as %s', (_, outcome, name, message) => {
    const failure = failureOf(outcome, WHAT);

    expect(failure).toMatchObject({ name, message: expect.stringMatching(message) });
    expect(failure?.message).not.toContain('Traceback');
  });

  it.each([
    ['data', { data: {} }],
    [
      'a message that is none of a failure',
      { data: {}, messages: [{ message: 'Salary Slips exist', indicator: 'orange' }] },
    ],
    ['a text that is no message', { _server_messages: JSON.stringify(['queued']) }],
  ])('is none with %s', (_, body) => {
    expect(failureOf(reply(200, body), WHAT)).toBeUndefined();
  });

  it('says when to ask again, where Frappe does', () => {
    expect(failureOf(reply(429, '', '17'), WHAT)).toMatchObject({ retryAfter: 17 });
    expect(failureOf(reply(429, '', 'soon'), WHAT)).toMatchObject({ retryAfter: 5 });
  });

  it.each(['15,960.37', '15960.37', "15'960.00", '1.596.037,00', '15,960'])(
    'is told without the amount %s',
    (amount) => {
      const body = {
        errors: [{ type: 'ValidationError', message: `Net Pay of HR-EMP-00002 is <b>¥${amount}</b> in 2026-11` }],
      };

      const message = failureOf(reply(417, body), 'PUT of Salary Slip')?.message;

      expect(message).toContain('Net Pay of HR-EMP-00002 is ¥(amount) in 2026-11');
    },
  );

  it('is told in a bounded text without HTML', () => {
    expect(plainText(`<div>a&nbsp;b <a href="x">c</a></div>\n${'d'.repeat(400)}`, 20)).toBe('a&nbsp;b c ddddddddd…');
  });
});
