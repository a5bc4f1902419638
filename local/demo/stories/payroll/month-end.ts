import { createHash } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { dayOf } from '../../../../functions/calendar/domain/calendar.ts';
import { periodBefore } from '../../../../functions/payroll/domain/period.ts';
import { clientOptions } from '../../../cloud/aws.ts';
import { type LocalCloud, output } from '../../../cloud/start.ts';
import { createTimeSheets } from '../../../tryton/time-sheets.ts';
import { decideByMail, nextMail, openLink } from '../../approver.ts';
import type { Mail } from '../../mailbox.ts';
import { waitFor } from '../../wait-for.ts';
import { companyToday, workingDaysFrom } from '../company-days.ts';
import { demand, demoDirectory, type ExpectedRecord, type Story } from '../stage.ts';
import { CLOCKED, monthOnTheClock } from './on-the-clock.ts';
import { payslipsGoOut, runOf } from './payslips.ts';

const OPERATORS = 'operators@meridian.example';
/** Whose time sheet says something that nobody granted. */
const EMPLOYEE = 'E-1005';
const OTHER = 'E-1006';

export const monthEnd: Story = {
  title:
    'Month end (月结): an absence that nobody granted and a day without clocking hold the figures back; payroll calculates; payslips go out',
  async play(stage) {
    const { cloud, say } = stage;
    const period = periodBefore(companyToday());
    const [day = ''] = await workingDaysFrom(dayOf(`${period}-10`) - dayOf(companyToday()), 1);
    const sheets = createTimeSheets(cloud.tryton, cloud.tryton.logins.admin);
    await sheets.enter(EMPLOYEE, 'unpaid', day, 8);
    say(`somebody typed 8 h of unpaid leave of ${EMPLOYEE} on ${day} into Tryton; no request says so`);
    const clocked = await monthOnTheClock(cloud, period, day);
    say(`${CLOCKED} clocks in and out on every working day of ${period} but ${day}; no request says why`);

    await start(cloud, period);
    const mail = await asked(cloud, EMPLOYEE, [day, 'unpaid', '0 / 8']);
    const mailOfClock = await asked(cloud, CLOCKED, [day, 'presence', '8 / 0']);
    demand((await figures(cloud, period)) === undefined, 'figures were handed over although both sides differ');
    say(`the run asks the operators about each of them, and shows both values; nothing was handed over`);

    await sheets.strike(EMPLOYEE, 'unpaid', day);
    await decideByMail(mail, 'retry');
    await clocked.enterMissingDay();
    await decideByMail(mailOfClock, 'retry');
    say(`the leave is struck out, and personnel enters the day that ${CLOCKED} forgot to clock: both are read again`);
    const file = await waitFor(`the figures of ${period}`, () => figures(cloud, period));
    const digest = createHash('sha256').update(file.text).digest('hex');
    demand(file.checksum.startsWith(digest), `the checksum beside the file is not ${digest}`);
    const rows = file.text.split('\r\n').filter((row) => row.includes(',worked,'));
    const active = (await demoDirectory()).people.filter((person) => person.active);
    demand(rows.length === active.length, `the file has ${rows.length} employees, and the company ${active.length}`);
    demand(!file.text.includes('unpaid'), 'the absence that was struck is in the figures');
    const worked = rows.find((row) => row.includes(CLOCKED));
    demand(worked === clocked.row, `the row of ${CLOCKED} is ${worked}, and not ${clocked.row}`);
    say(`the file has ${rows.length} employees; its SHA-256 is the one beside it: ${digest}`);

    const month = { period, figures: file.text, disputes: EMPLOYEE, confirms: OTHER };
    const payslips = await payslipsGoOut(stage, month);

    const again = await start(cloud, period);
    await waitFor('a second run of the month to end', async () => {
      const { status, output: said = '' } = await again.describe();
      demand(status !== 'FAILED', 'a second run of the month failed');
      return status === 'SUCCEEDED' && said.includes('"duplicate"') ? true : undefined;
    });
    say('a second start of the same month ended as a duplicate: the figures are handed over once');
    return [
      {
        processId: runOf(period),
        expected: [
          ['PayrollRunOpened', { period }],
          ['PayrollPointsOpened', { differing: 2 }],
          ['PayrollFiguresHandedOver', { digest }],
          ['PayrollCalculated', { payslips: active.length }],
        ],
      },
      ...[EMPLOYEE, CLOCKED].map(
        (employeeId): ExpectedRecord => ({
          processId: `attendance-difference-${period}-${employeeId}-1`,
          expected: [
            ['DifferenceOpened', { period, differences: 1 }],
            ['DecisionMade', { action: 'retry' }],
            ['DifferenceClosed', { outcome: 'corrected' }],
          ],
        }),
      ),
      ...payslips,
    ];
  },
};

/** The operators' question about an employee, which shows all these words. */
async function asked({ endpoint }: LocalCloud, employeeId: string, words: readonly string[]): Promise<Mail> {
  const mail = await nextMail(endpoint, OPERATORS, `(${employeeId})`, new Set());
  const { html } = await openLink(mail.links[0] ?? '');
  const missing = words.filter((word) => !html.includes(word));
  demand(missing.length === 0, `the operators are not shown ${missing.join(', ')} of ${employeeId}`);
  return mail;
}

/** As the schedule does, but for one month. */
async function start({ engineUrl, outputs }: LocalCloud, period: string) {
  const client = new SFNClient(clientOptions(engineUrl));
  const { executionArn } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: output(outputs, 'PayrollRunArn'),
      input: JSON.stringify({ period }),
    }),
  );
  return { describe: () => client.send(new DescribeExecutionCommand({ executionArn })) };
}

/** The file and what lies beside it, read without any of Meridian's code; undefined: there is none. */
async function figures({ endpoint, outputs }: LocalCloud, period: string) {
  const client = new S3Client({ ...clientOptions(endpoint), forcePathStyle: true });
  const read = async (name: string) => {
    const object = await client.send(
      new GetObjectCommand({ Bucket: output(outputs, 'PayrollBucketName'), Key: `figures/${name}` }),
    );
    return object.Body?.transformToString() ?? '';
  };
  try {
    const name = `payroll-run-${period}.csv`;
    return { text: await read(name), checksum: await read(`${name}.sha256`) };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
