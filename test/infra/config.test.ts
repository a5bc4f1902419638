import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCompany } from '../../infra/config.ts';
import { ROOT, temporaryFolder } from './project.ts';

const folder = temporaryFolder();
const example: unknown = JSON.parse(readFileSync(join(ROOT, 'infra/company.example.json'), 'utf8'));
const { oa: exampleOa, signIn: exampleSignIn } = example as { oa: object; signIn: { provider: object } };
const exampleProvider = exampleSignIn.provider;

/** Sign-in with clients of the API that are right but for the changes. */
const clientsOf = (...changes: readonly object[]) => ({
  domainPrefix: 'acme',
  apiClients: changes.map((change) => ({ name: 'oa', callbackUrls: ['https://oa.example.com/in'], ...change })),
});

/** What is wrong with a company file of this content. */
function problemsOf(content: unknown): string {
  const file = join(folder, 'company.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  try {
    readCompany(file);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a company file', () => {
  test('that is complete is read, with the directory beside it', () => {
    const file = join(folder, 'good.json');
    writeFileSync(file, JSON.stringify(example));

    expect(readCompany(file)).toMatchObject({ stackName: 'meridian', directoryFile: join(folder, 'directory.json') });
  });

  test('may name a calendar, which lies beside it as well', () => {
    const file = join(folder, 'with-calendar.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), calendarFile: 'calendar.json' }));

    expect(readCompany(file).calendarFile).toBe(join(folder, 'calendar.json'));
    expect(readCompany(join(ROOT, 'infra/company.example.json'))).not.toHaveProperty('calendarFile');
  });

  test('of the demonstration is complete', () => {
    expect(readCompany(join(ROOT, 'local/demo/company.json')).stage).toBe('test');
  });

  test('that does not say whose the identity of mail is has its own made', () => {
    expect(readCompany(join(ROOT, 'local/demo/company.json')).mail.identity).toBe('create');
  });

  test('that does not name groups of sign-in has them under the names of the documents', () => {
    expect(readCompany(join(ROOT, 'local/demo/company.json')).signIn).toEqual({
      domainPrefix: 'meridian-demo',
      groups: {
        administrators: 'meridian-administrators',
        operators: 'meridian-operators',
        auditors: 'meridian-auditors',
      },
      apiClients: [
        {
          name: 'demo-oa',
          callbackUrls: ['http://127.0.0.1:4800/oa/signed-in', 'http://localhost:4800/oa/signed-in'],
          isPublic: false,
        },
      ],
    });
  });

  test('that does not say how its provider identifies people counts a mail address only when it is verified', () => {
    expect(readCompany(join(ROOT, 'infra/company.example.json')).signIn?.provider?.person).toEqual({
      by: 'verified-mail',
    });
  });

  test('that does not say how often stock is looked at, and how much is begun at once, has what the documents name', () => {
    const file = join(folder, 'stock.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), replenishment: {} }));

    expect(readCompany(file).replenishment).toEqual({ startsPerMinute: 60, everyMinutes: 15 });
    expect(readCompany(join(ROOT, 'infra/company.example.json'))).not.toHaveProperty('replenishment');
  });

  test.each([
    [{ erp: { kind: 'odoo', billProposals: true } }, 'erp.billProposals: '],
    [{ erp: { kind: 'tryton' } }, 'erp.legalEntities: must name the legal entities whose books this ERP keeps'],
    [{ erp: { kind: 'tryton' } }, 'such as ["CN01"]'],
    [
      { erp: { kind: 'tryton', legalEntities: ['CN01', 'CN01'] } },
      'erp.legalEntities: must name each legal entity once',
    ],
    [{ erp: { kind: 'odoo', legalEntities: ['CN01'] } }, 'erp.legalEntities: must be absent'],
    [{ replenishment: { startsPerMinute: 0 } }, 'replenishment.startsPerMinute: '],
    [{ replenishment: { everyMinutes: 1 } }, 'replenishment.everyMinutes: '],
    [{ replenishment: {}, erp: { kind: 'none' } }, 'replenishment: needs an ERP whose stock can be looked at'],
    [
      { oa: { principals: ['arn:aws:iam::111122223333:role/oa'], webhooks: ['meridian'] } },
      "oa.webhooks[0]: must not be meridian, which is Meridian's own name",
    ],
  ])('with %j is refused by the field', (changes, problem) => {
    expect(problemsOf({ ...(example as object), ...changes })).toContain(problem);
  });

  test.each([
    [{ domainPrefix: 'my-cognito' }, 'signIn.domainPrefix: must not contain "aws", "amazon" or "cognito"'],
    [{ domainPrefix: 'Acme' }, 'signIn.domainPrefix: must be 1 to 63 lower-case letters'],
    [{ domainPrefix: 'acme', provider: { kind: 'ldap' } }, 'signIn.provider.kind: '],
    [
      { domainPrefix: 'acme', provider: { kind: 'oidc', issuer: 'http://login.example.com', clientId: 'x' } },
      'signIn.provider.issuer: must be an https address',
    ],
    [
      {
        domainPrefix: 'acme',
        provider: { kind: 'oidc', issuer: 'https://login.example.com', clientId: 'x', clientSecretArn: 'the secret' },
      },
      'signIn.provider.clientSecretArn: must be the ARN of a secret',
    ],
    [
      { domainPrefix: 'acme', provider: { kind: 'saml', metadataUrl: 'https://x.example' } },
      'signIn.provider.mail: is missing',
    ],
    [
      { domainPrefix: 'acme', provider: { kind: 'saml', metadataUrl: 'https://x.example', mail: 'mail' } },
      'signIn.provider.mailVerified: is missing: name the attribute, or say in person.by',
    ],
    [
      {
        domainPrefix: 'acme',
        provider: {
          ...{ kind: 'saml', metadataUrl: 'https://x.example', mail: 'mail', mailVerified: 'managed' },
          person: { by: 'mail' },
        },
      },
      'signIn.provider.mailVerified: must be absent unless person.by is "verified-mail"',
    ],
    [
      { domainPrefix: 'acme', provider: { ...exampleProvider, person: { by: 'employee-id' } } },
      'signIn.provider.person.claim: is missing',
    ],
    [{ domainPrefix: 'acme', provider: { ...exampleProvider, person: { by: 'name' } } }, 'signIn.provider.person.by: '],
    [clientsOf({ callbackUrls: ['nowhere'] }), 'signIn.apiClients[0].callbackUrls[0]: must be an address'],
    [clientsOf({ callbackUrls: [] }), 'signIn.apiClients[0].callbackUrls: must name at least one address'],
    [clientsOf({ name: 'OA' }), 'signIn.apiClients[0].name: must be lower-case words'],
    [clientsOf({ name: 'oa-2' }), 'signIn.apiClients[0].name: must be lower-case words'],
    [clientsOf({ name: 'pages' }), 'signIn.apiClients[0].name: must not be "pages"'],
    [clientsOf({}, {}), 'signIn.apiClients[1].name: must be the name of one client: "oa" is taken'],
    [clientsOf({ secret: 'x' }), 'signIn.apiClients[0].secret: is no field of this file'],
  ])('whose sign-in is %j is told what is wrong', (signIn, problem) => {
    expect(problemsOf({ ...(example as object), signIn })).toContain(problem);
  });

  test.each([
    'http://oa.example.com/in',
    'http://localhost.example.com/in',
    'https://oa.example.com/in#top',
    'https://user:secret@oa.example.com/in',
    'oa-app://in',
  ])('may not have tokens of the API sent to %s', (url) => {
    expect(problemsOf({ ...(example as object), signIn: clientsOf({ callbackUrls: [url] }) })).toContain(
      'signIn.apiClients[0].callbackUrls[0]: must be an https address without',
    );
  });

  test.each([
    'https://oa.example.com/in?tenant=1',
    'http://localhost:8080/in',
    'http://127.0.0.1/in',
    'http://[::1]:8080/in',
  ])('may have tokens of the API sent to %s', (url) => {
    const file = join(folder, 'clients.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), signIn: clientsOf({ callbackUrls: [url] }) }));

    expect(readCompany(file).signIn?.apiClients).toEqual([{ name: 'oa', callbackUrls: [url], isPublic: false }]);
  });

  const frappe = {
    ...{ kind: 'frappe-hr', url: 'https://hr.example.com', company: 'Lingnan Precision' },
    secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:frappe-hr-a1b2c3',
    ...{ payableAccount: 'Payroll Payable - LP', unpaid: { annual: '0', sick: '0.4', unpaid: '1' } },
  };
  const withSystem = (system: unknown) => ({
    ...(example as object),
    payroll: { dayOfMonth: 2, hour: 6, system },
  });

  test('that has payroll calculated exchanges files, unless it names a system', () => {
    const file = join(folder, 'with-payroll.json');
    writeFileSync(file, JSON.stringify(withSystem(undefined)));
    expect(readCompany(file).payroll?.system).toEqual({ kind: 'files' });
    writeFileSync(file, JSON.stringify(withSystem(frappe)));

    expect(readCompany(file).payroll?.system).toEqual(frappe);
  });

  test('that buys in Odoo cannot have payroll, whose figures need absences of the ERP', () => {
    expect(problemsOf({ ...(withSystem(frappe) as object), erp: { kind: 'odoo' } })).toMatch(
      /payroll: must be absent with an ERP of kind "odoo", whose connector reads no absences/,
    );
    expect(problemsOf({ ...(example as object), erp: { kind: 'odoo' }, payroll: 'x' })).not.toContain('erp');
  });

  test.each([
    [{ kind: 'frappe' }, 'payroll.system.kind: '],
    [{ url: 'http://hr.example.com' }, 'payroll.system.url: must be an https address'],
    [{ secretArn: 'the key' }, 'payroll.system.secretArn: must be the ARN of a secret'],
    [{ unpaid: { sick: '1.5' } }, 'payroll.system.unpaid.sick: must be a share from "0" (paid) to "1" (unpaid)'],
    [{ company: ' ' }, 'payroll.system.company: '],
    [{ currency: 'CNY' }, 'payroll.system.currency: is no field of this file'],
  ])('whose payroll system has %j is told what is wrong', (change, problem) => {
    expect(problemsOf(withSystem({ ...frappe, ...change }))).toContain(problem);
  });

  const feishu = {
    ...{ kind: 'feishu', system: 'feishu', appId: 'cli_a1b2c3', formsFile: 'feishu-forms.json' },
    secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:feishu-a1b2c3',
  };
  const withOa = (oa: object) => ({ ...(example as object), oa: { ...exampleOa, ...oa } });

  test('that has a suite names the file of its forms, which lies beside it, and has Feishu at its own address', () => {
    const file = join(folder, 'with-suite.json');
    writeFileSync(file, JSON.stringify(withOa({ suites: [feishu] })));

    expect(readCompany(file).oa).toMatchObject({
      accounts: [],
      suites: [{ ...feishu, formsFile: join(folder, 'feishu-forms.json'), url: 'https://open.feishu.cn' }],
    });
  });

  test.each([
    [{ suites: [{ ...feishu, kind: 'slack' }] }, 'oa.suites[0].kind: '],
    [{ suites: [{ ...feishu, appId: 'a1b2c3' }] }, 'oa.suites[0].appId: must be an App ID such as "cli_a1b2c3"'],
    [{ suites: [{ ...feishu, encryptKey: 'x' }] }, 'oa.suites[0].encryptKey: is no field of this file'],
    [{ suites: [{ ...feishu, secretArn: 'the key' }] }, 'oa.suites[0].secretArn: must be the ARN of a secret'],
    [{ suites: [{ ...feishu, formsFile: undefined }] }, 'oa.suites[0].formsFile: is missing'],
    [{ suites: [{ ...feishu, kind: 'wecom', appId: undefined, corpId: 'ww1' }] }, 'oa.suites[0].agentId: is missing'],
    [{ suites: [feishu, feishu] }, 'oa.suites[1].system: must be the name of one OA: "feishu" is taken'],
    [{ webhooks: ['feishu'], suites: [feishu] }, 'oa.suites[0].system: must be the name of one OA'],
    [{ accounts: ['4444'] }, 'oa.accounts[0]: must be the 12 digits of an AWS account'],
    [{ accounts: ['111122223333'] }, 'oa.accounts: must be other accounts'],
  ])('whose OA has %j is told what is wrong', (oa, problem) => {
    expect(problemsOf(withOa(oa))).toContain(problem);
  });

  test('that lets other accounts speak for the OA names its own, to be told from them', () => {
    const { account: _none, ...rest } = withOa({ accounts: ['444455556666'] }) as { account?: string };

    expect(problemsOf(rest)).toContain('oa.accounts: needs "account" as well');
    expect(problemsOf(withOa({ accounts: ['444455556666'] }))).toBe('');
  });

  const verification = {
    url: 'https://provider.example.com/check',
    secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:invoice-register-a1b2c3',
    fields: { number: 'fphm', date: 'kprq', amount: 'je' },
    answerAt: 'data.state',
    answers: { '0': 'genuine' },
  };

  test('that verifies invoices sends what is not genuine back, and what nobody verified to a reviewer, unless it says so', () => {
    const file = join(folder, 'with-verification.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), invoiceVerification: verification }));

    expect(readCompany(file).invoiceVerification).toMatchObject({
      ...verification,
      ...{ header: 'Authorization', dateFormat: 'YYYY-MM-DD', notGenuine: 'return', unavailable: 'review' },
    });
  });

  test.each([
    [{ url: 'http://provider.example.com' }, 'invoiceVerification.url: must be an https address'],
    [{ secretArn: 'the key' }, 'invoiceVerification.secretArn: must be the ARN of a secret'],
    [{ fields: { number: 'fphm' } }, 'invoiceVerification.fields.date: is missing'],
    [{ answers: { '1': 'not-found' } }, 'invoiceVerification.answers: must say which answer means "genuine"'],
    [{ answers: { '0': 'genuine', '9': 'perhaps' } }, 'invoiceVerification.answers.9: '],
    [{ notGenuine: 'accept' }, 'invoiceVerification.notGenuine: '],
    [{ apiKey: 'x' }, 'invoiceVerification.apiKey: is no field of this file'],
  ])('whose verification of invoices has %j is told what is wrong', (change, problem) => {
    expect(problemsOf({ ...(example as object), invoiceVerification: { ...verification, ...change } })).toContain(
      problem,
    );
  });

  test('that takes invoices of EN 16931 sends broken ones back, and lets warnings pass, unless it says so', () => {
    const file = join(folder, 'with-european-invoices.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), europeanInvoices: { rulesFile: 'rules.xslt' } }));

    expect(readCompany(file).europeanInvoices).toEqual({
      ...{ rulesFile: join(folder, 'rules.xslt'), fatal: 'return', warning: 'accept' },
    });
  });

  test.each([
    [{}, 'europeanInvoices.rulesFile: is missing'],
    [{ rulesFile: 'r.xslt', fatal: 'accept' }, 'europeanInvoices.fatal: '],
    [{ rulesFile: 'r.xslt', warning: 'return' }, 'europeanInvoices.warning: '],
    [{ rulesFile: 'r.xslt', rules: 'x' }, 'europeanInvoices.rules: is no field of this file'],
  ])('whose invoices of EN 16931 have %j is told what is wrong', (europeanInvoices, problem) => {
    expect(problemsOf({ ...(example as object), europeanInvoices })).toContain(problem);
  });

  test.each(['DE123456788', 'ATU12345675', 'NL001234567B01', '91310000MA1K00009X'])('has the tax id %s', (taxId) => {
    const file = join(folder, 'with-tax-id.json');
    writeFileSync(file, JSON.stringify({ ...(example as object), taxIds: { E1: taxId } }));

    expect(readCompany(file).taxIds).toEqual({ E1: taxId });
  });

  test('that is empty is told every field at once, each with an example', () => {
    const lines = problemsOf({}).split('\n');

    expect(lines[0]).toContain('infra/company.example.json');
    expect(lines.slice(1).map((line) => line.trim())).toEqual([
      'stackName: is missing, such as "meridian"',
      expect.stringMatching(/^stage: .*"prod"\|"test", such as "prod"$/),
      'currency: is missing, such as "CNY"',
      'timeZone: is missing, such as "Asia/Shanghai"',
      'directoryFile: is missing, such as "directory.json"',
      expect.stringMatching(/^oa: is missing, such as \{"principals":/),
      'erp: is missing, such as {"kind":"tryton","legalEntities":["CN01"]}',
      expect.stringMatching(/^mail: is missing, such as \{"sender":/),
      expect.stringMatching(/^logRetentionDays: must be one of 1, 3, .*, such as 90$/),
    ]);
  });

  test.each([
    ['stackName', 'Meridian!', /stackName: must be/],
    ['account', '12', /account: must be the 12 digits/],
    ['region', 'Frankfurt', /region: must be a region/],
    ['region', 'cn-north-1', /region: must be of the partition "aws" .* China/],
    ['region', 'us-gov-west-1', /region: must be of the partition "aws"/],
    ['currency', 'RMB', /currency: must be an ISO 4217/],
    ['taxIds', { CN01: '9131-1' }, /taxIds\.CN01: must be a tax id/],
    ['timeZone', 'Asia/Atlantis', /timeZone: must be an IANA/],
    ['calendarFile', '', /calendarFile: /],
    ['logRetentionDays', 8, /logRetentionDays: must be one of/],
    ['oa', { principals: [] }, /oa\.principals: /],
    ['oa', { principals: ['*'] }, /oa\.principals\[0\]: must be the ARN of an IAM role or user/],
    ['oa', { principals: ['arn:aws:iam::111122223333:role/*'] }, /oa\.principals\[0\]/],
    ['oa', { principals: ['arn:aws-cn:iam::111122223333:role/oa'] }, /oa\.principals\[0\]: .* partition "aws"/],
    [
      'oa',
      { principals: ['arn:aws:iam::111122223333:role/oa'], callbackUrl: 'http://oa.example.com' },
      /callbackUrl: must be an https address/,
    ],
    ['warnings', { webhookUrl: 'http://risk.example.com' }, /warnings\.webhookUrl: must be an https address/],
    ['warnings', { subscriptions: [{ protocol: 'sqs', endpoint: 'risk' }] }, /must be the ARN of a queue of SQS/],
    ['erp', { kind: 'abacus' }, /erp\.kind: /],
    [
      'erp',
      { kind: 'tryton', legalEntities: ['CN01'], principals: ['arn:aws:iam::111122223333:role/erp'] },
      /erp\.principals: needs "replenishment" or "orders"/,
    ],
    ['mail', { sender: 'Approvals', operators: 'ops@example.com' }, /mail\.sender: must be a mail address/],
    [
      'mail',
      { sender: 'a@example.com', operators: 'ops@example.com', identity: 'shared' },
      /mail\.identity: .*"create"\|"existing"/,
    ],
    ['colour', 'red', /colour: is no field of this file/],
  ])('with a wrong %s (%j) is refused, and nothing else is', (field, value, problem) => {
    const lines = problemsOf({ ...(example as object), [field]: value }).split('\n');

    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(problem);
  });

  test('that is missing or no JSON is told so in one sentence', () => {
    expect(() => readCompany(undefined)).toThrow(/Copy infra\/company\.example\.json.*-c company=/);
    expect(() => readCompany(join(folder, 'nowhere.json'))).toThrow(/nowhere\.json cannot be read/);
    expect(problemsOf('{"stackName": ')).toMatch(/is no JSON/);
  });
});

describe('how long data is kept', () => {
  const withRetention = (retention: object) => problemsOf({ ...(example as object), retention });

  test('has a default for each class', () => {
    expect(readCompany(join(ROOT, 'local/demo/company.json')).retention).toEqual({
      ...{ booksDays: 3653, personalDays: 1096, attachmentsDays: 3653, eventLogDays: 1096 },
    });
  });

  test('is refused where it cannot hold, with what would', () => {
    expect(withRetention({ booksDays: 100, personalDays: 101 })).toContain(
      'retention.personalDays: must not be longer than booksDays',
    );
    expect(withRetention({ booksDays: 1.5 })).toContain('retention.booksDays: must be a whole number of days');
    expect(withRetention({ attachmentsDays: 30 })).toContain('retention.attachmentsDays: must be 400 days or more');
    expect(withRetention({ booksDays: 40_000 })).toContain('retention.booksDays: must be 36500 days or less');
    expect(withRetention({ mailDays: 3 })).toContain('retention.mailDays: is no field of this file');
  });
});
