import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { RULED_FINDINGS } from '../../../functions/expenses/domain/finding.ts';
import { compileRuleFolder, compileRules, type RuleFile } from '../../../functions/policy/compile-rules.ts';
import type { LevelsQuestion, Policies } from '../../../functions/policy/port.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { ConfigError, ValidationError } from '../../../functions/runtime/errors.ts';
import { PLAIN_ASKED } from '../../support/scopes.ts';

const NAMES = [
  'account-mapping',
  'approval-levels',
  'attendance',
  'expense-findings',
  'expense-limits',
  'leave-entitlement',
  'ledger-accounts',
  'link-limit',
  'match-tolerance',
  'replenishment',
  'split-purchases',
  'waiting-times',
  'compliance',
];

let files: readonly RuleFile[];
let policies: Policies;

beforeAll(async () => {
  files = await Promise.all(
    NAMES.map(async (name) => ({ file: `${name}.dmn`, xml: await readFile(`rules/${name}.dmn`, 'utf8') })),
  );
  // As the bundles get it: by way of JSON.
  policies = createPolicies(JSON.parse(JSON.stringify(await compileRuleFolder('rules'))));
});

/** What is wrong when `change` was made to one of the company's tables. */
async function problemsAfter(name: string, change: (xml: string) => string): Promise<readonly string[]> {
  const changed = files.map(({ file, xml }) => ({ file, xml: file === `${name}.dmn` ? change(xml) : xml }));
  expect(changed).not.toEqual(files);
  try {
    await compileRules(changed);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.issues.map(({ field, problem }) => `${field}: ${problem}`);
    }
    throw error;
  }
}

/** A row of a table, as a modeler writes it. */
function row(tests: readonly string[], results: readonly string[]): string {
  const id = `row_${tests.join('_')}`.replace(/\W/g, '_');
  const entries = (tag: string, cells: readonly string[]) =>
    cells.map((cell, index) => `<${tag} id="${id}_${tag}_${index}"><text>${cell}</text></${tag}>`).join('');
  return `<rule id="${id}">${entries('inputEntry', tests)}${entries('outputEntry', results)}</rule>`;
}

async function levelsOf(subject: 'order' | 'payment' | 'invoice-mismatch', amount: string, costCentre = 'CC-100') {
  return (await policies.approvalLevels({ subject, amount, costCentre, ...PLAIN_ASKED })).map(({ approvers }) =>
    approvers.map(({ rule }) => rule).join(),
  );
}

describe('the policies of the demonstration company', () => {
  it('ask more people the more an order costs, to the cent', async () => {
    expect(await levelsOf('order', '0')).toEqual(['manager']);
    expect(await levelsOf('order', '5000.00')).toEqual(['manager']);
    expect(await levelsOf('order', '5000.01')).toEqual(['manager', 'department-head']);
    expect(await levelsOf('order', '50000')).toEqual(['manager', 'department-head']);
    expect(await levelsOf('order', '50000.01')).toEqual(['manager', 'department-head', 'post:finance-director']);
    expect((await levelsOf('order', '500000.01')).at(-1)).toBe('post:general-manager');
    expect(await levelsOf('order', '6000', 'CC-300')).toEqual(['manager', 'post:it-manager', 'department-head']);
  });

  it('tell documents apart by category, currency and legal entity, every line by itself', async () => {
    const asked = async (change: Partial<LevelsQuestion>) =>
      (
        await policies.approvalLevels({
          ...PLAIN_ASKED,
          subject: 'order',
          amount: '45000',
          costCentre: 'CC-100',
          ...change,
        })
      ).map(({ level }) => level);
    const lines = [
      { category: '', currency: 'CNY' },
      { category: 'custom-made', currency: 'CNY' },
    ];

    expect(await asked({})).toEqual(['Manager', 'Department head']);
    expect(await asked({ lines })).toEqual(['Manager', 'Buyer', 'Department head']);
    expect(await asked({ lines: [{ category: '', currency: 'EUR' }] })).toEqual([
      ...['Manager', 'Department head', 'Finance director'],
    ]);
    expect(await asked({ legalEntities: ['DE01'] })).toEqual(['Manager', 'Department head', 'Managing directors']);
  });

  it('limit links by the currency of a payment; of several lines the lowest limit counts', async () => {
    const limit = (...currencies: readonly string[]) => {
      const lines = currencies.map((currency) => ({ category: '', currency }));
      return policies.linkLimit({ subject: 'payment', costCentre: 'CC-100', legalEntities: ['CN01'], lines });
    };

    expect([await limit('CNY'), await limit('USD'), await limit('CNY', 'USD', 'CNY')]).toEqual([
      ...['100000', '50000', '50000'],
    ]);
  });

  it('limit expenses by category and grade, and let nobody claim what no row names', async () => {
    expect(await policies.expenseLimit({ category: 'meals', grade: '' })).toEqual({
      perUnit: '150',
      receiptAbove: '50',
      maxAgeDays: 60,
      overLimit: 'return',
      unit: 'day',
      mostUnits: 14,
      needsJourney: false,
    });
    expect(await policies.expenseLimit({ category: 'travel', grade: '' })).toMatchObject({ needsJourney: true });
    expect(await policies.expenseLimit({ category: 'meals', grade: 'M1' })).toMatchObject({ perUnit: '300' });
    expect(await policies.expenseLimit({ category: 'gifts', grade: 'M1' })).toBeUndefined();
    expect(await policies.expenseLimit({ category: 'entertainment', grade: '' })).toBeUndefined();
  });

  it('say who deals with what the checks of a claim found, which the company may change', async () => {
    const becomes = (of: Policies) =>
      Promise.all(RULED_FINDINGS.map(async (code) => [code, await of.findingBecomes(code)]));
    const judged = ['earlier-year', 'outside-journey', 'receipt-rules-not-asked'];
    expect(await becomes(policies)).toEqual(
      RULED_FINDINGS.map((code) => [code, judged.includes(code) ? 'review' : 'return']),
    );

    const changed = files.map(({ file, xml }) => ({
      file,
      xml: file === 'expense-findings.dmn' ? xml.replaceAll('"review"', '"return"') : xml,
    }));
    const all = await becomes(createPolicies(await compileRules(changed)));
    expect(all.map(([, one]) => one)).toEqual(RULED_FINDINGS.map(() => 'return'));
    expect(await problemsAfter('expense-findings', (xml) => xml.replace('<text>"review"', '<text>"accept"'))).toEqual([
      expect.stringContaining('must be return or review'),
    ]);
  });

  it('count attendance by department, grade and month, so that a change begins with a month', async () => {
    const rule = { shortMinutes: 15, overMinutes: 60, longestHours: 16 };
    const asked = (of: Policies, grade: string, period: string) =>
      of.attendanceRule({ department: 'D-OPS', grade, period });
    expect(await asked(policies, 'M2', '2026-11')).toEqual({ countedBy: 'calendar', ...rule });
    expect(await asked(policies, '', '2026-11')).toEqual({ countedBy: 'clock where used', ...rule });

    const fromMarch = files.map(({ file, xml }) => ({
      file,
      xml:
        file === 'attendance.dmn'
          ? xml.replace('"M2"', '-').replace(/(row_1_test_3">\s*<text>)-/, '$1&lt; 202703')
          : xml,
    }));
    const changed = createPolicies(await compileRules(fromMarch));
    expect((await asked(changed, '', '2027-02')).countedBy).toBe('calendar');
    expect((await asked(changed, '', '2027-03')).countedBy).toBe('clock where used');
  });

  it('map expenses to accounts, and map none where no row does', async () => {
    const costCentre = 'CC-100';
    expect(await policies.accountFor({ category: 'meals', costCentre, legalEntity: 'CN01' })).toBe('6603');
    expect(await policies.accountFor({ category: 'gifts', costCentre, legalEntity: 'CN01' })).toBeUndefined();
    expect(await policies.accountFor({ category: 'meals', costCentre, legalEntity: 'US01' })).toBeUndefined();
    expect(await policies.ledgerAccounts({ legalEntity: 'CN01' })).toEqual({
      payableAccount: '2241',
      advanceAccount: '1221',
    });
    // The second entity of the company keeps its books elsewhere (`erp.legalEntities`).
    expect(await policies.accountFor({ category: 'meals', costCentre, legalEntity: 'DE01' })).toBeUndefined();
    expect(await policies.ledgerAccounts({ legalEntity: 'DE01' })).toBeUndefined();
  });

  it('map expenses by legal entity and by cost centre where rows of the company do', async () => {
    const entity = row(['-', '-', '"DE01"'], ['"4650"']);
    const costCentre = row(['"meals"', '"CC-300"', '-'], ['"6613"']);
    const credited = row(['"DE01"'], ['"1740"', '"1530"']);
    const changed = files.map(({ file, xml }) => ({
      file,
      xml:
        file === 'account-mapping.dmn'
          ? xml.replace('<rule id="row_1">', `${entity}${costCentre}<rule id="row_1">`)
          : file === 'ledger-accounts.dmn'
            ? xml.replace('<rule id="row_1">', `${credited}<rule id="row_1">`)
            : xml,
    }));
    const company = createPolicies(await compileRules(changed));
    const account = (legalEntity: string, of: string) =>
      company.accountFor({ category: 'meals', costCentre: of, legalEntity });

    expect(await Promise.all([account('CN01', 'CC-100'), account('CN01', 'CC-300')])).toEqual(['6603', '6613']);
    expect(await Promise.all([account('DE01', 'CC-100'), account('DE01', 'CC-300')])).toEqual(['4650', '4650']);
    expect(await company.ledgerAccounts({ legalEntity: 'CN01' })).toMatchObject({ payableAccount: '2241' });
    expect(await company.ledgerAccounts({ legalEntity: 'DE01' })).toEqual({
      payableAccount: '1740',
      advanceAccount: '1530',
    });
  });

  it('refuse a row with one of two accounts, a limit of no days, and an amount that the currency does not have', async () => {
    const withoutOne = (xml: string) => xml.replace('"2241"', '"none"');
    expect((await problemsAfter('ledger-accounts', withoutOne)).join()).toContain('must name two different accounts');
    const noDays = (xml: string) => xml.replace('<text>90</text>', '<text>0</text>');
    expect((await problemsAfter('expense-limits', noDays)).join()).toContain('must be a day or more');
    const noUnits = (xml: string) => xml.replace('<text>31</text>', '<text>400</text>').replace('"night"', '"week"');
    expect((await problemsAfter('expense-limits', noUnits)).join()).toMatch(
      /must be day, night, .*must be 366 or less/,
    );
    const farAway = (xml: string) => xml.replaceAll('<text>16</text>', '<text>25</text>');
    expect((await problemsAfter('attendance', farAway)).join()).toContain('longest hours must be 24 or less');
    const otherwise = (xml: string) => xml.replace('"calendar"', '"by hand"');
    expect((await problemsAfter('attendance', otherwise)).join()).toContain('must be calendar, clock or');
  });

  it('ask for payments and mismatches by post', async () => {
    expect(await levelsOf('payment', '50000')).toEqual(['post:payment-approver']);
    expect(await levelsOf('payment', '50000.01')).toEqual(['post:finance-director']);
    expect(await levelsOf('invoice-mismatch', '70')).toEqual(['post:buyer']);
  });

  it('give names and whole hours, each longer than the one before', async () => {
    const [first] = await policies.approvalLevels({
      subject: 'order',
      amount: '1',
      costCentre: 'CC-100',
      ...PLAIN_ASKED,
    });

    expect(first).toEqual({
      level: 'Manager',
      approvers: [{ rule: 'manager', weight: 1 }],
      mode: { kind: 'any' },
      isParallel: false,
      keepsVotes: true,
      remindAfterHours: 24,
      escalateAfterHours: 48,
      expireAfterHours: 120,
    });
    for (const wait of ['goods-receipt', 'supplier-invoice', 'payment', 'operator', 'hold'] as const) {
      const times = await policies.waitingTimes(wait);
      expect(times.remindAfterHours).toBeLessThan(times.escalateAfterHours);
      expect(times.escalateAfterHours).toBeLessThan(times.expireAfterHours);
    }
  });

  it('give limits and tolerances as decimal text', async () => {
    expect(await policies.linkLimit({ subject: 'order', costCentre: 'CC-100', ...PLAIN_ASKED })).toBe('100000');
    expect(await policies.splitLimits('CC-100')).toEqual([{ limit: '5000', windowDays: 30 }]);
    expect(await policies.matchTolerance({ currency: 'CNY', costCentre: 'CC-100' })).toEqual({
      pricePercent: '2',
      lineAmount: '100',
      quantityPercent: '0',
    });
    expect((await policies.matchTolerance({ currency: 'GBP', costCentre: 'CC-100' })).lineAmount).toBe('0');
  });

  it('refuse what no row answers: never an approval', async () => {
    await expect(levelsOf('order', '-1')).rejects.toMatchObject({
      name: 'BusinessRuleError',
      rule: 'no-approval-rule',
    });
  });

  it('refuse an amount that a double cannot tell from its neighbours', async () => {
    await expect(levelsOf('order', '99999999999999.99')).rejects.toBeInstanceOf(ValidationError);
    await expect(levelsOf('order', '5,000')).rejects.toBeInstanceOf(ValidationError);
  });

  it('need every table', async () => {
    await expect(
      createPolicies({ tables: {} }).linkLimit({ subject: 'order', costCentre: 'CC-100', ...PLAIN_ASKED }),
    ).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('an edited table', () => {
  it('is refused when it leaves a gap, though several rows may fire', async () => {
    const problems = await problemsAfter('approval-levels', (xml) =>
      xml.replace('<text>&lt;= 50000</text>', '<text>&lt;= 40000</text>'),
    );

    expect(problems).toEqual([
      'approval-levels.dmn, table "Approval levels": no row answers subject "payment", amount above 40000 and below 50000',
    ]);
  });

  it('may bound an amount on purpose: what lies beyond has no rule', async () => {
    const bounded = (xml: string) => xml.replace('<text>&gt;= 0</text>', '<text>[0..2000000]</text>');
    const changed = files.map(({ file, xml }) => ({ file, xml: file === 'approval-levels.dmn' ? bounded(xml) : xml }));
    const strict = createPolicies(await compileRules(changed));

    expect(
      await strict.approvalLevels({ subject: 'order', amount: '2000000', costCentre: 'x', ...PLAIN_ASKED }),
    ).toHaveLength(4);
    await expect(
      strict.approvalLevels({ subject: 'order', amount: '2000000.01', costCentre: 'x', ...PLAIN_ASKED }),
    ).rejects.toMatchObject({ rule: 'no-approval-rule' });
  });

  it('refuses a document of which one line has no rule, and names the line: never an approval', async () => {
    const onlyKnown = (xml: string) => withAllowed(xml, 'category', '"", "custom-made"');
    const changed = files.map(({ file, xml }) => ({
      file,
      xml: file === 'approval-levels.dmn' ? onlyKnown(xml) : xml,
    }));
    const strict = createPolicies(await compileRules(changed));
    const lines = ['custom-made', 'furniture'].map((category) => ({ category, currency: 'CNY' }));
    const question = { subject: 'order', amount: '10', costCentre: 'CC-100', legalEntities: ['CN01'] } as const;

    await expect(strict.approvalLevels({ ...question, lines })).rejects.toMatchObject({
      rule: 'no-approval-rule',
      message: 'no rule says who approves order of 10, furniture, CNY, CN01',
    });
    await expect(strict.approvalLevels({ ...question, lines: lines.slice(0, 1) })).resolves.toHaveLength(1);
  });

  it('may leave out what it tells nothing apart by, as tables did that were made before', async () => {
    const older = files.map(({ file, xml }) => ({ file, xml: file === 'link-limit.dmn' ? withoutScope(xml) : xml }));
    const lenient = createPolicies(await compileRules(older));
    const payment = { subject: 'payment', costCentre: 'CC-100', legalEntities: ['DE01'] } as const;

    expect(await lenient.linkLimit({ ...payment, lines: [{ category: 'tools', currency: 'EUR' }] })).toBe('100000');
  });

  it('is refused when such a column holds something else, or is none that documents have', async () => {
    expect(
      await problemsAfter('link-limit', (xml) =>
        xml.replace('name="currency" typeRef="string"', 'name="currency" typeRef="number"'),
      ),
    ).toEqual([
      expect.stringContaining('column "currency": the column is a string, and the input is declared as number'),
    ]);
    expect(
      await problemsAfter('link-limit', (xml) =>
        xml.replaceAll('>category<', '>kind<').replaceAll('"category"', '"kind"'),
      ),
    ).toEqual(['link-limit.dmn, table "Link limit", column "kind": is unknown']);
  });

  it('is refused when a subject has no row, an approver is none, or hours shrink', async () => {
    expect(await problemsAfter('link-limit', (xml) => xml.replaceAll('"payment"', '"pay"'))).toEqual([
      'link-limit.dmn, table "Link limit", column "subject", allowed values: leave out "payment"',
      'link-limit.dmn, table "Link limit", row 2, column "subject": "pay" is no value of the column',
      'link-limit.dmn, table "Link limit", row 3, column "subject": "pay" is no value of the column',
    ]);
    expect(await problemsAfter('approval-levels', (xml) => xml.replace('"department-head"', '"head"'))).toEqual([
      'approval-levels.dmn, table "Approval levels", row 4: approver.0 must be manager, manager-2 to manager-9, chain, department-head, post:…, post:…@cost-centre, person:…, choice:… or field:… (both may end in @post:…), or previous@post:… (may end in @cost-centre), each with a weight such as *2 if need be',
    ]);
    expect(await problemsAfter('waiting-times', (xml) => xml.replace('<text>504</text>', '<text>300</text>'))).toEqual([
      'waiting-times.dmn, table "Waiting times", row 1: the hours must grow from remind to escalate to expire',
    ]);
    expect(await problemsAfter('waiting-times', (xml) => xml.replace('<text>336</text>', '<text>0.5</text>'))).toEqual([
      'waiting-times.dmn, table "Waiting times", row 1: remind after hours must be whole hours',
    ]);
    expect(await problemsAfter('match-tolerance', (xml) => xml.replace('<text>2</text>', '<text>-2</text>'))).toEqual([
      'match-tolerance.dmn, table "Match tolerance", row 1: price percent must not be negative',
    ]);
  });

  it('is refused when it does not say what its hours are', async () => {
    expect(await problemsAfter('waiting-times', (xml) => xml.replace('"clock time"', '"hours"'))).toEqual([
      expect.stringMatching(/^waiting-times\.dmn, table "Waiting times", row 1: counted in .*working time.*clock time/),
    ]);
  });

  it('is refused when its working hours may last longer than the machines wait, each row by itself', async () => {
    const working = files.map(({ file, xml }) => ({ file, xml: xml.replace('"clock time"', '"working time"') }));
    const bound = { calendar: 'China 1', mostHours: 168 };
    const problem = (row: number) => ({
      field: expect.stringMatching(new RegExp(`, row ${row}$`)),
      problem:
        'expire after hours must be 168 or less: by the calendar China 1, more working hours can take longer than 90 days',
    });

    await expect(compileRules(working, bound)).rejects.toMatchObject({ issues: [problem(11), problem(1)] });
    await expect(compileRules(working)).resolves.toBeDefined();
    await expect(compileRules(files, { ...bound, mostHours: 240 })).resolves.toBeDefined();
  });

  it('is refused when a column is renamed or its hit policy would let several rows decide one thing', async () => {
    expect(await problemsAfter('link-limit', (xml) => xml.replace('name="limit"', 'name="maximum"'))).toEqual([
      'link-limit.dmn, table "Link limit", column "maximum": is unknown',
      'link-limit.dmn, table "Link limit", column "limit": must be a number',
    ]);
    expect(await problemsAfter('link-limit', (xml) => xml.replace('UNIQUE', 'COLLECT'))).toEqual([
      'link-limit.dmn, table "Link limit": the hit policy COLLECT is not supported here',
    ]);
    expect(await problemsAfter('approval-levels', (xml) => xml.replace('RULE ORDER', 'UNIQUE'))).toEqual([
      'approval-levels.dmn, table "Approval levels": the hit policy UNIQUE is not supported here',
    ]);
  });

  it('is missed when its file is missing or misnamed', async () => {
    const misnamed = files.map(({ file, xml }) => ({ file: file.replace('link-limit', 'link-limits'), xml }));

    await expect(compileRules(misnamed)).rejects.toMatchObject({
      issues: [
        { field: 'link-limit.dmn', problem: 'the file is missing' },
        { field: 'link-limits.dmn', problem: 'nothing asks a table of this name' },
      ],
    });
  });
});

/** The table with a list of what a column may hold. */
function withAllowed(xml: string, column: string, allowed: string): string {
  const expression = `<text>${column}</text>\n        </inputExpression>`;
  return xml.replace(expression, `${expression}\n        <inputValues><text>${allowed}</text></inputValues>`);
}

/** The table of limits as it was before it told documents apart: one row for each subject. */
function withoutScope(xml: string): string {
  return xml
    .replace(/<dmndi:DMNDI>.*<\/dmndi:DMNDI>/su, '')
    .replaceAll(/<inputData id="data_[2-5]".*?<\/inputData>/gsu, '')
    .replaceAll(/<informationRequirement id="requirement_[2-5]".*?<\/informationRequirement>/gsu, '')
    .replaceAll(/<input id="input_[2-5]".*?<\/input>/gsu, '')
    .replaceAll(/<inputEntry id="row_\d+_test_[2-5]".*?<\/inputEntry>/gsu, '')
    .replaceAll(/<rule id="row_8".*?<\/rule>/gsu, '');
}
