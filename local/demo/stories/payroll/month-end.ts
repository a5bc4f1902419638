import { createHash } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { dayOf } from '../../../../functions/calendar/domain/calendar.ts';
import { periodBefore } from '../../../../functions/payroll/domain/period.ts';
import { clientOptions } from '../../../cloud/aws.ts';
import { type LocalCloud, output } from '../../../cloud/start.ts';
import { createTimeSheets } from '../../../tryton/time-sheets.ts';
import { decideByMail, nextMail, openLink } from '../../approver.ts';
import { waitFor } from '../../wait-for.ts';
import { companyToday, workingDaysFrom } from '../company-days.ts';
import { demand, demoDirectory, type Story } from '../stage.ts';
import { payslipsGoOut, runOf } from './payslips.ts';

const OPERATORS = 'operators@meridian.example';
/** Whose time sheet says something that nobody granted. */
const EMPLOYEE = 'E-1005';
const OTHER = 'E-1006';

export const monthEnd: Story = {
  title: 'Month end (月结): an absence that nobody granted holds the figures back; payroll calculates; payslips go out',
  async play(stage) {
    const { cloud, say } = stage;
    const period = periodBefore(companyToday());
    const [day = ''] = await workingDaysFrom(dayOf(`${period}-10`) - dayOf(companyToday()), 1);
    const sheets = createTimeSheets(cloud.tryton, cloud.tryton.logins.admin);
    await sheets.enter(EMPLOYEE, 'unpaid', day, 8);
    say(`somebody typed 8 h of unpaid leave of ${EMPLOYEE} on ${day} into Tryton; no request says so`);

    await start(cloud, period);
    const mail = await nextMail(cloud.endpoint, OPERATORS, `Attendance ${period}`, new Set());
    const { html } = await openLink(mail.links[0] ?? '');
    demand(html.includes(EMPLOYEE) && html.includes(day), `the operators are not shown ${EMPLOYEE} on ${day}`);
    demand((await figures(cloud, period)) === undefined, 'figures were handed over although both sides differ');
    say(`the run asks the operators about ${EMPLOYEE}, and shows them both values; nothing was handed over`);

    await sheets.strike(EMPLOYEE, 'unpaid', day);
    await decideByMail(mail, 'retry');
    const file = await waitFor(`the figures of ${period}`, () => figures(cloud, period));
    const digest = createHash('sha256').update(file.text).digest('hex');
    demand(file.checksum.startsWith(digest), `the checksum beside the file is not ${digest}`);
    const rows = file.text.split('\r\n').filter((row) => row.includes(',worked,'));
    const active = (await demoDirectory()).people.filter((person) => person.active);
    demand(rows.length === active.length, `the file has ${rows.length} employees, and the company ${active.length}`);
    demand(!file.text.includes('unpaid'), 'the absence that was struck is in the figures');
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
          ['PayrollPointsOpened', { differing: 1 }],
          ['PayrollFiguresHandedOver', { digest }],
          ['PayrollCalculated', { payslips: active.length }],
        ],
      },
      {
        processId: `attendance-difference-${period}-${EMPLOYEE}-1`,
        expected: [
          ['DifferenceOpened', { period, differences: 1 }],
          ['DecisionMade', { action: 'retry' }],
          ['DifferenceClosed', { outcome: 'corrected' }],
        ],
      },
      ...payslips,
    ];
  },
};

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
