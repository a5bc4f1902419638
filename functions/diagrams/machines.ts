/** The machines that have a diagram. Pure data. */
import { MEASURED_KIND_NAMES, measuredKind, type Words } from '../measures/domain/kinds.ts';

/** The machine of approvals is a part of the others: its figures are those of all of them. */
export const APPROVAL = 'approval';

export const MACHINES: readonly string[] = [...MEASURED_KIND_NAMES, APPROVAL];

/** Weeks before this one that figures can be of; the first is what a page shows unasked. */
export const PERIODS = [4, 13, 26] as const;

/** One without words is shown by its name. */
export function machineName(machine: string): Words {
  const words = machine === APPROVAL ? { en: 'Approval', zh: '审批' } : measuredKind(machine)?.name;
  return words ?? { en: machine, zh: machine };
}
