/**
 * Time sheets in memory behind the port, with switches for what can go wrong. They pass the contract suite that the adapter
 * passes (`test/contract/erp/`).
 */
import type {
  Absence,
  AbsenceCommand,
  AbsenceDay,
  AbsentDay,
  Clocking,
  TimeEmployee,
  TimePort,
} from '../../functions/connectors/erp/time-port.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../functions/runtime/errors.ts';
import { LEAVE_WORKS } from '../../local/tryton/company-data.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

export class FakeTime implements TimePort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof TimePort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof TimePort)[] = [];
  private readonly employees: readonly TimeEmployee[];
  private readonly absences: Absence[] = [];
  private readonly clockings: (Clocking & { readonly employeeId: string })[] = [];
  private readonly typed: (AbsentDay & { readonly employeeId: string })[] = [];

  constructor(employees: readonly TimeEmployee[]) {
    this.employees = employees;
  }

  findEmployee(employeeId: string): Promise<TimeEmployee | undefined> {
    return this.call('findEmployee', () => this.employees.find((employee) => employee.employeeId === employeeId));
  }

  leaveKinds(): Promise<readonly string[]> {
    return this.call('leaveKinds', () => [...KINDS].sort());
  }

  absencesOf(employeeId: string, from: string, to: string): Promise<readonly AbsentDay[]> {
    return this.call('absencesOf', () =>
      [
        ...this.typed.flatMap(({ employeeId: of, ...day }) => (of === employeeId ? [day] : [])),
        ...this.absences
          .filter((absence) => absence.employeeId === employeeId)
          .flatMap(({ kind, key, days }) => days.map((day) => ({ ...day, kind, key }))),
      ]
        .filter(({ date }) => from <= date && date <= to)
        .sort(byDate),
    );
  }

  clockingsOf(employeeId: string, from: string, until: string): Promise<readonly Clocking[]> {
    return this.call('clockingsOf', () =>
      this.clockings
        .filter((one) => one.employeeId === employeeId && from <= one.at && one.at < until)
        .map(({ at, direction }) => ({ at, direction }))
        .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))),
    );
  }

  recordAbsence(command: AbsenceCommand): Promise<Absence> {
    return this.call('recordAbsence', () => this.found(command.key) ?? this.add(command, command.days, 'recorded'));
  }

  findAbsence(key: string): Promise<Absence | undefined> {
    return this.call('findAbsence', () => this.found(key));
  }

  shortenAbsence({ key, days: kept }: AbsenceCommand): Promise<Absence> {
    return this.call('shortenAbsence', () => {
      const found = this.found(key);
      if (found === undefined) {
        throw new ConnectorPermanentError(`there is no absence ${key}`);
      }
      const days = found.days.flatMap((day) => {
        const rest = kept.find(({ date }) => date === day.date);
        return rest === undefined ? [] : [Number(rest.hours) < Number(day.hours) ? rest : day];
      });
      const shortened: Absence = { ...found, days, state: days.length === 0 ? 'cancelled' : found.state };
      this.absences[this.absences.indexOf(found)] = shortened;
      return shortened;
    });
  }

  cancelAbsence(command: AbsenceCommand): Promise<Absence> {
    return this.call('cancelAbsence', () => {
      const found = this.found(command.key);
      if (found === undefined) {
        return this.add(command, [], 'cancelled');
      }
      const cancelled = { ...found, days: [], state: 'cancelled' } as const;
      this.absences[this.absences.indexOf(found)] = cancelled;
      return cancelled;
    });
  }

  /** Somebody of human resources types an absence in. */
  typeIn(employeeId: string, kind: string, day: AbsenceDay): void {
    this.typed.push({ ...day, kind, employeeId });
  }

  /** Somebody takes out again what was typed in of a day. */
  takeOut(employeeId: string, date: string): void {
    const kept = this.typed.filter((day) => day.employeeId !== employeeId || day.date !== date);
    this.typed.splice(0, this.typed.length, ...kept);
  }

  /** Somebody comes or goes. */
  clock(employeeId: string, direction: Clocking['direction'], at: string): void {
    this.clockings.push({ employeeId, direction, at: new Date(at).toISOString() });
  }

  /** All absences, cancelled ones included, for assertions. */
  allAbsences(): readonly Absence[] {
    return this.absences;
  }

  private found(key: string): Absence | undefined {
    return this.absences.find((absence) => absence.key === key);
  }

  private add(command: AbsenceCommand, days: readonly AbsenceDay[], state: Absence['state']): Absence {
    const { key, employeeId, kind } = command;
    const employee = this.employees.find((one) => one.employeeId === employeeId);
    if (employee === undefined) {
      throw new BusinessRuleError('unknown-employee', `there is no employee ${employeeId}`);
    }
    const { employedFrom = '', employedUntil = '9999' } = employee;
    if (command.days.some(({ date }) => date < employedFrom || date > employedUntil)) {
      throw new BusinessRuleError('not-employed', `${employeeId} is not employed then`);
    }
    if (!KINDS.includes(kind)) {
      throw new BusinessRuleError('unknown-leave-kind', `there is no leave of the kind ${kind}`);
    }
    const absence = { key, employeeId, kind, days: days.toSorted(byDate), state };
    this.absences.push(absence);
    return absence;
  }

  private call<Result>(operation: keyof TimePort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }
}

const KINDS = LEAVE_WORKS.map((name) => name.slice(name.indexOf('[') + 1, -1));

function byDate(one: AbsenceDay, other: AbsenceDay): number {
  return one.date < other.date ? -1 : Number(one.date > other.date);
}
