/**
 * Amounts of payslips are the employee's alone: whatever payroll's files look like, none stands in a log, the record, a mail,
 * a task or an error. The handlers run as they are deployed, on what the tests of the machine stand on.
 */
import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestOfFile } from '../../functions/payroll/domain/payroll-file.ts';
import { payslipId } from '../../functions/payslips/domain/payslip-process.ts';
import { calculatePayslips, rejectFigures } from '../../local/demo/payroll-desk.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { filesIn, PayrollWorld, PERIOD, people } from '../support/payroll-world.ts';

const EMPLOYEE = 'E-1001';
const RUN = `payroll-run-${PERIOD}`;
const context = { awsRequestId: 'request-1', functionName: 'function' } as Context;
let world: PayrollWorld;
let logged = '';
let handlers: {
  readonly publish: typeof import('../../functions/payslips/publish-payslip.handler.ts');
  readonly awaitPayslip: typeof import('../../functions/payslips/await-payslip.handler.ts');
  readonly record: typeof import('../../functions/payroll/record-payroll-answer.handler.ts');
};

const VARIABLES = {
  ...{ RECORD_TABLE: 'record', PERSONAL_TABLE: 'personal', WORK_TABLE: 'work', PAYROLL_SYSTEM: '' },
  ...{ PAYROLL_BUCKET, PAYSLIP_BUCKET: PAYROLL_BUCKET, COMPANY_CURRENCY: 'CNY', COMPANY_TIME_ZONE: 'Asia/Shanghai' },
  ...{ ALARM_GROUP: 'a', ALARM_TARGET_ARN: 'a', ALARM_ROLE_ARN: 'a', ALARM_DEAD_LETTER_ARN: 'a' },
};

// Other files share the modules of this one: it loads its own, and leaves none behind.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('../../functions/runtime/wiring.ts', () => ({ processDeps: () => world.pageDeps() }));
  vi.doMock('../../functions/runtime/company-files.ts', () => ({
    companyDirectory: () => world.directory,
    companyPolicies: () => ({}),
    companyCalendar: () => undefined,
  }));
  vi.doMock('../../functions/runtime/alarms.ts', () => ({ waitAlarms: () => world.alarms }));
  vi.doMock('../../functions/runtime/payroll.ts', () => ({
    payrollSystem: () => world.payroll(),
    payslipStore: () => world.payslips,
  }));
  const [publish, awaitPayslip, record] = await Promise.all([
    import('../../functions/payslips/publish-payslip.handler.ts'),
    import('../../functions/payslips/await-payslip.handler.ts'),
    import('../../functions/payroll/record-payroll-answer.handler.ts'),
  ]);
  handlers = { publish, awaitPayslip, record };
});

beforeEach(() => {
  logged = '';
  for (const [name, value] of Object.entries(VARIABLES)) {
    vi.stubEnv(name, value);
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      logged += String(text);
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

afterAll(() => {
  for (const name of ['wiring', 'company-files', 'alarms', 'payroll']) {
    vi.doUnmock(`../../functions/runtime/${name}.ts`);
  }
  vi.resetModules();
});

/** A month that was handed over, and what payroll answers of it. */
async function handedOver() {
  world = new PayrollWorld();
  await world.begin();
  const figures = world.fileText();
  const good = calculatePayslips(`${RUN}.csv`, figures, { [EMPLOYEE]: '96.37' });
  /** Payslips as given, acknowledged with their own checksum; nobody is told of them yet. */
  const write = async (payslips: string) => {
    const acknowledgement = `${digestOfFile(figures)}  ${RUN}.csv\n${sha256(payslips)}  ${RUN}.payslips.csv\n`;
    const files = filesIn(world.answers);
    await files.write(`answers/${RUN}.payslips.csv`, payslips);
    await files.write(`answers/${RUN}.accepted.sha256`, acknowledgement);
  };
  return { write, payslips: good['payslips.csv'] };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** S3 tells the worker that the acknowledgement is there. */
function hear() {
  const body = JSON.stringify({ Records: [{ s3: { object: { key: `answers/${RUN}.accepted.sha256` } } }] });
  const event = { Records: [{ messageId: 'message-1', body }] };
  return failureOf(handlers.record.handler(event as never, context));
}

/** What a handler fails with, as Lambda would log and report it; empty: it did not. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    const chain = [];
    for (let one: unknown = error; one instanceof Error; one = one.cause) {
      chain.push(one.name, one.message, one.stack);
    }
    return chain.join('\n');
  }
}

/** Everything that anybody but the employee could read. */
async function readable(): Promise<string> {
  const processes = [RUN, ...people.map(({ employeeId }) => payslipId(PERIOD, employeeId))];
  const records = await Promise.all(
    processes.map(async (id) => [await world.store.readRecord(id), await world.store.readPersonal(id)]),
  );
  return JSON.stringify([logged, world.mails, world.notices, world.store.effects(), await world.shown(), records]);
}

/** Of a file, as they are written in it, without what any other number might be. */
function amountsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\d[\d,]{2,}\.\d+/g)].map(([amount]) => amount))];
}

async function expectNoAmount(files: readonly string[], failures: readonly string[]): Promise<void> {
  const text = `${await readable()}${failures.join('\n')}`;
  const amounts = files.flatMap(amountsIn);
  expect(amounts.length).toBeGreaterThan(8);
  expect(amounts.filter((amount) => text.includes(amount))).toEqual([]);
}

const MALFORMED: readonly (readonly [string, (text: string) => string])[] = [
  ['no heading', (text) => text.slice(text.indexOf('\r\n') + 2)],
  [
    'columns in another order',
    (text) => text.replace('period,employeeId,kind,item,amount', 'amount,kind,period,item,employeeId'),
  ],
  [
    'the columns of amounts and employees mixed up',
    (text) => text.replace('employeeId', 'x').replace('amount', 'employeeId').replace('x', 'amount'),
  ],
  ['amounts with groups', (text) => text.replaceAll(/,(\d+)(\d{3}\.\d\d),/g, ',"$1,$2",')],
  ['amounts with a currency sign', (text) => text.replaceAll(/,(\d+\.\d\d),/g, ',¥$1,')],
  ['another separator', (text) => text.replaceAll(',', ';')],
  ['an open quote', (text) => text.replace(/,(\d+\.\d\d),/, ',"$1,')],
  ['a net that does not add up', (text) => text.replaceAll(/,net,,/g, ',net,,9')],
  ['fractions of a fen', (text) => text.replaceAll(/(\.\d\d),CNY/g, '$17,CNY')],
  ['amounts in the place of the currency', (text) => text.replaceAll(/,(\d+\.\d\d),CNY/g, ',$1,$1')],
  ['amounts in the place of the month', (text) => text.replaceAll(/^2025-12(.*?),(\d+\.\d\d),/gm, '$2$1,$2,')],
  ['amounts in the place of the kind', (text) => text.replaceAll(/,net,,(\d+\.\d\d)/g, ',$1,,$1')],
  ['JSON instead', (text) => JSON.stringify({ text })],
];

describe('amounts of payslips', () => {
  it('stand nowhere but in the payslip, when all is well', async () => {
    const { write, payslips } = await handedOver();
    await write(payslips);
    const failures = [await hear()];
    await world.run();
    failures.push(await failureOf(handlers.publish.handler({ processId: payslipId(PERIOD, EMPLOYEE) }, context)));

    expect(failures).toEqual(['', '']);
    expect((await world.payslips.find(EMPLOYEE, PERIOD))?.payslip.net).toMatch(/^\d+\.\d+$/);
    await expectNoAmount([payslips], failures);
  });

  it.each(MALFORMED)('stand nowhere when payroll writes %s, then and after everybody was told', async (_, change) => {
    // Prepare
    const { write, payslips } = await handedOver();
    const malformed = change(payslips);
    expect(malformed).not.toBe(payslips);

    // Act
    await write(malformed);
    const failures = [await hear()];
    await world.run();
    expect(world.mails.at(-1)?.text).toContain('cannot be used');
    await write(payslips);
    failures.push(await hear());
    await world.run();
    await write(malformed);
    const processId = payslipId(PERIOD, EMPLOYEE);
    failures.push(await failureOf(handlers.publish.handler({ processId }, context)));
    failures.push(await failureOf(handlers.awaitPayslip.handler({ processId, waitId: 'w', token: 't' }, context)));

    // Assess
    expect(failures[2]).toContain('ConnectorPermanentError');
    expect(logged).toContain('"message":"failed"');
    await expectNoAmount([payslips, malformed], failures);
  });

  it('stand neither in what operators are shown of a rejection, nor in its mail, however payroll writes them', async () => {
    // Prepare
    await handedOver();
    const written = ['15960.37', '15,960.37', '15.960,37', '15960', '1 675'];
    const files = [
      ...written.map((amount) => ({ [EMPLOYEE]: `"gross ${amount} is above"` })),
      { '15960.37': 'is above the band' },
    ].map((reasons) => rejectFigures(world.fileText(), reasons));
    const [heading = ''] = files[0]?.split('\r\n') ?? [];

    // Act
    await world.payrollWrites(
      `answers/${RUN}.rejected.csv`,
      `${heading}\r\n${files.map((text) => text.slice(heading.length + 2)).join('')}`,
    );

    // Assess
    expect(await world.shown()).toContain(`Payroll says of ${EMPLOYEE}: gross (amount) is above`);
    expect(world.mails.at(-1)?.text).not.toContain('gross');
    expect((await readable()).match(/15.?960|1.?675/g)).toBeNull();
  });

  it('stand in no error of a bucket in which a payslip cannot be read', async () => {
    const { createS3Payslips } = await import('../../functions/payroll/s3/s3-payslips.ts');
    const client = new S3Client({ region: 'eu-central-1' });
    const texts = ['{"net":"15960.37"', '"15960.37"', '{"net":15960.37,"lines":[{"amount":"x15960.37"}]}'];
    for (const text of texts) {
      vi.spyOn(client, 'send').mockResolvedValue({ Body: { transformToString: async () => text } } as never);
      const error: unknown = await createS3Payslips(client, 'payslips')
        .find(EMPLOYEE, PERIOD)
        .catch((thrown) => thrown);

      expect(error).toMatchObject({ name: 'ConnectorTransientError' });
      expect(error instanceof Error ? error.message : '15960').not.toContain('15960');
    }
  });
});
