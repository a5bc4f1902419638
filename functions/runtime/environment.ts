/**
 * Building blocks of the handlers' environments. A handler's `<verb-noun>.env.ts` merges what it needs into one schema,
 * which the handler parses at its first call and the CDK construct takes as the type of what it must give: a variable
 * that is missing is a compile error.
 */
import * as z from 'zod';

/** Tables of the process store. */
export const storeEnvironment = z.object({
  RECORD_TABLE: z.string().min(1),
  PERSONAL_TABLE: z.string().min(1),
  WORK_TABLE: z.string().min(1),
});

/** EventBridge Scheduler as the business's alarm clock. */
export const alarmEnvironment = z.object({
  ALARM_GROUP: z.string().min(1),
  ALARM_TARGET_ARN: z.string().min(1),
  ALARM_ROLE_ARN: z.string().min(1),
  ALARM_DEAD_LETTER_ARN: z.string().min(1),
});

/** The ERP; `none` until the company configures one, and then every call says what is missing. */
export const erpEnvironment = z.object({
  ERP_KIND: z.enum(['none', 'tryton', 'odoo']),
  /** JSON of the connector's own user: `{url, database, user, password}` of Tryton, `{url, database, apiKey}` of Odoo; empty with kind `none`. */
  ERP_SECRET_ARN: z.string(),
});

/** Company-wide facts that decisions need. */
export const companyEnvironment = z.object({
  /** ISO 4217: the currency of limits and policies. */
  COMPANY_CURRENCY: z.string().regex(/^[A-Z]{3}$/),
  /** IANA time zone of the company's calendar dates. */
  COMPANY_TIME_ZONE: z.string().min(1),
});

/** Where the pages are: origin without a slash at its end. */
export const pagesEnvironment = z.object({ PAGES_URL: z.url() });

/** The bucket of the files that people add. */
export const attachmentEnvironment = z.object({ ATTACHMENT_BUCKET: z.string().min(3) });

/** The bucket of payroll runs. */
export const payrollEnvironment = z.object({ PAYROLL_BUCKET: z.string().min(3) });

/** The bucket that payslips come to and are kept in. */
export const payslipEnvironment = z.object({ PAYSLIP_BUCKET: z.string().min(3) });

/** The payroll system, and both buckets. */
export const payrollSystemEnvironment = z.object({
  ...payrollEnvironment.shape,
  ...payslipEnvironment.shape,
  /** JSON of a system with an API of its own and of its secret; empty: one that exchanges files in both buckets. */
  PAYROLL_SYSTEM: z.string(),
});

/** The buckets of the books of the record: what cannot be deleted, and the personal values apart. */
export const booksEnvironment = z.object({
  BOOKS_BUCKET: z.string().min(3),
  PERSONAL_BOOKS_BUCKET: z.string().min(3),
});

/** For how many days personal values are kept: in the tables from the end of their process, in books from their day. */
export const personalDaysEnvironment = z.object({ PERSONAL_DAYS: z.string().regex(/^\d{1,5}$/) });

/** Closing books: the key of KMS that signs them, and the installation's name in them. */
export const closeBooksEnvironment = z.object({
  ...booksEnvironment.shape,
  BOOKS_KEY_ARN: z.string().min(1),
  INSTALLATION: z.string().min(1),
  ...personalDaysEnvironment.shape,
});

/** Sending mail by SES. */
export const mailEnvironment = z.object({
  MAIL_SENDER: z.string().min(3),
  MAIL_CONFIGURATION_SET: z.string().min(1),
  /** Where operators are told. */
  OPERATORS_MAIL: z.string().min(3),
  /** In which language. */
  OPERATORS_LANGUAGE: z.enum(['en', 'zh-CN']),
});

/** The OA's callback. */
export const oaEnvironment = z.object({
  /** Empty: no callback configured; messages stay in the record and operators are told. */
  OA_CALLBACK_URL: z.union([z.literal(''), z.url()]),
  /** Secret that signs callbacks. */
  OA_SECRET_ARN: z.string().min(1),
});

/** The OA suites of the company: JSON as the company file has them; `[]` where there is none. */
export const suitesEnvironment = z.object({ SUITES: z.string().min(2) });

/** Secret `{recordKey}` behind the read links of records (`functions/audit/read-key.ts`). */
export const recordLinkEnvironment = z.object({ RECORD_KEY_ARN: z.string().min(1) });

/** Queues of the effects that do not resume the process. */
export const effectQueuesEnvironment = z.object({
  MAIL_QUEUE_URL: z.url(),
  OA_QUEUE_URL: z.url(),
  WARNING_QUEUE_URL: z.url(),
});

/** Where cases of compliance are warned of, beside mail. */
export const warningEnvironment = z.object({
  WARNING_TOPIC_ARN: z.string().min(1),
  /** The company's own address; empty: it has none. */
  WARNING_WEBHOOK_URL: z.union([z.literal(''), z.url()]),
  /** Secret `{signingKey}` that signs what is sent there; empty without an address. */
  WARNING_SECRET_ARN: z.string(),
});

/** Whether the company has an identity provider; `none`: there are no pages of sign-in. */
export const signInEnvironment = z.object({ SIGN_IN: z.enum(['none', 'openid']) });

/** How a token of the identity provider is read: who it is, and what their groups mean. */
export const tokenEnvironment = z.object({
  /** What says who it is, as the company file has it. */
  SIGN_IN_PERSON_BY: z.enum(['verified-mail', 'mail', 'employee-id']),
  /** Claim of the ID token that has it. */
  SIGN_IN_PERSON_CLAIM: z.string().min(1),
  /** Claim of the ID token that lists the groups. */
  SIGN_IN_GROUPS_CLAIM: z.string().min(1),
  SIGN_IN_ADMINISTRATORS: z.string().min(1),
  SIGN_IN_OPERATORS: z.string().min(1),
  SIGN_IN_AUDITORS: z.string().min(1),
});

/** The identity provider. */
export const identityProviderEnvironment = z.object({
  SIGN_IN_ISSUER: z.url(),
  SIGN_IN_CLIENT_ID: z.string().min(1),
  /** Secret `{clientSecret}` of our client there. */
  SIGN_IN_SECRET_ARN: z.string().min(1),
  /** Where signing out ends the provider's session; empty: as the provider's discovery document says. */
  SIGN_IN_SIGN_OUT_URL: z.union([z.literal(''), z.url()]),
  ...tokenEnvironment.shape,
});

/** Metrics as lines of the log: whose they are. Every function has it, by the name that Powertools gives it. */
export const metricsEnvironment = z.object({ POWERTOOLS_SERVICE_NAME: z.string().min(1) });
