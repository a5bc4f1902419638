/** Against a stub that is strict about what it is asked: a Frappe HR of its own cannot be had here. */
import { afterAll, describe, expect, it } from 'vitest';
import { createFrappeHr } from '../../../functions/connectors/payroll/frappe/frappe-hr.ts';
import type { FrappeParts } from '../../../functions/connectors/payroll/frappe/parts.ts';
import { createFrappeSite } from '../../../functions/connectors/payroll/frappe/site.ts';
import { add } from '../../../functions/money/money.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import type { Slip } from '../../support/frappe-hr/documents.ts';
import { type Cut, FrappeServer, KEY } from '../../support/frappe-hr/server.ts';
import { filesIn } from '../../support/payroll-world.ts';
import { describePayrollSystem, type Flaw, figures, RUN } from './payroll-contract.ts';

const COMPANY = 'Lingnan Precision';
const LIST = { fields: '["name","salary"]', filters: '[]', order_by: 'name asc', limit: '20' };
const servers: FrappeServer[] = [];

const FLAWS: { readonly [flaw in Flaw]: (slip: Slip) => void } = {
  'a net that does not add up': (slip) => {
    slip.net_pay += 1;
  },
  'somebody left out': (slip) => {
    slip.docstatus = 2;
  },
  'another month': (slip) => {
    slip.start_date = '2026-10-01';
  },
  'another currency': (slip) => {
    slip.currency = 'USD';
  },
};

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

/** A site with both employees of the figures. */
async function openSite(
  change: Partial<FrappeParts> & { readonly timeoutMs?: number; readonly key?: typeof KEY } = {},
) {
  const server = new FrappeServer();
  servers.push(server);
  await server.start();
  const { documents } = server;
  documents.employees.push(
    { name: 'HR-EMP-00001', employee_number: 'E-1', company: COMPANY, monthly: 1_234_567 },
    { name: 'HR-EMP-00002', employee_number: 'E-2', company: COMPANY, monthly: 1_000_000 },
    { name: 'HR-EMP-00003', employee_number: null, company: COMPANY },
  );
  const { timeoutMs = 5_000, key = KEY, ...parts } = change;
  const bucket = memoryObjects();
  const system = createFrappeHr({
    site: createFrappeSite({ url: `${server.url}/`, key: async () => key, timeoutMs }),
    settings: {
      ...{ url: server.url, company: COMPANY, currency: 'CNY', payableAccount: 'Payroll Payable - LP' },
      unpaid: { annual: '0', unpaid: '1', sick: '0.4' },
    },
    files: filesIn(bucket),
    ...parts,
  });
  const standing = () => documents.entries.filter(({ docstatus }) => docstatus === 1);
  const slipOf = (employee: string) => documents.slips.find((slip) => slip.employee === employee);
  /** Payroll's people submit what stands. */
  const submit = () => {
    for (const { name } of standing()) {
      documents.submitSlips(name);
    }
  };
  return { server, documents, system, standing, slipOf, submit, bucket };
}

describePayrollSystem('Frappe HR', async () => {
  const { server, documents, system, standing, slipOf, submit } = await openSite();
  return {
    system,
    async calculate(flaw) {
      submit();
      const slip = slipOf('HR-EMP-00002');
      if (flaw !== undefined && slip !== undefined) {
        FLAWS[flaw](slip);
      }
    },
    async reject() {
      for (const { name } of standing()) {
        documents.changeEntry(name, 2);
      }
    },
    failOnce() {
      server.answers.push((response) => response.writeHead(503).end());
    },
    standing: () => standing().length,
  };
});

describe('figures for Frappe HR', () => {
  it('become one Payroll Entry of the month, named by their digest, with the unpaid days in its salary slips', async () => {
    const { documents, system, slipOf } = await openSite();
    const { reference, digest } = await system.handOver(RUN, figures('1.5'), []);

    expect(reference).toBe(`Payroll Entry payroll-run-2026-11-${digest.slice(0, 12)}`);
    expect(documents.entries).toMatchObject([
      { docstatus: 1, start_date: '2026-11-01', end_date: '2026-11-30', currency: 'CNY', company: COMPANY },
    ]);
    expect([slipOf('HR-EMP-00001'), slipOf('HR-EMP-00002')]).toMatchObject([
      { docstatus: 0, leave_without_pay: 0 },
      { docstatus: 0, leave_without_pay: 1.5 },
    ]);
  });

  it('count the share of each kind of leave that is not paid, exactly', async () => {
    const { system, slipOf } = await openSite();
    const [one, other] = figures();
    const sick = [{ kind: 'sick', hours: '2.4', days: '0.3' }, ...(other?.figures ?? [])];
    await system.handOver(
      RUN,
      [...(one === undefined ? [] : [one]), ...(other === undefined ? [] : [{ ...other, figures: sick }])],
      [],
    );

    expect(String(slipOf('HR-EMP-00002')?.leave_without_pay)).toBe(add('2', '0.12'));
  });

  it('are refused, before anything is made, where a kind of leave is not known to be paid or not', async () => {
    const { documents, system } = await openSite();
    const strange = figures().map((one) => ({ ...one, figures: [{ kind: 'strike', hours: '8', days: '1' }] }));

    await expect(system.handOver(RUN, strange, [])).rejects.toThrow(ConfigError);
    expect(documents.entries).toEqual([]);
  });

  it('with corrections of earlier months are refused: nothing of them may be lost in silence', async () => {
    const { documents, system } = await openSite();
    const corrections = figures().map((one) => ({ ...one, period: '2026-10' }));

    await expect(system.handOver(RUN, figures(), corrections)).rejects.toThrow(/payroll\.correctedMonths .* to 0/);
    expect(documents.entries).toEqual([]);
  });

  it.each([
    ['is not there', []],
    ['is there twice', ['E-2', 'E-2']],
  ])('name every employee whose number %s, and make nothing', async (_, numbers) => {
    const { documents, system } = await openSite();
    documents.employees.splice(1, 1);
    documents.employees.push(
      ...numbers.map((employee_number, index) => ({
        ...{ name: `HR-EMP-0010${index}`, employee_number, company: COMPANY, monthly: 1 },
      })),
    );

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/number: E-2\. Mend it there/);
    expect(documents.entries).toEqual([]);
  });

  it('name every employee without a salary structure before anything is submitted, and go on once they have one', async () => {
    const { documents, system, standing } = await openSite();
    const [first, second] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(
      /would not pay \(no active salary structure .*: E-1\. Mend it there/,
    );
    expect(standing()).toEqual([]);
    delete second?.monthly;
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    Object.assign(second ?? {}, { monthly: 100 });
    await system.handOver(RUN, figures(), []);

    expect(documents.entries.map(({ docstatus }) => docstatus)).toEqual([1]);
  });

  const STEPS = [
    'GET Employee',
    'GET Payroll Entry',
    'POST Payroll Entry',
    'POST Payroll Entry fill_employee_details',
    'PUT Payroll Entry',
    'GET Salary Slip',
    'PUT Salary Slip',
  ];
  it.each(STEPS.flatMap((step) => (['before', 'after', 'late'] as const).map((cut) => [step, cut] as const)))(
    'whose reply to %s is lost (%s) are there once when they are handed over again',
    async (step, cut: Cut) => {
      const { server, documents, system, slipOf, submit } = await openSite();
      cutOnce(server, step, cut);
      await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(ConnectorTransientError);
      const handedOver = await again(() => system.handOver(RUN, figures(), []));
      submit();

      expect(documents.entries.map(({ docstatus }) => docstatus)).toEqual([1]);
      expect(documents.slips).toHaveLength(2);
      expect(slipOf('HR-EMP-00002')?.leave_without_pay).toBe(2);
      expect(await system.readAnswer(RUN, handedOver.digest)).toMatchObject({ status: 'calculated' });
    },
  );

  it.each(['before', 'after', 'late'] as const)(
    'take the place of earlier ones once where the reply is lost (%s)',
    async (cut) => {
      const { server, documents, system, standing } = await openSite();
      await system.handOver(RUN, figures('2'), []);
      cutOnce(server, 'PUT Payroll Entry', cut);
      await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(ConnectorTransientError);
      await again(() => system.handOver(RUN, figures('3'), []));

      expect(standing()).toHaveLength(1);
      expect(documents.entries).toHaveLength(2);
      expect(documents.slips.map(({ leave_without_pay }) => leave_without_pay).toSorted()).toEqual([0, 3]);
    },
  );

  it('do not take the place of earlier ones of which payroll has submitted the slips', async () => {
    const { system, documents, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures('2'), []);
    submit();
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });

    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(
      /submitted salary slips of earlier figures: cancel/,
    );
    expect(documents.entries.map(({ name }) => name)).toEqual([`payroll-run-2026-11-${digest.slice(0, 12)}`]);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
  });

  it('delete an entry of earlier ones that was never submitted', async () => {
    const { documents, system } = await openSite();
    const [first] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures('2'), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    const { digest } = await system.handOver(RUN, figures('3'), []);

    expect(documents.entries.map(({ name }) => name)).toEqual([`payroll-run-2026-11-${digest.slice(0, 12)}`]);
  });

  it.each(['before', 'after', 'late'] as const)('delete it once where the reply is lost (%s)', async (cut) => {
    const { server, documents, system, standing } = await openSite();
    const [first] = documents.employees;
    delete first?.monthly;
    await expect(system.handOver(RUN, figures('2'), [])).rejects.toThrow(ConnectorPermanentError);
    Object.assign(first ?? {}, { monthly: 100 });
    cutOnce(server, 'DELETE Payroll Entry', cut);
    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(ConnectorTransientError);
    await system.handOver(RUN, figures('3'), []);

    expect(documents.entries).toEqual(standing());
    expect(standing()).toHaveLength(1);
  });

  it('wait where Frappe HR takes long to take earlier ones back', async () => {
    const { documents, system, standing } = await openSite();
    await system.handOver(RUN, figures('2'), []);
    documents.queuesCancelling = true;
    await expect(system.handOver(RUN, figures('3'), [])).rejects.toThrow(/still taking Payroll Entry .* back/);
    documents.queuesCancelling = false;
    await system.handOver(RUN, figures('3'), []);

    expect(standing()).toHaveLength(1);
  });

  it('of more than thirty employees wait for the worker behind Frappe, and then go on', async () => {
    const { documents, system, standing, submit } = await openSite();
    const many = Array.from({ length: 40 }, (_, index) => `E-${index + 100}`);
    documents.employees.push(
      ...many.map((employee_number) => ({
        name: `HR-${employee_number}`,
        employee_number,
        company: COMPANY,
        monthly: 100,
      })),
    );
    const unpaid = [{ kind: 'unpaid', hours: '8', days: '1' }];
    const everybody = many.map((employeeId) => ({ employeeId, workingDays: 21, figures: unpaid }));
    await expect(system.handOver(RUN, everybody, [])).rejects.toThrow(/still making the salary slips/);
    await expect(system.handOver(RUN, everybody, [])).rejects.toThrow(ConnectorTransientError);
    documents.work();
    const { digest } = await system.handOver(RUN, everybody, []);
    expect(documents.slips.map(({ leave_without_pay }) => leave_without_pay)).toEqual(many.map(() => 1));
    submit();

    expect(standing()).toHaveLength(1);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated', employeeIds: many });
  });

  it('stop in time and go on where they stopped', async () => {
    const { documents, system } = await openSite({ budgetMs: 0 });
    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(/0 of 1 salary slips have their unpaid days/);

    expect(documents.slips).toHaveLength(2);
  });

  it('are not given to a Frappe that makes names of its own: nothing could be made once only', async () => {
    const { server, system } = await openSite();
    server.keepsNames = false;

    await expect(system.handOver(RUN, figures(), [])).rejects.toThrow(
      /does not keep the names .* delete Payroll Entry HR-PRUN/,
    );
  });
});

describe('the answer of Frappe HR', () => {
  it('is a rejection with its own words where it cannot make the slips, and another try once it can', async () => {
    const { documents, system, submit } = await openSite();
    documents.broken = 'Please set <b>Payroll based on</b> in Payroll settings\nCheck Error Log for more details.';
    const { digest } = await system.handOver(RUN, figures(), []);
    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'rejected',
      reasons: [{ reason: 'Please set Payroll based on in Payroll settings Check Error Log for more details.' }],
    });
    documents.broken = undefined;
    await system.handOver(RUN, figures(), []);
    submit();

    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
  });

  it('is a rejection where payroll cancels the entry, and the same figures can be handed over again', async () => {
    const { documents, system, standing } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    documents.changeEntry(standing()[0]?.name ?? '', 2);
    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'rejected' });
    const again = await system.handOver(RUN, figures(), []);

    expect(again).toEqual({ digest, reference: `Payroll Entry payroll-run-2026-11-${digest.slice(0, 12)}-1` });
    expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'none' });
  });

  it('is not believed where Frappe HR counts unpaid days of its own that the figures do not have', async () => {
    const { documents, system, submit } = await openSite();
    Object.assign(documents.employees[0] ?? {}, { ownUnpaidDays: 1 });
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();

    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'unfit',
      problems: ['E-1: it counts other unpaid days than the figures'],
    });
  });

  it('is not there while one slip is a draft, such as one that was taken back and amended', async () => {
    const { documents, system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const first = slipOf('HR-EMP-00001');
    const amended: Slip = { ...(first as Slip), name: `${first?.name}-1`, docstatus: 0 };
    Object.assign(first ?? {}, { docstatus: 2 });
    documents.slips.push(amended);
    expect(await system.readAnswer(RUN, digest)).toEqual({ status: 'none' });
    amended.docstatus = 1;

    expect(await system.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
    expect(await system.readPayslip(RUN, digest, 'E-1')).toMatchObject({ employeeId: 'E-1' });
  });

  it('is not believed with two slips of one employee, or one of somebody else', async () => {
    const { documents, system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const slip = slipOf('HR-EMP-00001') as Slip;
    documents.slips.push({ ...slip, name: 'Sal Slip/1/00009' }, { ...slip, name: 'x', employee: 'HR-EMP-00003' });

    expect(await system.readAnswer(RUN, digest)).toEqual({
      status: 'unfit',
      problems: ['HR-EMP-00003 is not among the employees of the figures', 'E-1: has more than one payslip'],
    });
    await expect(system.readPayslip(RUN, digest, 'E-1')).rejects.toThrow(ConnectorPermanentError);
  });

  it('shows components outside the total as the employer’s, and a loan as a deduction', async () => {
    const { system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    const slip = slipOf('HR-EMP-00001') as Slip;
    slip.total_loan_repayment = 0.3;
    slip.net_pay = (Math.round(slip.net_pay * 100) - 30) / 100;

    const { lines, net } = await system.readPayslip(RUN, digest, 'E-1');
    expect(lines).toEqual([
      { kind: 'earning', item: 'Basic', amount: '12345.67' },
      { kind: 'deduction', item: 'Pension', amount: '987.65' },
      { kind: 'employer', item: "Employer's pension", amount: '1975.3' },
      { kind: 'deduction', item: 'Loan repayment', amount: '0.3' },
    ]);
    expect(net).toBe('11357.72');
  });

  it('is refused where the lines of a payslip are not its total', async () => {
    const { system, slipOf, submit } = await openSite();
    const { digest } = await system.handOver(RUN, figures(), []);
    submit();
    Object.assign(slipOf('HR-EMP-00001')?.earnings[0] ?? {}, { amount: 1 });

    await expect(system.readPayslip(RUN, digest, 'E-1')).rejects.toThrow(/E-1 .* net is not earnings less deductions$/);
  });
});

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

function cutOnce(server: FrappeServer, step: string, cut: Cut): void {
  let isCut = false;
  server.cut = (call) => {
    const chosen = call === step && !isCut ? cut : undefined;
    isCut ||= chosen !== undefined;
    return chosen;
  };
}

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

/** As the state machine does: again while it may succeed later. */
async function again<T>(call: () => Promise<T>): Promise<T> {
  for (let attempts = 0; attempts < 3; attempts += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ConnectorTransientError)) {
        throw error;
      }
    }
  }
  return call();
}
