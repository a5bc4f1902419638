/** A payroll run's whole process in memory: the buckets, the time sheets, payroll, and the leaves that were asked for before it. */

import { decideAsOperator, operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import { type RecordEntry, verifyChain } from '../../functions/audit/domain/record.ts';
import type { TimePort } from '../../functions/connectors/erp/time-port.ts';
import {
  createFileExchange,
  exchangeKeys,
  runOfAnswer,
} from '../../functions/connectors/payroll/files/file-exchange.ts';
import type { PayrollSystem } from '../../functions/connectors/payroll/port.ts';
import type { DirectoryData } from '../../functions/directory/directory-file.ts';
import * as askHandler from '../../functions/payroll/ask-difference.handler.ts';
import { askDifference } from '../../functions/payroll/ask-difference.ts';
import * as awaitHandler from '../../functions/payroll/await-payroll.handler.ts';
import { awaitPayroll } from '../../functions/payroll/await-payroll.ts';
import * as closeDifferenceHandler from '../../functions/payroll/close-difference.handler.ts';
import { closeDifference } from '../../functions/payroll/close-difference.ts';
import * as closeHandler from '../../functions/payroll/close-payroll-run.handler.ts';
import { closeRun } from '../../functions/payroll/close-run.ts';
import { payrollRunId } from '../../functions/payroll/domain/payroll-run.ts';
import * as exportHandler from '../../functions/payroll/export-figures.handler.ts';
import { exportFigures } from '../../functions/payroll/export-figures.ts';
import * as openHandler from '../../functions/payroll/open-payroll-run.handler.ts';
import { openRun } from '../../functions/payroll/open-run.ts';
import { pollPayroll } from '../../functions/payroll/poll-payroll.ts';
import type { RunFiles } from '../../functions/payroll/port.ts';
import * as reconcileHandler from '../../functions/payroll/reconcile-attendance.handler.ts';
import { reconcileAttendance } from '../../functions/payroll/reconcile-attendance.ts';
import { recordPayrollAnswer } from '../../functions/payroll/record-payroll-answer.ts';
import * as routeHandler from '../../functions/payroll/route-payroll.handler.ts';
import { routePayroll } from '../../functions/payroll/route-payroll.ts';
import { answerPayslip } from '../../functions/payslips/answer-payslip.ts';
import * as awaitPayslipHandler from '../../functions/payslips/await-payslip.handler.ts';
import { awaitPayslip } from '../../functions/payslips/await-payslip.ts';
import * as closePayslipHandler from '../../functions/payslips/close-payslip.handler.ts';
import { closePayslip } from '../../functions/payslips/close-payslip.ts';
import { type PayslipState, payslipId } from '../../functions/payslips/domain/payslip-process.ts';
import * as openPayslipHandler from '../../functions/payslips/open-payslip.handler.ts';
import { openPayslip } from '../../functions/payslips/open-payslip.ts';
import type { PayslipStore } from '../../functions/payslips/port.ts';
import * as publishHandler from '../../functions/payslips/publish-payslip.handler.ts';
import { publishPayslip } from '../../functions/payslips/publish-payslip.ts';
import * as routePayslipHandler from '../../functions/payslips/route-payslip.handler.ts';
import { routePayslip } from '../../functions/payslips/route-payslip.ts';
import { readHead } from '../../functions/process/update-process.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { calculatePayslips } from '../../local/demo/payroll-desk.ts';
import { type MemoryObjects, memoryObjects } from '../../local/step-functions/index.ts';
import { callCommonFunction, type FunctionParts } from './common-functions.ts';
import { companyCalendar } from './company-calendar.ts';
import { FakeTime } from './fake-time.ts';
import { PAYROLL_BUCKET } from './machines.ts';
import { MemoryPayslips } from './memory-payslips.ts';
import { type End, handIn } from './path-coverage.ts';
import { ProcessWorld, type WorldOptions } from './process-world.ts';
import { COMPANY, directoryData } from './purchase-company.ts';

/** Files of payroll's answer, by the end of their names. */
type AnswerFiles = Readonly<Record<string, string>>;

interface PayrollWish {
  /** What an hour of an employee is worth, where it is not the usual. */
  readonly hourly?: Readonly<Record<string, string>>;
  /** Something else than payroll would write. */
  readonly change?: (files: AnswerFiles) => AnswerFiles;
}

interface PayrollOptions extends WorldOptions {
  readonly time?: FakeTime;
  readonly tolerated?: number;
  /** Everybody in the directory, instead of {@link people}. */
  readonly deployed?: DirectoryData['people'];
  /** Instead of one that exchanges files. */
  readonly system?: (files: RunFiles) => PayrollSystem;
}

/** The month before the first moment of a world. */
export const PERIOD = '2025-12';
const NOTHING = 'nothing';

/** Who is paid: few, so that a run with everybody's payslip is quick; one of them has left. */
export const people = [
  ...directoryData.people.filter(({ active }) => active).slice(0, 4),
  ...directoryData.people.filter(({ active }) => !active).slice(0, 1),
];
/** How many of them are employed. */
export const ACTIVE = people.filter(({ active }) => active).length;

/** Time sheets that know when those who left have left. */
export function payrollTime(): FakeTime {
  return new FakeTime(
    people.map(({ employeeId, name, active }) => ({
      employeeId,
      name,
      ...(active ? {} : { employedUntil: '2025-11-30' }),
    })),
  );
}

/** As many employees as are asked for, all of them active; the time sheets know them without a first or last day. */
export function manyPeople(count: number) {
  const [one] = people;
  if (one === undefined) {
    throw new Error('the directory of the tests is empty');
  }
  const deployed = Array.from({ length: count }, (_, index) => ({ ...one, employeeId: `E-${index + 10_000}` }));
  return { deployed, time: new FakeTime(deployed) };
}

export class PayrollWorld extends ProcessWorld {
  readonly time: FakeTime;
  readonly bucket: MemoryObjects;
  /** What payroll has written. */
  readonly answers = memoryObjects();
  readonly payslips = new MemoryPayslips();
  private readonly system: PayrollOptions['system'];
  readonly questions = new Set<string>();
  /** The month that everything is about, until another is begun. */
  period = PERIOD;

  constructor(options: PayrollOptions = {}) {
    const { time = payrollTime(), tolerated = 20, deployed = people, system, ...rest } = options;
    const bucket = memoryObjects();
    const callFunction = (parts: FunctionParts, name: string, payload: unknown) =>
      callPayrollFunction(
        {
          ...parts,
          time,
          runFiles: filesIn(bucket),
          tolerated,
          deployed,
          payroll: this.payroll(),
          payslips: this.payslips,
          questions: this.questions,
        },
        name,
        payload,
      );
    super({ machine: 'payroll-run', callFunction, objects: bucket }, rest);
    this.time = time;
    this.bucket = bucket;
    this.system = system;
  }

  /** Somebody, or the schedule, starts a run, and what follows happens. */
  async begin(input: { readonly period?: string } = { period: PERIOD }): Promise<void> {
    this.period = input.period ?? PERIOD;
    await this.startExecution(input);
  }

  /** The run of the month. */
  get runId(): string {
    return payrollRunId(this.period);
  }

  /** What the pages of payslips stand on. */
  pageDeps() {
    return { ...this.deps, directory: this.directory, payslips: this.payslips };
  }

  payroll(): PayrollSystem {
    return this.system?.(filesIn(this.bucket)) ?? this.fileExchange();
  }

  /** A tick of the clock by which a system that announces nothing is asked. */
  async poll(): Promise<{ asked: number }> {
    const asked = await pollPayroll({ ...this.deps, company: COMPANY, payroll: this.payroll() });
    await this.run();
    return asked;
  }

  private fileExchange(): PayrollSystem {
    return createFileExchange({ figures: filesIn(this.bucket), answers: filesIn(this.answers) });
  }

  /** Payroll calculates from the figures that it was given, or writes what a test says instead, and the last file is heard of. */
  async payrollAnswers({ hourly = {}, change = (files) => files }: PayrollWish = {}): Promise<void> {
    const files = change(calculatePayslips(`${this.runId}.csv`, this.fileText(), hourly));
    for (const [end, text] of Object.entries(files)) {
      await this.payrollWrites(`answers/${this.runId}.${end}`, text);
    }
  }

  /** S3 tells of each file that arrives. */
  async payrollWrites(key: string, text: string): Promise<void> {
    await this.answers.putObject({ bucket: PAYROLL_BUCKET, key, body: text });
    const run = runOfAnswer(key);
    if (run !== undefined) {
      await recordPayrollAnswer({ ...this.deps, payroll: this.payroll() }, run);
    }
    await this.run();
  }

  /** An employee says something of what they were shown last. */
  async say(employeeId: string, word: 'confirmed' | 'disputed', reason = 'One day of leave is missing') {
    const { state } = (await readHead<PayslipState>(this.store, payslipId(this.period, employeeId))) ?? {};
    const revision = state?.published?.revision ?? 0;
    const result = await answerPayslip(this.pageDeps(), { employeeId, period: this.period, revision, word, reason });
    await this.run();
    return result;
  }

  /** How far the run is, as people see it. */
  async phase(): Promise<string | undefined> {
    return (await readHead(this.store, this.runId))?.phase;
  }

  /** Payroll calculates and everybody confirms, unless the run is not so far. */
  async settle(): Promise<void> {
    if ((await this.phase()) !== 'Payroll') {
      return;
    }
    await this.payrollAnswers();
    await this.confirmOthers('');
  }

  /** Everybody confirms but one. */
  async confirmOthers(but: string): Promise<void> {
    for (const { employeeId } of people.filter((person) => person.employeeId !== but)) {
      await this.say(employeeId, 'confirmed');
    }
  }

  /** Employees about whose payslip the operators are asked. */
  async waitingPayslips(): Promise<readonly string[]> {
    const tasks = await operatorTasks({ store: this.store });
    return tasks.flatMap(({ processId }) => /^payslip-\d{4}-\d\d-(.+)$/.exec(processId)?.[1] ?? []);
  }

  /** An operator answers what the run waits for, or an employee's payslip. */
  async operate(action: string, employeeId?: string): Promise<void> {
    await this.decide(employeeId === undefined ? this.runId : payslipId(this.period, employeeId), action);
  }

  /** An operator answers what is asked about an employee's attendance. */
  async settleDifference(action: 'retry' | 'skip', employeeId: string): Promise<void> {
    const tasks = await operatorTasks({ store: this.store });
    const ids = tasks.map(({ processId }) => processId).filter((id) => this.questions.has(id));
    await this.decide(ids.find((id) => id.includes(`-${this.period}-${employeeId}-`)) ?? '', action);
  }

  private async decide(processId: string, action: string): Promise<void> {
    const order = { processId, action, operator: 'Zhou', reason: 'Checked with human resources' };
    await decideAsOperator({ ...this.deps, directory: this.directory }, { ...order, via: 'operator-tool' });
    await this.run();
  }

  /** What an operator is shown. */
  async shown(): Promise<readonly string[]> {
    return (await operatorTasks({ store: this.store })).flatMap(({ notes }) =>
      notes.map(({ label, value }) => `${label}: ${value}`),
    );
  }

  /** Rows of the file for payroll, without the heading. */
  rows(): readonly string[] {
    return this.fileText().split('\r\n').slice(1, -1);
  }

  fileText(): string {
    return this.store.commits === 0
      ? ''
      : (this.bucket.objects(PAYROLL_BUCKET)[exchangeKeys(this.runId).figures] ?? '');
  }

  record() {
    return this.store.readRecord(this.runId);
  }

  /** Of one employee's payslip. */
  payslipRecord(employeeId: string) {
    return this.store.readRecord(payslipId(this.period, employeeId));
  }

  /** What the record says of the file. */
  async handedOver(): Promise<RecordEntry['facts']> {
    const entry = (await this.record()).find(({ type }) => type === 'PayrollFiguresHandedOver');
    if (entry === undefined) {
      throw new Error('nothing was handed over');
    }
    return entry.facts;
  }

  /** What is left to payroll and the employees happens without a fault; then as {@link handInAsItIs}. */
  async handIn(expected: Omit<End, 'oa'>, unfit: readonly string[] = []): Promise<void> {
    await this.settle();
    await this.handInAsItIs(expected, unfit);
  }

  /**
   * Asserts the end and hands the world in: the record's line says how the run stands, and behind it each question about an
   * employee, and each payslip that was not simply confirmed; as the ERP's side stand the rows of the file; an OA has no part in it.
   */
  async handInAsItIs(expected: Omit<End, 'oa'>, unfit: readonly string[] = []): Promise<void> {
    const rows = this.rows().length;
    const erp = rows === 0 ? NOTHING : `${rows} rows`;
    const oa = this.notices.map(({ status }) => status).join(' ') || NOTHING;
    await handIn(this, { record: await this.recordLine(), erp, oa }, { ...expected, oa: NOTHING }, unfit);
  }

  private async recordLine(): Promise<string> {
    const lines = [await this.lineOf(this.runId)];
    for (const question of this.questions) {
      const [, period, employeeId] = /-(\d{4}-\d\d)-(.+)-\d+$/.exec(question) ?? [];
      lines.push(period === this.period ? `[${employeeId} ${await this.lineOf(question)}]` : '');
    }
    for (const { employeeId } of people) {
      const line = await this.lineOf(payslipId(this.period, employeeId));
      // Whoever has no payslip, or has just confirmed it, is nothing to speak of.
      lines.push(line === NOTHING || line === 'confirmed' ? '' : `[${employeeId} ${line}]`);
    }
    return lines.filter((line) => line !== '').join(' ');
  }

  private async lineOf(processId: string): Promise<string> {
    const head = await readHead(this.store, processId);
    if (head === undefined) {
      return NOTHING;
    }
    const record = await this.store.readRecord(processId);
    const turns = record.flatMap(({ type, facts }) =>
      type === 'DecisionMade' ? [String(facts.action)] : type === 'StepFailed' ? [`!${facts.step}`] : [],
    );
    const personal = await this.store.readPersonal(processId);
    const damages = verifyChain(processId, record, { expectedHead: head.chain, personal });
    return [...turns, head.outcome ?? `(${head.phase})`, ...damages.map(({ damage }) => `DAMAGED: ${damage}`)].join(
      ' ',
    );
  }
}

/** The port over what the engine's Map reads and writes. */
export function filesIn(bucket: MemoryObjects): RunFiles {
  return {
    read: async (key) => {
      try {
        return await bucket.getObject({ bucket: PAYROLL_BUCKET, key });
      } catch (cause) {
        throw new ConnectorTransientError(`there is no ${key}`, { cause });
      }
    },
    find: async (key) => {
      try {
        return await bucket.getObject({ bucket: PAYROLL_BUCKET, key });
      } catch {
        return undefined;
      }
    },
    write: (key, body) => bucket.putObject({ bucket: PAYROLL_BUCKET, key, body }),
  };
}

interface PayrollParts extends FunctionParts {
  readonly time: TimePort;
  readonly runFiles: RunFiles;
  readonly tolerated: number;
  readonly deployed: DirectoryData['people'];
  /** Processes of questions about single employees so far. */
  readonly questions: Set<string>;
  readonly payroll: PayrollSystem;
  readonly payslips: PayslipStore;
}

/** What the deployed function of a name would return; it throws as the function would. */
async function callPayrollFunction(parts: PayrollParts, functionName: string, payload: unknown): Promise<unknown> {
  const { deps, time, runFiles: files, directory, policies, company, tolerated, payroll, payslips, questions } = parts;
  const { alarms, waitClock } = parts;
  switch (functionName) {
    case 'OpenPayrollRun': {
      const { executionId, event } = parseInput(openHandler.input, payload);
      const input = { executionId, period: event.period };
      const opened = await openRun(
        { ...deps, files, company, deployed: { ...directoryData, people: parts.deployed }, correctedMonths: 3 },
        input,
      );
      return { ...opened, toleratedPercentage: tolerated, atOnce: 4 };
    }
    case 'ReconcileAttendance':
      return reconcileAttendance(
        { store: deps.store, time, calendar: companyCalendar, directory, policies, timeZone: company.timeZone },
        parseInput(reconcileHandler.input, payload),
      );
    case 'ExportFigures':
      return exportFigures({ ...deps, files, payroll }, parseInput(exportHandler.input, payload));
    case 'AskDifference': {
      const asked = await askDifference(
        { ...deps, directory, policies, company },
        parseInput(askHandler.input, payload),
      );
      questions.add(asked.processId);
      return asked;
    }
    case 'CloseDifference':
      return closeDifference(deps, parseInput(closeDifferenceHandler.input, payload));
    case 'RoutePayroll':
      return routePayroll({ ...deps, directory, policies, company, payroll }, parseInput(routeHandler.input, payload));
    case 'AwaitPayroll':
      await awaitPayroll({ ...deps, alarms, waitClock, policies, payroll }, parseInput(awaitHandler.input, payload));
      return null;
    case 'ClosePayrollRun':
      return closeRun({ ...deps, files }, parseInput(closeHandler.input, payload));
    case 'OpenPayslip':
      return openPayslip(deps, parseInput(openPayslipHandler.input, payload));
    case 'PublishPayslip':
      return publishPayslip({ ...deps, payroll, payslips }, parseInput(publishHandler.input, payload).processId);
    case 'AwaitPayslip':
      await awaitPayslip(
        { ...deps, alarms, waitClock, policies, directory },
        parseInput(awaitPayslipHandler.input, payload),
      );
      return null;
    case 'RoutePayslip':
      return routePayslip({ ...deps, directory, policies, company }, parseInput(routePayslipHandler.input, payload));
    case 'ClosePayslip':
      return closePayslip(deps, parseInput(closePayslipHandler.input, payload).processId);
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}

/** A world in which a function does not work as long as it is down. */
export function payrollWorldWithout(functionName: string) {
  const state = { isDown: true };
  const world = new PayrollWorld({
    fault: (_, name) => (state.isDown && name === functionName ? 'refused' : undefined),
  });
  return { world, state };
}
