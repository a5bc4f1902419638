import { describe, expect, test } from 'vitest';
import { MAX_HOURS } from '../../functions/policy/row-hours.ts';
import { machineFiles } from '../../local/paths/machine-files.ts';
import { hasLoops, soundnessFindings } from '../../local/step-functions/soundness/check.ts';
import { unclockedWaits, unfitArguments, unknownDetailTypes, unknownErrors } from '../support/machine-contracts.ts';

interface Exception {
  readonly machine: string;
  readonly finding: string;
  readonly reason: string;
}

/** What the checks find and what is meant to be so. An entry that nothing needs fails. */
const EXCEPTIONS: readonly Exception[] = [
  {
    machine: 'procure-to-pay',
    finding: 'uncaught at RegisterRequisition',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'procure-to-pay',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'procure-to-pay',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'expense-to-posting',
    finding: 'uncaught at RegisterClaim',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'expense-to-posting',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'expense-to-posting',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'leave-request',
    finding: 'uncaught at RegisterLeave',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'leave-request',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'leave-request',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'engineering-change',
    finding: 'uncaught at RegisterChange',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'engineering-change',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'engineering-change',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'office-request',
    finding: 'uncaught at RegisterRequest',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'office-request',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'office-request',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'payroll-run',
    finding: 'uncaught at OpenRun',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'payroll-run',
    finding: 'no-retry at CollectAttendance',
    reason: 'each item tries again by itself; collecting everybody again is for an operator to say',
  },
  {
    machine: 'payroll-run',
    finding: 'no-catch at CollectAttendance[0]/ReconcileAttendance',
    reason:
      'an item that fails is an open point of the run, named to an operator; too many of them fail the Map, which is caught',
  },
  {
    machine: 'payroll-run',
    finding: 'no-retry at SettleDifferences',
    reason: 'each item tries again by itself; asking about those who are left again is for an operator to say',
  },
  {
    machine: 'payroll-run',
    finding: 'loop-without-wait at ExportFigures',
    reason:
      'the items of SettleDifferences wait for an answer of an operator each; if one fails instead, ExportFigures does',
  },
  ...['AskOperators', 'ResolveDifference', 'CloseDifference'].map((state) => ({
    machine: 'payroll-run',
    finding: `no-catch at SettleDifferences[0]/${state}`,
    reason:
      'a question that fails stops no other; ExportFigures finds whose it was, and the operators are asked by the run',
  })),
  {
    machine: 'payroll-run',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'payroll-run',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  ...['PublishPayslips', 'FollowPayslips'].map((map) => ({
    machine: 'payroll-run',
    finding: `no-retry at ${map}`,
    reason: 'each payslip tries again by itself; looking at all of them again is for an operator to say',
  })),
  ...['OpenPayslip', 'PublishPayslip'].map((task) => ({
    machine: 'payroll-run',
    finding: `no-catch at PublishPayslips[0]/${task}`,
    reason:
      'what fails here stops no other, and is done, or asked about, by the payslip itself; beyond fifty the operators are asked by the run',
  })),
  {
    machine: 'payroll-run',
    finding: 'no-catch at FollowPayslips[0]/FollowPayslip',
    reason: 'a payslip whose execution fails stops no other; CloseRun finds it and asks the operators',
  },
  {
    machine: 'payslip',
    finding: 'no-catch at OpenPayslip',
    reason: 'without a process there is nobody to ask: the execution fails, and CloseRun of the run finds it',
  },
  {
    machine: 'payslip',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'payslip',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'replenishment',
    finding: 'no-catch at OpenReplenishment',
    reason: 'without a process there is nobody to ask: the execution fails, an alarm shows it, a redrive begins again',
  },
  {
    machine: 'replenishment',
    finding: 'no-catch at RouteFailure',
    reason: 'it is itself what failures lead to: what it cannot do in 30 tries fails the execution, and is redriven',
  },
  {
    machine: 'replenishment',
    finding: 'no-catch at ResolveFailure',
    reason: "the operators' question itself has failed: asking by another question would fail too",
  },
  {
    machine: 'approval',
    finding: 'uncaught at OpenLevel',
    reason: 'whoever started the approval decides what its failure means',
  },
  {
    machine: 'approval',
    finding: 'no-catch at RingDeadline',
    reason: 'whoever started the approval decides what its failure means',
  },
];

/** How often the loops of a machine turn at most: from one wait to the next is a round. */
const ROUNDS: Readonly<Record<string, { readonly rounds: number; readonly reason: string }>> = {
  'procure-to-pay': {
    rounds: 37,
    reason:
      'a purchase without trouble waits six times, and five if its order is released without asking, which joins two rounds; each further round needs an answer of a person or a fact of the ERP. The bound supposes that every call fails until its last try, which takes hours a round: without failures a round writes some 30 events, and 800 fit',
  },
  'expense-to-posting': {
    rounds: 45,
    reason:
      'a claim without trouble waits twice; each further round needs an answer of a person or a fact of the ERP, and what is sent again is taken 20 times at most',
  },
  'engineering-change': {
    rounds: 40,
    reason:
      'a change without trouble waits once for people and once for its day, and four times more for the backstop when it lies far ahead; each further round needs an answer of a person, and what is sent again is taken 20 times at most',
  },
  'leave-request': {
    rounds: 45,
    reason:
      'a leave without trouble waits twice, and three times more for the backstop when it lies far ahead; each further round needs an answer of a person, and what is sent again is taken 20 times at most',
  },
  'office-request': {
    rounds: 45,
    reason:
      'a request without trouble waits once; each further round needs an answer of a person, and what is sent again is taken 20 times at most',
  },
  'payroll-run': {
    rounds: 45,
    reason: 'a run without trouble waits once, for payroll; each round needs an answer of an operator',
  },
  replenishment: {
    rounds: 45,
    reason: 'one without trouble waits once, for its purchase; each further round needs an answer of an operator',
  },
  payslip: {
    rounds: 45,
    reason: 'a payslip without trouble waits once; each further round needs a dispute and the answer of an operator',
  },
  approval: {
    rounds: 100,
    reason:
      'a round is a level of a table in rules/, or the backstop of one, which comes after 100 days: an approval ends within 359',
  },
};

const machines = machineFiles();
describe.each(machines)('$name', ({ name, definition }) => {
  const found = soundnessFindings(definition, ROUNDS[name]?.rounds);
  const keyed = found.map((finding) => ({ ...finding, key: `${finding.rule} at ${finding.at}` }));
  const excepted = EXCEPTIONS.filter(({ machine }) => machine === name).map(({ finding }) => finding);

  test('is sound, but for what has a reason', () => {
    expect(keyed.filter(({ key }) => !excepted.includes(key))).toEqual([]);
  });

  test('needs every exception that is made for it', () => {
    expect(excepted.filter((one) => !keyed.some(({ key }) => key === one))).toEqual([]);
    expect(ROUNDS[name] !== undefined).toBe(hasLoops(definition));
  });

  test('names errors that somebody throws, and events that have a contract', async () => {
    expect(unknownErrors(definition)).toEqual([]);
    expect(await unknownDetailTypes(definition)).toEqual([]);
  });

  test('gives its functions what they take', async () => {
    expect(await unfitArguments(definition)).toEqual([]);
  });

  test('waits for tokens only where our clock rings first', () => {
    expect(unclockedWaits(definition, MAX_HOURS * 3600)).toEqual([]);
  });
});

test('the tables of exceptions and rounds speak of machines that are there', () => {
  const named = [...EXCEPTIONS.map(({ machine }) => machine), ...Object.keys(ROUNDS)];
  const names = machines.map(({ name }) => name);

  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});
