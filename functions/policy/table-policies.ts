/** The company's policies, answered by its decision tables. */
import { compare } from '../money/money.ts';
import { BusinessRuleError, ConfigError, ValidationError } from '../runtime/errors.ts';
import { answersForLines, lineText, rowsOfDocument } from './document-rows.ts';
import { evaluateTable, explainTable, type FiredRow, type TableValue } from './evaluate-table.ts';
import { firedRules } from './fired-rules.ts';
import { levelOfRow } from './level-row.ts';
import { policyDigest } from './policy-digest.ts';
import {
  accountMappingRow,
  attendanceRow,
  complianceRow,
  expenseFindingRow,
  expenseLimitRow,
  leaveRuleRow,
  ledgerAccountsRow,
  linkLimitRow,
  matchToleranceRow,
  replenishmentRow,
  splitLimitRow,
  waitingTimesRow,
} from './policy-rows.ts';
import type { PolicyTable } from './policy-tables.ts';
import type { Policies, ScopeQuestion } from './port.ts';
import { type CompiledRules, isExactNumber } from './table.ts';

interface Question {
  readonly [input: string]: TableValue;
}

/** `rules`: what `compileRules` made of the company's tables. */
export function createPolicies(rules: CompiledRules): Policies {
  const tableOf = (name: PolicyTable) => {
    const table = rules.tables[name];
    if (table === undefined) {
      throw new ConfigError(`the table ${name} is missing: deploy the stack again`);
    }
    return table;
  };
  const ask = (name: PolicyTable, values: Question) => evaluateTable(tableOf(name), values);
  const askForLines = (name: PolicyTable, { costCentre, legalEntities, lines }: ScopeQuestion, values: Question) =>
    answersForLines(tableOf(name), { costCentre, legalEntities, lines }, values);
  let digest: string | undefined;
  return {
    inForce() {
      digest ??= policyDigest(rules);
      return { digest, rules };
    },
    async approvalLevels(question) {
      const { subject, amount } = question;
      const answers = askForLines('approval-levels', question, { subject, amount: amountOf(amount) });
      const silent = answers.find(({ rows }) => rows.length === 0);
      if (silent !== undefined) {
        const what = [`${subject} of ${amount}`, lineText(silent.question)].filter((text) => text !== '').join(', ');
        throw new BusinessRuleError('no-approval-rule', `no rule says who approves ${what}`);
      }
      return rowsOfDocument(answers).map(levelOfRow);
    },
    async firedRules(question) {
      const { subject, amount } = question;
      const fired = (name: PolicyTable, values: Question) =>
        firedRules(name, tableOf(name), rowsOfDocument(askForLines(name, question, values)));
      const levels = subject === 'operator' ? [] : [fired('approval-levels', { subject, amount: amountOf(amount) })];
      return [...levels, fired('link-limit', { subject })];
    },
    async linkLimit(question) {
      const answers = askForLines('link-limit', question, { subject: question.subject });
      const limits = answers.flatMap(({ rows }) => rows.map(({ results }) => linkLimitRow.parse(results)));
      return limits.reduce((lowest, limit) => (compare(limit, lowest) < 0 ? limit : lowest));
    },
    async waitingTimes(wait) {
      return waitingTimesRow.parse(ask('waiting-times', { wait })[0]);
    },
    async splitLimits(costCentre) {
      return ask('split-purchases', { 'cost centre': costCentre }).map((row) => splitLimitRow.parse(row));
    },
    async replenishmentRule({ warehouse, categories, amount }) {
      const table = tableOf('replenishment');
      const rows = (categories.length === 0 ? [''] : categories).flatMap((category) =>
        explainTable(table, { warehouse, category, amount: amountOf(amount) }),
      );
      const answers = rows.map(({ results }) => replenishmentRow.parse(results));
      const answer = answers.find(({ release }) => release === 'ask') ?? answers[0];
      if (answer === undefined) {
        throw new BusinessRuleError('no-replenishment-rule', `no rule says how ${warehouse} buys for ${amount}`);
      }
      return { ...answer, ruledBy: firedRules('replenishment', table, onceEach(rows)) };
    },
    async leaveRule(kind) {
      return leaveRuleRow.parse(ask('leave-entitlement', { kind })[0]);
    },
    async attendanceRule({ department, grade, period }) {
      const values = { department, grade, month: Number(period.replace('-', '')) };
      return attendanceRow.parse(ask('attendance', values)[0]);
    },
    async expenseLimit({ category, grade }) {
      return expenseLimitRow.parse(ask('expense-limits', { category, grade })[0]);
    },
    async findingBecomes(finding) {
      return expenseFindingRow.parse(ask('expense-findings', { finding })[0]);
    },
    async accountFor({ category, costCentre, legalEntity }) {
      const values = { category, 'cost centre': costCentre, 'legal entity': legalEntity };
      return accountMappingRow.parse(ask('account-mapping', values)[0]);
    },
    async ledgerAccounts({ legalEntity }) {
      return ledgerAccountsRow.parse(ask('ledger-accounts', { 'legal entity': legalEntity })[0]);
    },
    async complianceRule({ detector, process }) {
      return complianceRow.parse(ask('compliance', { detector, process })[0]);
    },
    async matchTolerance({ currency, costCentre }) {
      return matchToleranceRow.parse(ask('match-tolerance', { currency, 'cost centre': costCentre })[0]);
    },
  };
}

/** In the order of the table. */
function onceEach(rows: readonly FiredRow[]): readonly FiredRow[] {
  const byNumber = new Map(rows.map((row) => [row.row, row]));
  return [...byNumber.values()].sort((one, other) => one.row - other.row);
}

/** @throws ValidationError when a double cannot tell the amount from its neighbours. */
function amountOf(amount: string): number {
  if (!isExactNumber(amount)) {
    const remedy = 'give a plain decimal of at most 15 significant digits';
    throw new ValidationError([{ field: 'amount', problem: `${amount} cannot be compared exactly`, remedy }]);
  }
  return Number(amount);
}
