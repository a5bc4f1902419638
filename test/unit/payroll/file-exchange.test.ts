import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileExchange, runOfAnswer } from '../../../functions/connectors/payroll/files/file-exchange.ts';
import type { EmployeeFigures } from '../../../functions/payroll/domain/payroll-file.ts';
import { calculatePayslips, rejectFigures } from '../../../local/demo/payroll-desk.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { PAYROLL_BUCKET } from '../../support/machines.ts';
import { filesIn } from '../../support/payroll-world.ts';

const RUN = { processId: 'payroll-run-2026-11', period: '2026-11' };
const ACKNOWLEDGEMENT = `answers/${RUN.processId}.accepted.sha256`;
const PAYSLIPS = `answers/${RUN.processId}.payslips.csv`;
const REJECTION = `answers/${RUN.processId}.rejected.csv`;

function figuresOf(employeeId: string, hours = '168'): EmployeeFigures {
  return { employeeId, workingDays: 21, figures: [{ kind: 'worked', hours, days: '21' }] };
}

/** Figures of two employees that were handed over, and what payroll would answer. */
async function handedOver() {
  const buckets = { figures: memoryObjects(), answers: memoryObjects() };
  const exchange = createFileExchange({ figures: filesIn(buckets.figures), answers: filesIn(buckets.answers) });
  const { digest, reference } = await exchange.handOver(RUN, [figuresOf('E-1'), figuresOf('E-2')], []);
  const figures = buckets.figures.objects(PAYROLL_BUCKET)[reference] ?? '';
  const write = (key: string, body: string) => buckets.answers.putObject({ bucket: PAYROLL_BUCKET, key, body });
  const files = calculatePayslips(`${RUN.processId}.csv`, figures);
  /** Payslips as given, acknowledged with their own checksum. */
  const answerWith = async (payslips: string) => {
    await write(PAYSLIPS, payslips);
    await write(
      ACKNOWLEDGEMENT,
      `${digest}  ${RUN.processId}.csv\n${sha256(payslips)}  ${RUN.processId}.payslips.csv\n`,
    );
    return exchange.readAnswer(RUN, digest);
  };
  return { exchange, digest, figures, files, write, answerWith };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a payroll system that exchanges files', () => {
  it('says nothing until it acknowledges exactly these figures', async () => {
    const { exchange, digest, files, write } = await handedOver();
    expect(await exchange.readAnswer(RUN, digest)).toEqual({ status: 'none' });
    await write(PAYSLIPS, files['payslips.csv']);
    expect(await exchange.readAnswer(RUN, digest)).toEqual({ status: 'none' });
    await write(ACKNOWLEDGEMENT, files['accepted.sha256']);

    expect(await exchange.readAnswer(RUN, digest)).toEqual({ status: 'calculated', employeeIds: ['E-1', 'E-2'] });
    expect(await exchange.readAnswer(RUN, 'f'.repeat(64))).toEqual({ status: 'none' });
    expect(await exchange.readPayslip(RUN, digest, 'E-1')).toMatchObject({ employeeId: 'E-1', currency: 'CNY' });
    await expect(exchange.readPayslip(RUN, digest, 'E-3')).rejects.toMatchObject({ name: 'ConnectorPermanentError' });
  });

  it('is heard in a checksum file of Windows as well', async () => {
    const { exchange, digest, files, write } = await handedOver();
    await write(PAYSLIPS, files['payslips.csv']);
    const upper = files['accepted.sha256'].replaceAll(/[0-9a-f]{64} {2}/g, (sum) => `${sum.trim().toUpperCase()} *`);
    await write(ACKNOWLEDGEMENT, upper.replaceAll('\n', '\r\n'));

    expect(await exchange.readAnswer(RUN, digest)).toMatchObject({ status: 'calculated' });
  });

  it('rejects with its reasons, of these figures only', async () => {
    const { exchange, digest, figures, write } = await handedOver();
    await write(REJECTION, rejectFigures(figures, { 'E-1': 'no contract', '': 'the month is closed' }));

    expect(await exchange.readAnswer(RUN, digest)).toEqual({
      status: 'rejected',
      reasons: [{ employeeId: 'E-1', reason: 'no contract' }, { reason: 'the month is closed' }],
    });
    expect(await exchange.readAnswer(RUN, 'f'.repeat(64))).toEqual({ status: 'none' });
  });

  it('cannot both reject and acknowledge', async () => {
    const { exchange, digest, figures, write, answerWith, files } = await handedOver();
    await answerWith(files['payslips.csv']);
    await write(REJECTION, rejectFigures(figures, { '': 'the month is closed' }));

    expect(await exchange.readAnswer(RUN, digest)).toMatchObject({ status: 'unfit' });
  });

  it.each([
    ['no heading', '', /no CSV|has no payslip/],
    ['an employee left out', (text: string) => text.replaceAll(/^.*E-2.*\r\n/gm, ''), /^E-2 has no payslip$/],
    ['somebody who is not in the figures', (text: string) => text.replaceAll('E-2', 'E-9'), /E-9 .*not among/],
    ['another month', (text: string) => text.replaceAll('2026-11', '2026-10'), /a row is not of 2026-11/],
    ['two currencies', (text: string) => text.replace('CNY', 'USD'), /more than one currency/],
    [
      'an amount that is none',
      (text: string) => text.replace(/,\d+\.\d\d,/, ',1e3,'),
      /line 2, amount: must be a plain decimal/,
    ],
    [
      'a net that is not what is left',
      (text: string) => text.replace(/,net,,\d+/, ',net,,1'),
      /net is not earnings less/,
    ],
    [
      'a fraction of a fen',
      (text: string) => text.replaceAll(/(\.\d\d),CNY/g, '$15,CNY'),
      /more digits after the point/,
    ],
    ['no net', (text: string) => text.replace(/^.*,net,.*\r\n/m, ''), /exactly one row of kind net/],
    ['a line without a name', (text: string) => text.replace('工资 Salary', ''), /a line has no item/],
  ])('is not believed with %s, and told where without an amount', async (_, change, problem) => {
    const { files, answerWith } = await handedOver();
    const text = typeof change === 'string' ? change : change(files['payslips.csv']);

    const answer = await answerWith(text);

    expect(answer.status).toBe('unfit');
    const problems = answer.status === 'unfit' ? answer.problems : [];
    expect(problems.join('\n')).toMatch(problem);
    for (const [, amount = ''] of text.matchAll(/,(\d+\.\d+),CNY/g)) {
      expect(problems.join('\n')).not.toContain(amount);
    }
  });

  it('tells no amount that stands in the column of employees', async () => {
    const { exchange, write } = await handedOver();
    const { digest } = await exchange.handOver(RUN, [figuresOf('1001')], []);
    const text = 'period,amount,kind,item,employeeId,currency\r\n2026-11,1001,net,,15960.00,CNY\r\n';
    await write(PAYSLIPS, text);
    await write(ACKNOWLEDGEMENT, `${digest}  ${RUN.processId}.csv\n${sha256(text)}  ${RUN.processId}.payslips.csv\n`);

    const answer = await exchange.readAnswer(RUN, digest);

    expect(answer).toMatchObject({ status: 'unfit' });
    expect(JSON.stringify(answer)).toContain('a number (line 2): is not among the employees of the figures');
    expect(JSON.stringify(answer)).not.toContain('15960');
  });

  it('is not believed with payslips that are not those of the acknowledgement, or not there', async () => {
    const { exchange, digest, files, write } = await handedOver();
    await write(ACKNOWLEDGEMENT, files['accepted.sha256']);
    expect(await exchange.readAnswer(RUN, digest)).toMatchObject({ status: 'unfit' });
    await write(PAYSLIPS, `${files['payslips.csv']}\r\n`);

    expect(await exchange.readAnswer(RUN, digest)).toMatchObject({ status: 'unfit' });
  });

  it('gets the same digest for the same figures in any order, and another for others', async () => {
    const buckets = { figures: memoryObjects(), answers: memoryObjects() };
    const exchange = createFileExchange({ figures: filesIn(buckets.figures), answers: filesIn(buckets.answers) });
    const employee = fc.tuple(fc.stringMatching(/^E-\d{1,4}$/), fc.integer({ min: 0, max: 200 }));
    const employees = fc.uniqueArray(employee, { selector: ([id]) => id, minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(employees, async (people) => {
        const figures = people.map(([id, hours]) => figuresOf(id, String(hours)));
        const { digest } = await exchange.handOver(RUN, figures, []);
        const turned = await exchange.handOver(RUN, figures.toReversed(), []);
        const other = await exchange.handOver(RUN, [...figures.slice(1), figuresOf(people[0]?.[0] ?? '', '999')], []);
        expect([turned.digest === digest, other.digest === digest]).toEqual([true, false]);
      }),
      { numRuns: 50 },
    );
  });

  it('asks for a payslip of whoever has a correction only, and names another digest for it', async () => {
    const { exchange, digest, files, answerWith } = await handedOver();
    const correction = { ...figuresOf('E-3', '-8'), period: '2026-10' };
    const corrected = await exchange.handOver(RUN, [figuresOf('E-1'), figuresOf('E-2')], [correction]);
    expect(corrected.digest).not.toBe(digest);
    await answerWith(files['payslips.csv']);
    expect(await exchange.readAnswer(RUN, digest)).toMatchObject({ problems: ['E-3 has no payslip'] });
  });

  it.each([
    ['answers/payroll-run-2026-11.accepted.sha256', 'payroll-run-2026-11'],
    ['answers/payroll-run-2026-11.rejected.csv', 'payroll-run-2026-11'],
    ['answers/payroll-run-2026-11.payslips.csv', undefined],
    ['payslips/E-1/2026-11.json', undefined],
    ['answers/../x.rejected.csv', undefined],
  ])('%s announces %s', (key, run) => {
    expect(runOfAnswer(key)).toBe(run);
  });
});
