/** A company's choices: one JSON file, checked whole before anything is synthesized. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { timeZoneSchema } from '../functions/calendar/time-zone.ts';
import { isCurrency } from '../functions/money/money.ts';
import { erpSchema } from './config-erp.ts';
import { oaSchema } from './config-oa.ts';
import { httpsUrl, name, OTHER_PARTITION, principalArn, secretArn } from './config-parts.ts';
import { retentionSchema } from './config-retention.ts';
import { signInSchema } from './config-sign-in.ts';

/** The file to copy. */
const EXAMPLE_FILE = 'infra/company.example.json';

/** Days that CloudWatch Logs can keep a log: other numbers are refused when the stack is deployed. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const;

const mailAddress = z.email({ error: 'must be a mail address' });

/** Fields that a provider of the register of invoices takes, by the provider's own names. */
const registerFieldsSchema = z.strictObject({
  number: name,
  date: name,
  amount: name,
  code: name.optional(),
  checkCode: name.optional(),
});

const invoiceVerificationSchema = z.strictObject({
  url: httpsUrl,
  /** A secret `{"apiKey": "..."}` that is there before the deployment: the whole value of the header. */
  secretArn,
  header: name.default('Authorization'),
  fields: registerFieldsSchema,
  dateFormat: z.enum(['YYYY-MM-DD', 'YYYYMMDD']).default('YYYY-MM-DD'),
  /** Names of the reply's fields, with dots between them, that lead to the answer. */
  answerAt: name,
  /** What the provider's answers mean. */
  answers: z
    .record(z.string(), z.enum(['genuine', 'not-found', 'differs', 'voided', 'red-lettered']))
    .refine((answers) => Object.values(answers).includes('genuine'), 'must say which answer means "genuine"'),
  /** An invoice that is not genuine goes back to its employee, or to a reviewer. */
  notGenuine: z.enum(['return', 'review']).default('return'),
  /** One that nobody could verify goes to a reviewer, or on its way. */
  unavailable: z.enum(['review', 'accept']).default('review'),
});

/** Invoices of EN 16931 as receipts. */
const europeanInvoicesSchema = z.strictObject({
  /** The official rules as the European Commission publishes them, `EN16931-UBL-validation.xslt`; relative to this file. */
  rulesFile: name,
  /** What breaks a fatal rule goes back to its employee, or to a reviewer. */
  fatal: z.enum(['return', 'review']).default('return'),
  /** What breaks a rule that only warns goes to a reviewer, or on its way. */
  warning: z.enum(['review', 'accept']).default('accept'),
});

/** Whoever calculates the pay: by files, or over an API of its own. */
const payrollSystemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('files') }),
  z.strictObject({
    kind: z.literal('frappe-hr'),
    /** Address of the site. */
    url: httpsUrl,
    /** A secret `{"apiKey": "...", "apiSecret": "..."}` that is there before the deployment. */
    secretArn,
    /** Name of the company there; its currency is ours. */
    company: name,
    /** Payroll payable account. */
    payableAccount: name,
    costCenter: name.optional(),
    /** By kind of leave: the share of a day's pay that is not paid. */
    unpaid: z.record(
      z.string(),
      z.string().regex(/^(0(\.\d{1,2})?|1)$/, 'must be a share from "0" (paid) to "1" (unpaid)'),
    ),
  }),
]);

/** Who subscribed to the topic of warnings. */
const subscriptionSchema = z.discriminatedUnion('protocol', [
  z.strictObject({ protocol: z.literal('email'), endpoint: mailAddress }),
  z.strictObject({ protocol: z.literal('https'), endpoint: httpsUrl }),
  z.strictObject({
    protocol: z.literal('sqs'),
    /** A queue whose policy lets the topic send. */
    endpoint: z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/, 'must be the ARN of a queue of SQS'),
  }),
]);

const companyShape = z.strictObject({
  /** Name of the stack and first part of the names of what it makes. */
  stackName: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be 1 to 30 lower-case letters, digits or hyphens'),
  /** `prod` keeps and protects data when the stack or a table is deleted; `test` does not. */
  stage: z.enum(['prod', 'test']),
  /** Account and region; without them the ones of the deploying credentials. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')
    .refine((region) => !/^(cn|us-gov)-/.test(region), OTHER_PARTITION)
    .optional(),
  /** ISO 4217: currency of limits and policies. */
  currency: z.string().refine(isCurrency, 'must be an ISO 4217 currency code'),
  /** IANA time zone of the company's calendar dates. */
  timeZone: timeZoneSchema,
  /** Tax id (纳税人识别号), or VAT id of the EU, of each legal entity, by the code that claims name: invoices are made out to it. */
  taxIds: z
    .record(
      z.string().min(1).max(32),
      z
        .string()
        .regex(
          /^(?:[0-9A-Z]{15,20}|[A-Z]{2}[0-9A-Z+*]{2,13})$/,
          'must be a tax id of 15 to 20 digits and capital letters, or a VAT id with the code of its country',
        ),
    )
    .default({}),
  /** Who asks the tax authority's register of invoices (发票查验) for us; without it invoices are not verified. */
  invoiceVerification: invoiceVerificationSchema.optional(),
  /** Without it XML of EN 16931 is not taken as a receipt. */
  europeanInvoices: europeanInvoicesSchema.optional(),
  /** People, departments, cost centres and posts; relative to this file. */
  directoryFile: z.string().min(1),
  /** Working days and hours, holidays by year; relative to this file. Without it all hours are hours of the clock. */
  calendarFile: z.string().min(1).optional(),
  oa: oaSchema,
  erp: erpSchema,
  /** Figures for payroll; without it runs are started by hand. */
  payroll: z
    .strictObject({
      /** Day of the month on which the month before is handed over, and the hour, on the company's clocks. */
      dayOfMonth: z.int().min(1).max(28),
      hour: z.int().min(0).max(23),
      /** Share of the employees, in percent, whose attendance may fail to be read before a run gives up collecting. */
      toleratedFailurePercentage: z.number().min(0).max(100).default(5),
      /** Employees whose attendance is read from the ERP at the same time. */
      atOnce: z.int().min(1).max(1000).default(10),
      /** How many months before its own a run looks at again; what it needs for that is kept for 400 days. */
      correctedMonths: z.int().min(0).max(6).default(3),
      /** ARNs of the roles with which the payroll system writes its answers; it reads figures with its own account's permissions. */
      systemRoles: z.array(principalArn).default([]),
      system: payrollSystemSchema.default({ kind: 'files' }),
    })
    .optional(),
  /** Buys what falls below its reorder point in the ERP; without it nothing looks at the stock. */
  replenishment: z
    .strictObject({
      /** Replenishments that may begin within a minute, however many products are short at once. */
      startsPerMinute: z.int().min(1).max(600).default(60),
      /** Minutes from one look at the stock to the next. */
      everyMinutes: z.int().min(5).max(1440).default(15),
    })
    .optional(),
  /** Follows the ERP's sales and production orders; without it nobody asks for them. */
  orders: z
    .strictObject({
      /** Minutes from one look at what was changed to the next. */
      everyMinutes: z.int().min(5).max(1440).default(5),
    })
    .optional(),
  /** Compares the records of processes with the ERP's books; without it nobody does. */
  reconciliation: z
    .strictObject({
      /** Minutes from one walk through the books to the next. */
      everyMinutes: z.int().min(5).max(1440).default(60),
      /** The day (UTC) from which on each order, payment and claim in the ERP must be of a process: when Meridian began. */
      since: z.iso.date(),
    })
    .optional(),
  /** Who is warned of cases of compliance, beside their owners (docs/compliance.md). */
  warnings: z
    .strictObject({
      /** Of the topic; those by mail and by https have to confirm it themselves. */
      subscriptions: z.array(subscriptionSchema).max(20).default([]),
      /** An address of the company's own, to which signed warnings are sent. */
      webhookUrl: httpsUrl.optional(),
    })
    .default({ subscriptions: [] }),
  /** Posts whose holders get the figures of each week by mail. */
  weeklyFigures: z
    .array(z.string().regex(/^[\w-]+$/, 'must be the id of a post, such as "general-manager"'))
    .default([]),
  mail: z.strictObject({
    /** Sender of all mail; its domain is an identity of SES. */
    sender: mailAddress,
    /** `existing`: the domain is verified in this account and region already, and belongs to somebody else's stack. */
    identity: z.enum(['create', 'existing']).default('create'),
    /** Who hears of failed processes, dead letters and alarms. */
    operators: mailAddress,
    /** In which language Meridian writes to them. */
    operatorsLanguage: z.enum(['en', 'zh-CN']).default('en'),
  }),
  /** Without it nobody signs in: what a link may not decide is put to the operators. */
  signIn: signInSchema.optional(),
  /** How long data is kept, by class; without it the defaults of docs/record.md. */
  retention: retentionSchema,
  logRetentionDays: z.union(
    LOG_RETENTION_DAYS.map((days) => z.literal(days)),
    { error: `must be one of ${LOG_RETENTION_DAYS.join(', ')}` },
  ),
});

const companySchema = companyShape
  .refine(({ erp, payroll }) => payroll === undefined || erp.kind !== 'odoo', {
    path: ['payroll'],
    error: 'must be absent with an ERP of kind "odoo", whose connector reads no absences (docs/connectors.md)',
  })
  .refine(({ erp, replenishment }) => replenishment === undefined || erp.kind === 'tryton', {
    path: ['replenishment'],
    error: 'needs an ERP whose stock can be looked at: set erp.kind to "tryton", or leave it out',
  })
  .refine(({ erp, orders }) => orders === undefined || erp.kind === 'tryton', {
    path: ['orders'],
    error: 'needs an ERP whose sales and production can be read: set erp.kind to "tryton", or leave it out',
  })
  .refine(({ erp, reconciliation }) => reconciliation === undefined || erp.kind === 'tryton', {
    path: ['reconciliation'],
    error: 'needs an ERP whose books can be walked through: set erp.kind to "tryton", or leave it out',
  })
  .superRefine(({ account, oa }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['oa', 'accounts'], message });
    if (oa.accounts.length > 0 && account === undefined) {
      refuse('needs "account" as well, to tell other accounts from this one');
    } else if (oa.accounts.some((one) => one === account)) {
      refuse('must be other accounts: name roles of this one in oa.principals, or each of them could speak for the OA');
    }
  });

type CompanyFile = z.infer<typeof companySchema>;

/** A company's configuration; its `...File`s are absolute paths. */
export type Company = Readonly<CompanyFile>;

/** What is wrong with the configuration, for whoever deploys: a whole text, no stack trace needed. */
export class CompanyConfigError extends Error {
  override readonly name = 'CompanyConfigError';
}

/**
 * @param file - path given with `-c company=<file>`
 * @throws CompanyConfigError naming everything that is missing or wrong at once, each with an example.
 */
export function readCompany(file: unknown): Company {
  if (typeof file !== 'string' || file === '') {
    throw new CompanyConfigError(
      `No company file was given. Copy ${EXAMPLE_FILE}, fill it in, and deploy with: -c company=<your file>`,
    );
  }
  const parsed = companySchema.safeParse(readJson(file));
  if (!parsed.success) {
    const lines = parsed.error.issues.flatMap(issueLines);
    throw new CompanyConfigError(
      [`${file} is not a complete company file (example: ${EXAMPLE_FILE}):`, ...lines].join('\n'),
    );
  }
  const { directoryFile, calendarFile, europeanInvoices } = parsed.data;
  const beside = (path: string) => resolve(dirname(file), path);
  return {
    ...parsed.data,
    oa: {
      ...parsed.data.oa,
      suites: parsed.data.oa.suites.map((suite) => ({ ...suite, formsFile: beside(suite.formsFile) })),
    },
    directoryFile: beside(directoryFile),
    ...(calendarFile === undefined ? {} : { calendarFile: beside(calendarFile) }),
    ...(europeanInvoices === undefined
      ? {}
      : { europeanInvoices: { ...europeanInvoices, rulesFile: beside(europeanInvoices.rulesFile) } }),
  };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CompanyConfigError(`The company file ${file} cannot be read. An example is ${EXAMPLE_FILE}.`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CompanyConfigError(`The company file ${file} is no JSON: ${reason}`, { cause });
  }
}

function issueLines(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    const place = z.core.toDotPath(issue.path);
    return issue.keys.map((key) => `  ${place === '' ? '' : `${place}.`}${key}: is no field of this file`);
  }
  const example = exampleAt(issue.path);
  const suffix = example === undefined ? '' : `, such as ${JSON.stringify(example)}`;
  return [`  ${z.core.toDotPath(issue.path) || '(whole file)'}: ${problemOf(issue)}${suffix}`];
}

function problemOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('undefined')
    ? 'is missing'
    : issue.message;
}

/** What the example file says in the same place. */
function exampleAt(path: readonly PropertyKey[]): unknown {
  let value: unknown = JSON.parse(readFileSync(new URL('company.example.json', import.meta.url), 'utf8'));
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value;
}
