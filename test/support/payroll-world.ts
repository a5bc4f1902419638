/** A payroll run's whole process in memory: the bucket, the time sheets, and the leaves that were asked for before it. */
import { decideAsOperator, operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import { type RecordEntry, verifyChain } from '../../functions/audit/domain/record.ts';
import type { TimePort } from '../../functions/connectors/erp/time-port.ts';
import * as closeHandler from '../../functions/payroll/close-payroll-run.handler.ts';
import { closeRun } from '../../functions/payroll/close-run.ts';
import { type PayrollRunState, runKeys } from '../../functions/payroll/domain/payroll-run.ts';
import * as exportHandler from '../../functions/payroll/export-figures.handler.ts';
import { exportFigures } from '../../functions/payroll/export-figures.ts';
import * as openHandler from '../../functions/payroll/open-payroll-run.handler.ts';
import { openRun } from '../../functions/payroll/open-run.ts';
import type { RunFiles } from '../../functions/payroll/port.ts';
import * as reconcileHandler from '../../functions/payroll/reconcile-attendance.handler.ts';
import { reconcileAttendance } from '../../functions/payroll/reconcile-attendance.ts';
import * as routeHandler from '../../functions/payroll/route-payroll.handler.ts';
import { routePayroll } from '../../functions/payroll/route-payroll.ts';
import { readHead } from '../../functions/process/update-process.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { type MemoryObjects, memoryObjects } from '../../local/step-functions/index.ts';
import { callCommonFunction, type FunctionParts } from './common-functions.ts';
import { companyCalendar } from './company-calendar.ts';
import { FakeTime } from './fake-time.ts';
import { PAYROLL_BUCKET } from './machines.ts';
import { type End, handIn } from './path-coverage.ts';
import { ProcessWorld, type WorldOptions } from './process-world.ts';
import { directoryData } from './purchase-company.ts';

/** The month before the first moment of a world. */
export const PERIOD = '2025-12';
const RUN = `payroll-run-${PERIOD}`;
const NOTHING = 'nothing';

/** Time sheets that know when those who left have left. */
export function payrollTime(): FakeTime {
  return new FakeTime(
    directoryData.people.map(({ employeeId, name, active }) => ({
      employeeId,
      name,
      ...(active ? {} : { employedUntil: '2025-11-30' }),
    })),
  );
}

export class PayrollWorld extends ProcessWorld {
  readonly time: FakeTime;
  readonly bucket: MemoryObjects;

  constructor(options: WorldOptions & { readonly time?: FakeTime; readonly tolerated?: number } = {}) {
    const { time = payrollTime(), tolerated = 20, ...rest } = options;
    const bucket = memoryObjects();
    const callFunction = (parts: FunctionParts, name: string, payload: unknown) =>
      callPayrollFunction({ ...parts, time, runFiles: filesIn(bucket), tolerated }, name, payload);
    super({ machine: 'payroll-run', callFunction, objects: bucket }, rest);
    this.time = time;
    this.bucket = bucket;
  }

  /** Somebody, or the schedule, starts a run, and what follows happens. */
  async begin(input: object = { period: PERIOD }): Promise<void> {
    await this.startExecution(input);
  }

  /** An operator answers what the run waits for. */
  async operate(action: string): Promise<void> {
    const order = { processId: RUN, action, operator: 'Zhou', reason: 'Checked with human resources' };
    await decideAsOperator({ ...this.deps, directory: this.directory }, order);
    await this.run();
  }

  /** What an operator is shown. */
  async shown(): Promise<readonly string[]> {
    return (await operatorTasks({ store: this.store })).flatMap(({ notes }) => notes);
  }

  /** Rows of the file for payroll, without the heading. */
  rows(): readonly string[] {
    return this.fileText().split('\r\n').slice(1, -1);
  }

  fileText(): string {
    return this.store.commits === 0 ? '' : (this.bucket.objects(PAYROLL_BUCKET)[runKeys(RUN).file] ?? '');
  }

  record() {
    return this.store.readRecord(RUN);
  }

  /** What the record says of the file. */
  async handedOver(): Promise<RecordEntry['facts']> {
    const entry = (await this.record()).find(({ type }) => type === 'PayrollFiguresHandedOver');
    if (entry === undefined) {
      throw new Error('nothing was handed over');
    }
    return entry.facts;
  }

  /** Asserts the end and hands the world in: as the ERP's side stand the rows of the file; an OA has no part in it. */
  async handIn(expected: Omit<End, 'oa'>, unfit: readonly string[] = []): Promise<void> {
    const rows = this.rows().length;
    const erp = rows === 0 ? NOTHING : `${rows} rows`;
    const oa = this.notices.map(({ status }) => status).join(' ') || NOTHING;
    await handIn(this, { record: await this.recordLine(), erp, oa }, { ...expected, oa: NOTHING }, unfit);
  }

  private async recordLine(): Promise<string> {
    const head = await readHead<PayrollRunState>(this.store, RUN);
    if (head === undefined) {
      return NOTHING;
    }
    const record = await this.record();
    const turns = record.flatMap(({ type, facts }) =>
      type === 'DecisionMade' ? [String(facts.action)] : type === 'StepFailed' ? [`!${facts.step}`] : [],
    );
    const personal = await this.store.readPersonal(RUN);
    const damages = verifyChain(RUN, record, { expectedHead: head.chain, personal });
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
    find: async (key) => bucket.objects(PAYROLL_BUCKET)[key],
    write: (key, body) => bucket.putObject({ bucket: PAYROLL_BUCKET, key, body }),
  };
}

interface PayrollParts extends FunctionParts {
  readonly time: TimePort;
  readonly runFiles: RunFiles;
  readonly tolerated: number;
}

/** What the deployed function of a name would return; it throws as the function would. */
async function callPayrollFunction(parts: PayrollParts, functionName: string, payload: unknown): Promise<unknown> {
  const { deps, time, runFiles: files, directory, policies, company, tolerated } = parts;
  switch (functionName) {
    case 'OpenPayrollRun': {
      const { executionId, event } = parseInput(openHandler.input, payload);
      const input = { executionId, period: event.period };
      const opened = await openRun({ ...deps, files, company, deployed: directoryData }, input);
      return { ...opened, toleratedPercentage: tolerated, atOnce: 4 };
    }
    case 'ReconcileAttendance':
      return reconcileAttendance(
        { store: deps.store, time, calendar: companyCalendar },
        parseInput(reconcileHandler.input, payload),
      );
    case 'ExportFigures':
      return exportFigures({ ...deps, files }, parseInput(exportHandler.input, payload));
    case 'RoutePayroll':
      return routePayroll({ ...deps, directory, policies, company, files }, parseInput(routeHandler.input, payload));
    case 'ClosePayrollRun':
      return closeRun(deps, parseInput(closeHandler.input, payload).processId);
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
