/** A payroll system that announces nothing: what it says is heard by asking. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFrappeHr } from '../../functions/connectors/payroll/frappe/frappe-hr.ts';
import { createFrappeSite } from '../../functions/connectors/payroll/frappe/site.ts';
import { calculatePayslips } from '../../local/demo/payroll-desk.ts';
import { FrappeServer, KEY } from '../support/frappe-hr/server.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD, people } from '../support/payroll-world.ts';

const COMPANY = 'Lingnan Precision';

/** Without S3's word of their arrival. */
async function writeUnheard(world: PayrollWorld): Promise<void> {
  for (const [end, body] of Object.entries(calculatePayslips(`payroll-run-${PERIOD}.csv`, world.fileText()))) {
    await world.answers.putObject({ bucket: PAYROLL_BUCKET, key: `answers/payroll-run-${PERIOD}.${end}`, body });
  }
}

describe('a payroll run whose answer nobody announces', () => {
  it('goes on when payroll is asked, and is asked about no more', async () => {
    const world = new PayrollWorld();
    await world.begin();
    expect(await world.poll()).toEqual({ asked: 1 });
    expect(await world.phase()).toBe('Payroll');
    await writeUnheard(world);
    await world.poll();
    expect(await world.poll()).toEqual({ asked: 0 });
    await world.confirmOthers('');

    await world.handInAsItIs({ record: 'completed', erp: `${ACTIVE} rows` });
  });

  it('is waited for where payroll cannot be asked, and the function fails for all to see', async () => {
    const world = new PayrollWorld({
      system: () => ({
        handOver: async () => ({ reference: 'x', digest: 'f'.repeat(64) }),
        readAnswer: async () => {
          if (failing.isDown) {
            throw new Error('down');
          }
          return { status: 'none' };
        },
        readPayslip: async () => {
          throw new Error('none');
        },
      }),
    });
    const failing = { isDown: false };
    await world.begin();
    failing.isDown = true;

    await expect(world.poll()).rejects.toThrow('down');
    expect(await world.phase()).toBe('Payroll');
  });

  it('is none before a run was started', async () => {
    expect(await new PayrollWorld().poll()).toEqual({ asked: 0 });
  });
});

describe('a payroll run with Frappe HR', () => {
  const server = new FrappeServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it('goes from attendance to payslips that their employees confirm', async () => {
    const { documents } = server;
    documents.employees.push(
      ...people.map(({ employeeId }) => ({
        ...{ name: `HR-${employeeId}`, employee_number: employeeId, company: COMPANY, monthly: 1_500_000 },
      })),
    );
    const site = createFrappeSite({ url: server.url, key: async () => KEY });
    const settings = {
      ...{ url: server.url, company: COMPANY, currency: 'CNY', payableAccount: 'Payroll Payable - LP' },
      unpaid: {},
    };
    const world = new PayrollWorld({ system: (files) => createFrappeHr({ site, settings, files }) });
    await world.begin();
    await world.poll();
    expect(await world.phase()).toBe('Payroll');
    documents.submitSlips(documents.entries[0]?.name ?? '');
    await world.poll();
    await world.confirmOthers('');

    const [handedOver] = (await world.record()).filter(({ type }) => type === 'PayrollFiguresHandedOver');
    expect(handedOver?.facts.reference).toBe(`Payroll Entry ${documents.entries[0]?.name}`);
    expect((await world.payslips.find(people[0]?.employeeId ?? '', PERIOD))?.payslip).toMatchObject({
      net: '13800',
      lines: [
        { kind: 'earning', item: 'Basic', amount: '15000' },
        { kind: 'deduction', item: 'Pension', amount: '1200' },
        { kind: 'employer', item: "Employer's pension", amount: '2400' },
      ],
    });
    await world.handInAsItIs({ record: 'completed', erp: `${ACTIVE} rows` });
  });
});
