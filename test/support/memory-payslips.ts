/** Payslips in memory: one contract suite with the bucket says that they behave alike. */
import { type Payslip, payslipSchema } from '../../functions/payslips/domain/payslip.ts';
import type { PayslipStore } from '../../functions/payslips/port.ts';

export class MemoryPayslips implements PayslipStore {
  readonly #kept = new Map<string, { readonly text: string; readonly version: string }>();

  async keep(payslip: Payslip) {
    const text = JSON.stringify(payslipSchema.parse(payslip));
    const key = `${payslip.employeeId}/${payslip.period}`;
    const before = this.#kept.get(key);
    if (before?.text === text) {
      return { version: before.version };
    }
    const version = `version-${Number(before?.version.split('-').at(-1) ?? 0) + 1}`;
    this.#kept.set(key, { text, version });
    return { version };
  }

  async find(employeeId: string, period: string) {
    const kept = this.#kept.get(`${employeeId}/${period}`);
    return kept === undefined
      ? undefined
      : { payslip: payslipSchema.parse(JSON.parse(kept.text)), version: kept.version };
  }

  async periodsOf(employeeId: string) {
    return [...this.#kept.keys()]
      .filter((key) => key.startsWith(`${employeeId}/`))
      .map((key) => key.slice(employeeId.length + 1))
      .toSorted()
      .toReversed();
  }
}
