/** Payroll calculates; one employee disputes their payslip, another confirms theirs, and nobody else reads either. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientOptions } from '../../../cloud/aws.ts';
import { type LocalCloud, output } from '../../../cloud/start.ts';
import { fieldIn, type Shown, SignInBrowser } from '../../../identity/sign-in-browser.ts';
import { decideByMail, nextMail, openLink } from '../../approver.ts';
import { calculatePayslips } from '../../payroll-desk.ts';
import { demand, type ExpectedRecord, type Stage } from '../stage.ts';

const OPERATORS = 'operators@meridian.example';
const REASON = 'The night shift of the 12th is missing';

/** People are named by their ids. `figures`: the file that payroll was given. */
export interface PaidMonth {
  readonly period: string;
  readonly figures: string;
  readonly disputes: string;
  readonly confirms: string;
}

/** @returns the records of both payslips */
export async function payslipsGoOut(stage: Stage, month: PaidMonth): Promise<readonly ExpectedRecord[]> {
  const { cloud, say } = stage;
  const { period, disputes, confirms } = month;
  await stage.recorded({ processId: runOf(period), expected: [['WaitOpened', { kind: 'payroll' }]] });
  await payrollAnswers(cloud, month);
  const [page = ''] = (await stage.mailTo(disputes, period)).links;
  demand(page.endsWith(`/me/payslips/${period}`), `the mail to ${disputes} does not lead to their payslip`);
  demand(!(await openLink(page)).html.includes('社会保险'), 'a payslip was shown without sign-in');
  say(`payroll has calculated; ${disputes} is told, without an amount, and has to sign in to read it`);

  const one = await payslipPage(cloud, disputes, period);
  await answer(one, { do: 'disputed', reason: REASON });
  const mail = await nextMail(cloud.endpoint, OPERATORS, `Payslip ${period}`, new Set());
  const { html } = await openLink(mail.links[0] ?? '');
  demand(html.includes(REASON), 'the operators are not shown what is wrong');
  demand(!amountsOn(one.shown).some((amount) => html.includes(amount)), 'the operators are shown an amount');
  await decideByMail(mail, 'skip', 'It is paid with the next month');
  say(`${disputes} says what is wrong; the operators read the words and no amount, and let it stand`);

  await stage.mailTo(confirms, period);
  const other = await payslipPage(cloud, confirms, period);
  const confirmed = await answer(other, { do: 'confirmed' });
  demand(confirmed.html.includes('You have confirmed it.'), `${confirms} is not shown that they confirmed`);
  say(`${confirms} signs in, reads their own and confirms it`);
  return [
    {
      processId: `payslip-${period}-${disputes}`,
      expected: [
        ['PayslipPublished', { period, revision: 1 }],
        ['PayslipDisputed', { revision: 1 }],
        ['DecisionMade', { action: 'skip' }],
        ['PayslipClosed', { outcome: 'disputed' }],
      ],
    },
    {
      processId: `payslip-${period}-${confirms}`,
      expected: [
        ['PayslipConfirmed', { revision: 1 }],
        ['PayslipClosed', { outcome: 'confirmed' }],
      ],
    },
  ];
}

export function runOf(period: string): string {
  return `payroll-run-${period}`;
}

/** What a payroll system would do that finds the file. */
async function payrollAnswers({ endpoint, outputs }: LocalCloud, { period, figures }: PaidMonth): Promise<void> {
  const client = new S3Client({ ...clientOptions(endpoint), forcePathStyle: true });
  const name = runOf(period);
  for (const [end, Body] of Object.entries(calculatePayslips(`${name}.csv`, figures))) {
    const Key = `answers/${name}.${end}`;
    await client.send(new PutObjectCommand({ Bucket: output(outputs, 'PayslipBucketName'), Key, Body }));
  }
}

interface Opened {
  readonly browser: SignInBrowser;
  readonly shown: Shown;
}

/** Signs in and goes by the list of months. */
async function payslipPage({ pagesUrl }: LocalCloud, employeeId: string, period: string): Promise<Opened> {
  const browser = new SignInBrowser();
  await browser.signIn(`${pagesUrl}/me`, { id: employeeId });
  const list = await browser.open(`${pagesUrl}/me/payslips?lang=en`);
  demand(list.html.includes(`href="/me/payslips/${period}"`), `${employeeId} does not find ${period} on their list`);
  const shown = await browser.open(`${pagesUrl}/me/payslips/${period}?lang=en`);
  demand(amountsOn(shown).length > 0, `${employeeId} is shown no amount`);
  return { browser, shown };
}

function answer({ browser, shown }: Opened, form: Readonly<Record<string, string>>): Promise<Shown> {
  const hidden = Object.fromEntries(['csrf', 'revision'].map((name) => [name, fieldIn(shown, name)]));
  return browser.open(shown.url, { form: { ...hidden, ...form } });
}

function amountsOn({ html }: Shown): readonly string[] {
  return [...html.matchAll(/¥(\d{1,3}(?:,\d{3})*\.\d{2})/g)].map(([, amount = '']) => amount);
}
