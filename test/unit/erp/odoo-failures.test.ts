import { describe, expect, it } from 'vitest';
import { errorOf, type Failure } from '../../../functions/connectors/erp/odoo/failures.ts';
import { isNotDone } from '../../../functions/connectors/erp/outcome.ts';
import { RECORDED } from '../../support/odoo/exchanges.ts';

const METHOD = 'purchase.order/load';

/** What the real Odoo answered with a status. */
function recorded(status: number): Failure {
  const exchange = RECORDED.find((one) => one.status === status);
  return { kind: 'status', status, text: JSON.stringify(exchange?.response), retryAfter: null };
}

const status = (code: number, text = '<html></html>', retryAfter: string | null = null): Failure => ({
  ...{ kind: 'status', status: code },
  ...{ text, retryAfter },
});
const exception = (code: number, name: string, message: string) => status(code, JSON.stringify({ name, message }));
const network = (code: string): Failure => ({
  kind: 'network',
  cause: new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
});

describe('a failed call of Odoo', () => {
  it.each<[string, Failure, { name: string; isUndone: boolean; says?: string; retryAfter?: number }]>([
    [
      'a key that was revoked, as recorded',
      recorded(401),
      { name: 'ConfigError', isUndone: true, says: 'renew apiKey' },
    ],
    [
      'a private method, as recorded',
      recorded(403),
      { name: 'ConnectorPermanentError', isUndone: true, says: "does not allow the connector's user" },
    ],
    [
      'a record that is not there, as recorded',
      recorded(404),
      { name: 'ConnectorPermanentError', isUndone: true, says: 'Record does not exist' },
    ],
    [
      'a rule of Odoo, as recorded',
      recorded(422),
      { name: 'ConnectorPermanentError', isUndone: true, says: 'The entry is not balanced.' },
    ],
    [
      'a bad argument, as recorded',
      recorded(500),
      { name: 'ConnectorPermanentError', isUndone: true, says: 'builtins.TypeError' },
    ],
    [
      'a lost race, as recorded',
      { kind: 'not-loaded', messages: ['could not serialize access due to concurrent update\n'] },
      { name: 'ConnectorTransientError', isUndone: true, retryAfter: 1 },
    ],
    [
      'an external id that another caller has just made',
      {
        kind: 'not-loaded',
        messages: ['duplicate key value violates unique constraint "ir_model_data_module_name_uniq_index"'],
      },
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    [
      'values that cannot be loaded',
      { kind: 'not-loaded', messages: ["No matching record found for database id '9'"] },
      { name: 'ConnectorPermanentError', isUndone: true, says: 'No matching record found' },
    ],
    [
      'a busy database',
      exception(500, 'psycopg2.errors.SerializationFailure', 'could not serialize access'),
      { name: 'ConnectorTransientError', isUndone: true },
    ],
    ['a model that is not there', status(404), { name: 'ConfigError', isUndone: true, says: 'url and database' }],
    ['a redirection', status(303), { name: 'ConfigError', isUndone: true, says: 'check url' }],
    ['a limit of calls', status(429), { name: 'ConnectorTransientError', isUndone: true, retryAfter: 30 }],
    ['a limit with a time', status(429, '', '7'), { name: 'ConnectorTransientError', isUndone: true, retryAfter: 7 }],
    ['a gateway without a server', status(502), { name: 'ConnectorTransientError', isUndone: false, retryAfter: 5 }],
    ['a server that stops', status(503, '', '9'), { name: 'ConnectorTransientError', isUndone: false, retryAfter: 9 }],
    ['a firewall', status(418), { name: 'ConnectorPermanentError', isUndone: true, says: '418' }],
    [
      'nothing that listens',
      network('ECONNREFUSED'),
      { name: 'ConnectorTransientError', isUndone: true, retryAfter: 15 },
    ],
    ['a broken connection', network('ECONNRESET'), { name: 'ConnectorTransientError', isUndone: false }],
    [
      'no answer in time',
      { kind: 'network', cause: new DOMException('late', 'TimeoutError') },
      { name: 'ConnectorTransientError', isUndone: false, says: 'Odoo did not answer in time' },
    ],
    ['a body that is no JSON', { kind: 'garbled' }, { name: 'ConnectorTransientError', isUndone: false }],
    [
      'a reply of another version',
      { kind: 'unknown-shape', problem: '0.state (invalid_type)' },
      { name: 'ConnectorPermanentError', isUndone: false, says: '0.state (invalid_type)' },
    ],
  ])('because of %s', (_what, failure, expected) => {
    const error = errorOf(failure, METHOD);

    expect(error.name).toBe(expected.name);
    expect(isNotDone(error)).toBe(expected.isUndone);
    expect(error.message).toContain(expected.says ?? '');
    if (expected.retryAfter !== undefined) {
      expect(error).toMatchObject({ retryAfter: expected.retryAfter });
    }
  });

  it('is told in a few words, whatever Odoo adds', () => {
    const { message } = errorOf(exception(422, 'odoo.exceptions.UserError', 'x'.repeat(10_000)), METHOD);
    expect(message.length).toBeLessThan(400);
  });
});
