import { describe, expect, it } from 'vitest';
import { isNotDone } from '../../../functions/connectors/erp/outcome.ts';
import { errorOf, type Failure } from '../../../functions/connectors/erp/tryton/failures.ts';

const METHOD = 'model.purchase.purchase.create';

function systemError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

const status = (code: number, retryAfter: string | null = null): Failure => ({
  kind: 'status',
  status: code,
  retryAfter,
});
const refusal = (...error: unknown[]): Failure => ({ kind: 'refusal', error });

describe('a failed call of Tryton', () => {
  it.each<[string, Failure, { name: string; isUndone: boolean; says?: string; retryAfter?: number }]>([
    [
      'nothing listens',
      { kind: 'network', cause: systemError('ECONNREFUSED') },
      { name: 'ConnectorTransientError', isUndone: true, retryAfter: 15 },
    ],
    [
      'the name is not known',
      { kind: 'network', cause: systemError('ENOTFOUND') },
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    [
      'no connection in time',
      { kind: 'network', cause: systemError('UND_ERR_CONNECT_TIMEOUT') },
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    [
      'the connection broke',
      { kind: 'network', cause: systemError('ECONNRESET') },
      { name: 'ConnectorTransientError', isUndone: false },
    ],
    [
      'the reply was cut',
      { kind: 'network', cause: new TypeError('terminated', { cause: systemError('UND_ERR_SOCKET') }) },
      { name: 'ConnectorTransientError', isUndone: false },
    ],
    [
      'no answer in time',
      { kind: 'network', cause: new DOMException('late', 'TimeoutError') },
      { name: 'ConnectorTransientError', isUndone: false, says: 'did not answer in time' },
    ],
    ['something unheard of', { kind: 'network', cause: 'odd' }, { name: 'ConnectorTransientError', isUndone: false }],
    [
      'a certificate of somebody else',
      { kind: 'network', cause: systemError('ERR_TLS_CERT_ALTNAME_INVALID') },
      { name: 'ConfigError', isUndone: true, says: 'certificate' },
    ],
    ['a redirection', status(301), { name: 'ConfigError', isUndone: true, says: 'url' }],
    ['a bad request', status(400), { name: 'ConnectorPermanentError', isUndone: true }],
    ['a wrong password', status(401), { name: 'ConfigError', isUndone: true, says: 'user and password' }],
    ['a method that is not allowed', status(403), { name: 'ConnectorPermanentError', isUndone: true, says: METHOD }],
    ['an unknown database', status(404), { name: 'ConfigError', isUndone: true, says: 'database' }],
    ['a time-out of a proxy', status(408), { name: 'ConnectorTransientError', isUndone: false }],
    ['too many wrong passwords', status(429), { name: 'ConnectorTransientError', isUndone: true, retryAfter: 60 }],
    [
      'too many calls, with a time',
      status(429, '7'),
      { name: 'ConnectorTransientError', isUndone: true, retryAfter: 7 },
    ],
    ['a crash', status(500), { name: 'ConnectorTransientError', isUndone: false, retryAfter: 5 }],
    ['a gateway without a server', status(502), { name: 'ConnectorTransientError', isUndone: false }],
    [
      'maintenance, with a time',
      status(503, '120'),
      { name: 'ConnectorTransientError', isUndone: false, retryAfter: 120 },
    ],
    [
      'maintenance, with a date',
      status(503, 'Wed, 25 Nov 2026 12:00:00 GMT'),
      { name: 'ConnectorTransientError', isUndone: false, retryAfter: 5 },
    ],
    [
      'a rule of Tryton',
      refusal('UserError', ['The quantity is invalid.', 'Use 0 digits.', { fields: {} }]),
      { name: 'ConnectorPermanentError', isUndone: true, says: 'The quantity is invalid. - Use 0 digits.' },
    ],
    [
      'a warning',
      refusal('UserWarning', ['invoice_similar.f00', 'Same reference twice.', 'Is it a duplicate?']),
      { name: 'ConnectorPermanentError', isUndone: true, says: 'Same reference twice. - Is it a duplicate?' },
    ],
    [
      'a change by somebody else',
      refusal('ConcurrencyException', ['Records have been modified']),
      { name: 'ConnectorTransientError', isUndone: true, retryAfter: 1 },
    ],
    ['a second factor', refusal('LoginException', ['sms_code']), { name: 'ConfigError', isUndone: true }],
    [
      'an unknown field',
      refusal("'no_such_field'", 'Traceback …'),
      { name: 'ConnectorPermanentError', isUndone: true, says: "'no_such_field'" },
    ],
    [
      'a busy database',
      refusal('could not serialize access due to concurrent update', null),
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    [
      'a locked sqlite file',
      refusal('database is locked', 'Traceback'),
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    ['an error without a word', { kind: 'refusal', error: {} }, { name: 'ConnectorPermanentError', isUndone: true }],
    ['a body that is no JSON', { kind: 'garbled' }, { name: 'ConnectorTransientError', isUndone: false }],
    [
      'a reply of another version',
      { kind: 'unknown-shape', problem: '0.state (invalid_type)' },
      { name: 'ConnectorPermanentError', isUndone: false, says: '0.state (invalid_type)' },
    ],
  ])('because of %s', (_what, failure, expected) => {
    // Act
    const error = errorOf(failure, METHOD);

    // Assess
    expect(error.name).toBe(expected.name);
    expect(isNotDone(error)).toBe(expected.isUndone);
    expect(error.message).toContain(expected.says ?? '');
    if (expected.retryAfter !== undefined) {
      expect(error).toMatchObject({ retryAfter: expected.retryAfter });
    }
  });

  it('is told in a few words, whatever Tryton adds', () => {
    const { message } = errorOf(refusal('UserError', ['x'.repeat(10_000), '', 'z'.repeat(100_000)]), METHOD);
    expect(message.length).toBeLessThan(400);
    expect(message).not.toContain('z');
  });
});
