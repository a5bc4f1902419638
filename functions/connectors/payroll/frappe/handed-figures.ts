/**
 * What a hand-over is about, kept beside the file of figures: which document each employee has in Frappe HR, and for how
 * many days of the month, and of those that are corrected, they are not paid.
 */
import * as z from 'zod';
import { add, compare, decimalSchema, multiply, sum } from '../../../money/money.ts';
import type { Correction, EmployeeFigures } from '../../../payroll/domain/payroll-file.ts';
import { WORKED } from '../../../payroll/domain/reconcile.ts';
import type { RunFiles } from '../../../payroll/port.ts';
import { ConfigError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { RunOfMonth } from '../port.ts';
import type { FrappeSite } from './site.ts';
import { employeeRow } from './wire.ts';

const handedSchema = z.object({
  /** SHA-256 of the figures. */
  digest: z.string(),
  employees: z.array(
    z.object({
      employeeId: z.string(),
      /** Name of their document in Frappe HR. */
      employee: z.string(),
      unpaidDays: decimalSchema,
    }),
  ),
});
export type HandedFigures = z.infer<typeof handedSchema>;
type HandedEmployee = HandedFigures['employees'][number];

/** By kind of leave: the share of a day's pay that is not paid, `0` to `1`. */
export type UnpaidShares = Readonly<Record<string, string>>;

/** Beside the file that people read. */
function keyOf({ processId }: RunOfMonth): string {
  return `figures/${processId}.frappe-hr.json`;
}

export async function keepHanded(files: RunFiles, run: RunOfMonth, handed: HandedFigures): Promise<void> {
  await files.write(keyOf(run), JSON.stringify(handed));
}

/** Undefined: figures of this digest were not handed over, or are not those handed over last. */
export async function handedFigures(
  files: RunFiles,
  run: RunOfMonth,
  digest: string,
): Promise<HandedFigures | undefined> {
  const text = await files.find(keyOf(run));
  const handed = text === undefined ? undefined : handedSchema.parse(JSON.parse(text));
  return handed?.digest === digest ? handed : undefined;
}

/**
 * Employees by their number (`employee_number`), which is their id in the directory.
 * @throws ConnectorPermanentError naming everybody whom Frappe HR has not, or has more than once; ConfigError for a kind of
 *   leave of which nobody has said whether it is paid.
 */
export async function employeesInFrappe(
  site: FrappeSite,
  company: string,
  {
    figures,
    corrections,
  }: { readonly figures: readonly EmployeeFigures[]; readonly corrections: readonly Correction[] },
  unpaid: UnpaidShares,
): Promise<{ readonly employees: readonly HandedEmployee[]; readonly byHand: readonly string[] }> {
  const found = await site.list(
    'Employee',
    { fields: ['name', 'employee_number'], filters: [['company', '=', company]] },
    employeeRow,
  );
  const namesOf = new Map<string | null | undefined, readonly string[]>();
  for (const { name, employee_number } of found) {
    namesOf.set(employee_number, [...(namesOf.get(employee_number) ?? []), name]);
  }
  const daysOf = unpaidByEmployee([...figures, ...corrections], unpaid);
  const ids = [...daysOf.keys()];
  throwForAny(
    'has no employee, or more than one, of the number',
    ids.filter((id) => namesOf.get(id)?.length !== 1),
  );
  const isOwed = (id: string) => compare(daysOf.get(id) ?? '0', '0') < 0;
  return {
    employees: ids.map((employeeId) => ({
      employeeId,
      employee: namesOf.get(employeeId)?.[0] ?? '',
      unpaidDays: isOwed(employeeId) ? '0' : (daysOf.get(employeeId) ?? '0'),
    })),
    byHand: ids.filter(isOwed),
  };
}

/**
 * Days of the month, and those of earlier months that came or went since, which a slip takes as its own. Negative: more of
 * them are to be paid back than the month has, which a slip cannot say.
 */
function unpaidByEmployee(all: readonly EmployeeFigures[], unpaid: UnpaidShares): ReadonlyMap<string, string> {
  const daysOf = new Map<string, string>();
  for (const { employeeId, figures } of all) {
    daysOf.set(employeeId, add(daysOf.get(employeeId) ?? '0', unpaidDays(figures, unpaid)));
  }
  return daysOf;
}

/** The error reaches an operator through the state machine, which keeps 2,000 characters of it. */
const NAMED = 40;

/** @throws ConnectorPermanentError, unless there are none */
export function throwForAny(lack: string, employeeIds: readonly string[]): void {
  if (employeeIds.length > 0) {
    const named = [...employeeIds.slice(0, NAMED), ...(employeeIds.length > NAMED ? ['…'] : [])].join(', ');
    throw new ConnectorPermanentError(`Frappe HR ${lack}: ${named}. Mend it there, then try again`);
  }
}

function unpaidDays(figures: EmployeeFigures['figures'], unpaid: UnpaidShares): string {
  return sum(
    figures
      .filter(({ kind }) => kind !== WORKED)
      .map(({ kind, days }) => {
        const share = Object.hasOwn(unpaid, kind) ? unpaid[kind] : undefined;
        if (share === undefined) {
          throw new ConfigError(
            `nobody has said whether leave of the kind "${kind}" is paid: add it to payroll.system.unpaid of the company file, and deploy`,
          );
        }
        return multiply(days, share);
      }),
  );
}
