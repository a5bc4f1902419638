/** The connection to a site of Frappe, and the stub that stands for one. */
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../functions/runtime/errors.ts';
import { KEY } from '../../support/frappe-hr/server.ts';
import { COMPANY, openSite } from './frappe-rig.ts';
import { figures, RUN } from './payroll-contract.ts';

const LIST = { fields: '["name","salary"]', filters: '[]', order_by: 'name asc', limit: '20' };

describe('a site of Frappe', () => {
  it('that does not take the key is a matter of configuration', async () => {
    const { system } = await openSite({ key: { ...KEY, apiSecret: 'another' } });

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/renew the secret of payroll\.system\.secretArn/);
  });

  it('that is silent is not waited for without end', async () => {
    const { server, system } = await openSite({ timeoutMs: 100 });
    server.answers.push(() => undefined);

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/did not answer in time \(GET of Employee\)/);
  });

  it('that answers in another shape is told by place, and not by what it holds', async () => {
    const { server, system } = await openSite();
    server.answers.push((response) =>
      response.end(JSON.stringify({ data: [{ name: 'x', employee_number: { pay: 7 } }] })),
    );

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(
      /does not know: data\.0\.employee_number \(invalid_type\)$/,
    );
  });

  it('that sends the call elsewhere gets the key nowhere else', async () => {
    const { server, system } = await openSite();
    server.answers.push((response) => response.writeHead(302, { location: `${server.url}/login` }).end());

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConfigError);
    expect(server.calls).toEqual([]);
  });

  it('gives long lists page by page', async () => {
    const { server, documents, system } = await openSite();
    documents.employees.push(
      ...Array.from({ length: 1_200 }, (_, index) => ({
        ...{ name: `HR-OLD-${String(index).padStart(5, '0')}`, employee_number: `old-${index}`, company: COMPANY },
      })),
    );
    await system.handOver(RUN, figures(), []);

    expect(server.calls.filter((call) => call === 'GET Employee')).toHaveLength(3);
  });
});

describe('the stub of Frappe', () => {
  const ENTRY = {
    ...{ name: 'x', posting_date: '2026-11-30', payroll_frequency: 'Monthly', company: COMPANY, currency: 'CNY' },
    ...{ start_date: '2026-11-01', end_date: '2026-11-30', exchange_rate: 1, payroll_payable_account: 'P - LP' },
    employees: [{ employee: 'HR-EMP-00001' }],
  };

  it.each([
    ['a field that it does not know', 'POST', 'Payroll Entry', { ...ENTRY, salary: 1 }, 417],
    ['a field that is missing', 'POST', 'Payroll Entry', { ...ENTRY, company: undefined }, 417],
    ['an employee who is not there', 'POST', 'Payroll Entry', { ...ENTRY, employees: [{ employee: 'x' }] }, 417],
    ['slips of a draft', 'POST', 'Payroll Entry/draft/method/create_salary_slips', {}, 417],
    ['a draft to be cancelled', 'PUT', 'Payroll Entry/draft', { docstatus: 2 }, 417],
    ['a method that it does not know', 'POST', 'Payroll Entry/draft/method/submit', {}, 403],
    ['slips made one by one', 'POST', 'Salary Slip', { employee: 'HR-EMP-00001' }, 403],
    ['a document that is not there', 'GET', 'Salary Slip/x', undefined, 404],
    ['a list without bounds', 'GET', 'Salary Slip', undefined, 417],
    ['a field that no list has', 'GET', `Employee?${new URLSearchParams(LIST)}`, undefined, 417],
  ])('refuses %s', async (_, method, path, body, status) => {
    const { server, documents } = await openSite();
    documents.createEntry(ENTRY, 'draft');
    const ask = (authorization: string) =>
      fetch(`${server.url}/api/v2/document/${path}`, {
        method,
        headers: { authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });

    expect((await ask(`token ${KEY.apiKey}:${KEY.apiSecret}`)).status).toBe(status);
    expect((await ask(`token ${KEY.apiKey}:x`)).status).toBe(401);
    expect(() => documents.submitSlips('draft')).toThrow();
    expect(documents.entries).toMatchObject([{ name: 'draft', docstatus: 0 }]);
  });
});
