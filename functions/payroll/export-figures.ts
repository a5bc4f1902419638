/** The agreed figures of all employees go to payroll, and what has changed in months that it has already. */
import * as z from 'zod';

import { digestOf } from '../audit/domain/canonical-json.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import type { Effect } from '../process/domain/process.ts';
import { type ProcessDeps, registeredHead, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { collectedSchema, readResults, settledSchema } from './collected-results.ts';
import { monthEnd } from './domain/corrections.ts';
import type { OpenPoint } from './domain/difference-process.ts';
import {
  type HandedOver,
  type OpenPoints,
  PAYROLL_KIND,
  type PayrollHead,
  type PayrollRunState,
  runKeys,
} from './domain/payroll-run.ts';
import { afterSettlement, withRound } from './domain/settlements.ts';
import { keepHanded, readHanded } from './handed-figures.ts';
import { peopleSchema } from './open-run.ts';
import type { RunFiles } from './port.ts';

export interface ExportDeps extends ProcessDeps {
  readonly files: RunFiles;
  readonly payroll: PayrollSystem;
}

export interface ExportInput {
  readonly processId: string;
  readonly period: string;
  /** Key of what names the collected results. */
  readonly manifest: string;
  /** Key of what names the answers about single employees that came last; null: nobody was asked about these results. */
  readonly settled: string | null;
}

type ExportStatus = 'open' | 'held' | 'handed-over';

/**
 * Idempotent: the same results are the same figures, and the record names them once. Figures that differ from those handed
 * over before take their place, and payroll is asked anew.
 * @returns `open`: nothing is handed over, since somebody has to be asked about the employees whose list stands beside the results;
 *   `held`: nor is it, since somebody holds the run
 * @throws BusinessRuleError `unsettled`: the question about an employee who is still open did not come to its end. Its
 *   message has ids and no hours: it stands in the record.
 */
export async function exportFigures(deps: ExportDeps, input: ExportInput): Promise<{ status: ExportStatus }> {
  const { processId, period } = input;
  const { state }: PayrollHead = await registeredHead(deps.store, processId);
  const handed = await readHanded(deps.files, state.earlier);
  const { collected, failed, accepted, broken } = await readSettled(deps.files, input);
  const { employees, corrections, points } = monthEnd(period, collected, failed, handed);
  const open = openPoints(points, accepted);
  if (open.length > 0) {
    await putToOperators(deps, processId, open, broken);
    return { status: 'open' };
  }
  // Read anew: to collect what was answered takes a while, in which somebody may have stopped the run.
  if ((await registeredHead(deps.store, processId)).holds.length > 0) {
    return { status: 'held' };
  }
  const paid = new Set([...employees, ...corrections].map(({ employeeId }) => employeeId));
  await deps.files.write(runKeys(processId).paid, JSON.stringify([...paid].map((employeeId) => ({ employeeId }))));
  const kept = await keepHanded(deps.files, { period, employees, corrections, accepted: points.differing });
  const handOver = await deps.payroll.handOver({ processId, period }, employees, corrections);
  await recordHandOver(deps, processId, {
    ...handOver,
    kept,
    employees: employees.length,
    corrections: corrections.length,
    accepted: points.differing.length,
    missing: points.failed.map(({ employeeId }) => employeeId).sort(),
  });
  return { status: 'handed-over' };
}

const answersSchema = z.array(settledSchema);

/** Answers of all rounds are kept beside the results. `broken`: whose question of the last round did not come to its end. */
async function readSettled(files: RunFiles, { processId, manifest, settled }: ExportInput) {
  const key = runKeys(processId).settled;
  const results = await readResults(files, manifest, collectedSchema);
  const [before, round] =
    settled === null
      ? [[], { succeeded: [], failed: [] }]
      : await Promise.all([
          files.read(key).then((text) => answersSchema.parse(JSON.parse(text))),
          readResults(files, settled, settledSchema),
        ]);
  const answers = withRound(before, round.succeeded);
  await files.write(key, JSON.stringify(answers));
  const broken = new Set(round.failed.map(({ employeeId }) => employeeId));
  return { ...afterSettlement(results.succeeded, results.failed, answers), broken };
}

type OpenEmployee = Omit<OpenPoint, 'active'>;

function openPoints({ differing, failed }: OpenPoints, accepted: ReadonlySet<string>): readonly OpenEmployee[] {
  const all = [
    ...failed.map((one) => ({ ...one, differences: [] })),
    ...differing.map((one) => ({ ...one, error: '', cause: '' })),
  ];
  return all.filter(({ employeeId }) => !accepted.has(employeeId));
}

async function putToOperators(
  deps: ExportDeps,
  processId: string,
  open: readonly OpenEmployee[],
  broken: ReadonlySet<string>,
): Promise<void> {
  const keys = runKeys(processId);
  const people = new Map(
    peopleSchema.parse(JSON.parse(await deps.files.read(keys.employees))).map((one) => [one.employeeId, one.active]),
  );
  const points: readonly OpenPoint[] = open.map((one) => ({ ...one, active: people.get(one.employeeId) ?? false }));
  const text = JSON.stringify(points);
  await deps.files.write(keys.openPoints, text);
  const unsettled = points.filter(({ employeeId }) => broken.has(employeeId));
  if (unsettled.length > 0) {
    throw new BusinessRuleError(
      'unsettled',
      `the questions about ${unsettled.length} employees did not come to their end: ${named(unsettled)}`,
    );
  }
  await recordOpenPoints(deps, processId, points, digestOf(text));
}

async function recordOpenPoints(
  deps: ExportDeps,
  processId: string,
  points: readonly OpenPoint[],
  pointsDigest: string,
): Promise<void> {
  const unread = points.filter(({ error }) => error !== '').length;
  const facts = { differing: points.length - unread, unread };
  await updateProcess<PayrollRunState, void>(deps, processId, ({ state }) =>
    state.pointsDigest === pointsDigest
      ? { output: undefined }
      : {
          change: {
            entries: [{ type: 'PayrollPointsOpened', actor: { kind: 'meridian', id: PAYROLL_KIND }, facts }],
            state: { ...state, pointsDigest },
            phase: 'Differences',
          },
          output: undefined,
        },
  );
}

/** The error reaches an operator through the state machine, which keeps 2,000 characters of it. */
const NAMED = 40;

function named(people: readonly { readonly employeeId: string }[]): string {
  const ids = people.slice(0, NAMED).map(({ employeeId }) => employeeId);
  return [...ids, ...(people.length > NAMED ? ['…'] : [])].join(', ');
}

async function recordHandOver(deps: ExportDeps, processId: string, handedOver: HandedOver): Promise<void> {
  await updateProcess<PayrollRunState, void>(deps, processId, ({ state }) =>
    state.handedOver?.digest === handedOver.digest && state.handedOver.kept === handedOver.kept
      ? { output: undefined }
      : {
          change: {
            entries: [
              {
                type: 'PayrollFiguresHandedOver',
                actor: { kind: 'meridian', id: PAYROLL_KIND },
                facts: {
                  period: state.period,
                  ...handedOver,
                  missing: [...handedOver.missing],
                  byHand: [...(handedOver.byHand ?? [])],
                },
              },
            ],
            state: { period: state.period, employees: state.employees, earlier: state.earlier, handedOver },
            phase: 'Handed over',
            effects: byHandMail(state.period, handedOver),
          },
          output: undefined,
        },
  );
}

/** What the system cannot take must not be lost: how many days, the file of figures says. */
function byHandMail(period: string, { byHand = [], reference }: HandedOver): readonly Effect[] {
  const people = byHand.join(', ');
  const facts = {
    ...{ outcome: 'handed-over', noun: 'payroll run', title: `Payroll ${period}` },
    reason: `${reference} cannot pay days of earlier months back to ${people}: have payroll pay them by hand, as the rows of those months in the file of figures say`,
    reasonZh: `${reference} 无法向以下员工补发往月天数：${people}。请薪资人员按考勤文件中往月各行手工补发`,
  };
  return people === '' ? [] : [{ kind: 'mail', mail: { to: 'operators', template: 'process-news', facts } }];
}
