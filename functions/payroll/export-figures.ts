/** The agreed figures of all employees go to payroll, and what has changed in months that it has already. */
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type ProcessDeps, registeredHead, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { collectedSchema, readResults } from './collected-results.ts';
import { monthEnd } from './domain/corrections.ts';
import {
  type HandedOver,
  type OpenPoints,
  PAYROLL_KIND,
  type PayrollHead,
  type PayrollRunState,
  runKeys,
} from './domain/payroll-run.ts';
import { keepHanded, readHanded } from './handed-figures.ts';
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
  const { state }: PayrollHead = await registeredHead(deps.store, processId);
  const handed = await readHanded(deps.files, state.earlier);
  const results = await readResults(deps.files, manifest, collectedSchema);
  const { employees, corrections, points } = monthEnd(period, results.succeeded, results.failed, handed);
  const keys = runKeys(processId);
  if (!accepted && points.differing.length + points.failed.length > 0) {
    await deps.files.write(keys.openPoints, JSON.stringify(points));
    throw new BusinessRuleError('open-points', summaryOf(points));
  }
  const paid = new Set([...employees, ...corrections].map(({ employeeId }) => employeeId));
  await deps.files.write(keys.paid, JSON.stringify([...paid].map((employeeId) => ({ employeeId }))));
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
  return null;
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
    state.handedOver?.digest === handedOver.digest && state.handedOver.kept === handedOver.kept
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
            state: { period: state.period, employees: state.employees, earlier: state.earlier, handedOver },
            phase: 'Handed over',
          },
          output: undefined,
        },
  );
}
