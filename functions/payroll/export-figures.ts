/** The agreed figures of all employees go to payroll. */
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { collectedSchema, readResults } from './collected-results.ts';
import {
  type Collected,
  type HandedOver,
  type OpenPoints,
  PAYROLL_KIND,
  type PayrollRunState,
  runKeys,
} from './domain/payroll-run.ts';
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
  /** An operator was shown the open points of exactly these results and takes the ERP's figures. */
  readonly accepted: boolean;
}

/**
 * Idempotent: the same results are the same figures, and the record names them once. Figures that differ from those handed
 * over before take their place, and payroll is asked anew.
 * @throws BusinessRuleError `open-points`, once they are written beside the results, unless they are accepted. Its message
 *   has ids and no hours: it stands in the record.
 */
export async function exportFigures(deps: ExportDeps, input: ExportInput): Promise<null> {
  const { processId, period, manifest, accepted } = input;
  const { succeeded: collected, failed } = await readResults(deps.files, manifest, collectedSchema);
  const employed = collected.filter((one) => one.status === 'collected');
  const points = openPoints(employed, failed);
  const keys = runKeys(processId);
  if (!accepted && points.differing.length + failed.length > 0) {
    await deps.files.write(keys.openPoints, JSON.stringify(points));
    throw new BusinessRuleError('open-points', summaryOf(points));
  }
  const employeeIds = employed.map(({ employeeId }) => ({ employeeId }));
  await deps.files.write(keys.paid, JSON.stringify(employeeIds));
  const handOver = await deps.payroll.handOver({ processId, period }, employed);
  await recordHandOver(deps, processId, {
    ...handOver,
    employees: employed.length,
    accepted: points.differing.length,
    missing: failed.map(({ employeeId }) => employeeId).sort(),
  });
  return null;
}

function openPoints(employed: readonly Extract<Collected, { status: 'collected' }>[], failed: OpenPoints['failed']) {
  const differing = employed.filter(({ differences }) => differences.length > 0);
  return { differing: differing.map(({ employeeId, differences }) => ({ employeeId, differences })), failed };
}

/** The error reaches an operator through the state machine, which keeps 2,000 characters of it. */
const NAMED = 40;

function summaryOf({ differing, failed }: OpenPoints): string {
  return [['ERP and approved requests differ', differing] as const, ['attendance could not be read', failed] as const]
    .filter(([, people]) => people.length > 0)
    .map(([what, people]) => `${what} for ${people.length}: ${named(people)}`)
    .join('; ');
}

function named(people: readonly { readonly employeeId: string }[]): string {
  const ids = people.slice(0, NAMED).map(({ employeeId }) => employeeId);
  return [...ids, ...(people.length > NAMED ? ['…'] : [])].join(', ');
}

async function recordHandOver(deps: ExportDeps, processId: string, handedOver: HandedOver): Promise<void> {
  await updateProcess<PayrollRunState, void>(deps, processId, ({ state }) =>
    state.handedOver?.digest === handedOver.digest
      ? { output: undefined }
      : {
          change: {
            entries: [
              {
                type: 'PayrollFiguresHandedOver',
                actor: { kind: 'meridian', id: PAYROLL_KIND },
                facts: { period: state.period, ...handedOver, missing: [...handedOver.missing] },
              },
            ],
            state: { period: state.period, employees: state.employees, handedOver },
            phase: 'Handed over',
          },
          output: undefined,
        },
  );
}
