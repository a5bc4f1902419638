/**
 * Documents of a Frappe HR as far as a payroll run touches them, with the rules of its own sources
 * (`payroll_entry.py`, `salary_slip.py` of https://github.com/frappe/hrms, version 15): what may follow what, what is refused
 * and with which error. Amounts are fen in integers, as JSON numbers outside.
 */

/** An exception of Frappe: its name, its status, and what it says. */
export class FrappeException extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, status: number, message: string) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export interface Employee {
  readonly name: string;
  readonly employee_number: string | null;
  readonly company: string;
  /** Fen a month; undefined: no salary structure is assigned. */
  monthly?: number;
  /** Days without pay that Frappe HR itself knows of. */
  ownUnpaidDays?: number;
}

export interface Entry {
  readonly name: string;
  docstatus: 0 | 1 | 2;
  status: 'Draft' | 'Submitted' | 'Cancelled' | 'Queued' | 'Failed';
  salary_slips_created: 0 | 1;
  error_message: string | null;
  readonly start_date: string;
  readonly end_date: string;
  readonly currency: string;
  readonly company: string;
  employees: { employee: string }[];
}

interface Line {
  salary_component: string;
  amount: number;
  do_not_include_in_total: 0 | 1;
}

export interface Slip {
  readonly name: string;
  readonly employee: string;
  readonly payroll_entry: string;
  docstatus: 0 | 1 | 2;
  start_date: string;
  readonly end_date: string;
  currency: string;
  leave_without_pay: number;
  gross_pay: number;
  total_deduction: number;
  total_loan_repayment?: number;
  net_pay: number;
  earnings: Line[];
  deductions: Line[];
}

const WORKING_DAYS = 21;
/** More are made behind the reply. */
const AT_ONCE = 30;

export class FrappeDocuments {
  readonly employees: Employee[] = [];
  readonly entries: Entry[] = [];
  readonly slips: Slip[] = [];
  /** Why the next salary slips cannot be made. */
  broken: string | undefined;
  /** Cancelling goes on behind the reply, as with more than fifty slips. */
  queuesCancelling = false;
  #queued: Entry | undefined;
  #series = 0;

  createEntry(values: Pick<Entry, 'start_date' | 'end_date' | 'currency' | 'company' | 'employees'>, name: string) {
    if (this.entries.some((entry) => entry.name === name)) {
      throw new FrappeException('DuplicateEntryError', 409, `Payroll Entry <b>${name}</b> already exists`);
    }
    const state = { docstatus: 0, status: 'Draft', salary_slips_created: 0, error_message: null } as const;
    const entry: Entry = { ...state, ...values, name };
    this.entries.push(entry);
    return entry;
  }

  entry(name: string): Entry {
    return found(this.entries, name, 'Payroll Entry');
  }

  slip(name: string): Slip {
    return found(this.slips, name, 'Salary Slip');
  }

  changeEntry(name: string, docstatus: 1 | 2): Entry {
    const entry = this.entry(name);
    if (docstatus === 1) {
      this.#submit(entry);
    } else if (entry.docstatus === 1) {
      if (!this.queuesCancelling) {
        this.#cancel(entry);
      }
    } else {
      throw new FrappeException('DocstatusTransitionError', 417, 'Cannot change docstatus from 0 to 2');
    }
    return entry;
  }

  deleteEntry(name: string): void {
    const entry = this.entry(name);
    if (entry.docstatus === 1) {
      throw new FrappeException('ValidationError', 417, `Submitted Record cannot be deleted: ${name}`);
    }
    this.entries.splice(this.entries.indexOf(entry), 1);
  }

  /** Whom Frappe HR would pay; nothing is saved. */
  fillEmployees(name: string): Entry {
    const entry = this.entry(name);
    const employees = this.employees
      .filter(({ company, monthly }) => company === entry.company && monthly !== undefined)
      .map(({ name: employee }) => ({ employee }));
    if (employees.length === 0) {
      throw new FrappeException(
        'ValidationError',
        417,
        `No employees found for the mentioned criteria:<br>${entry.company}`,
      );
    }
    return { ...entry, employees };
  }

  /** For each employee who has none yet. Frappe catches what goes wrong, and answers as if nothing had. */
  createSlips(name: string): Entry {
    const entry = this.entry(name);
    if (entry.docstatus !== 1) {
      throw new FrappeException('ValidationError', 417, 'Submit the Payroll Entry first');
    }
    if (entry.employees.length > AT_ONCE && this.#queued !== entry) {
      entry.status = 'Queued';
      this.#queued = entry;
      return entry;
    }
    this.#makeSlips(entry);
    return entry;
  }

  /** The background worker does what was queued. */
  work(): void {
    if (this.#queued !== undefined) {
      this.#makeSlips(this.#queued);
      this.#queued = undefined;
    }
  }

  /** A person presses "Submit Salary Slip": what comes before must be done. */
  submitSlips(name: string): void {
    const own = this.slips.filter((slip) => slip.payroll_entry === name && slip.docstatus === 0);
    if (this.entry(name).docstatus !== 1 || own.length === 0) {
      throw new FrappeException('ValidationError', 417, 'No salary slip found to submit');
    }
    for (const slip of own) {
      slip.docstatus = 1;
    }
  }

  setUnpaidDays(name: string, days: number): Slip {
    const slip = this.slip(name);
    if (slip.docstatus !== 0) {
      throw new FrappeException(
        'UpdateAfterSubmitError',
        417,
        'Not allowed to change Leave Without Pay after submission',
      );
    }
    // Of a count of nought Frappe HR takes its own.
    slip.leave_without_pay = days === 0 ? (this.#employee(slip.employee).ownUnpaidDays ?? 0) : days;
    this.#calculate(slip);
    return slip;
  }

  #submit(entry: Entry): void {
    if (entry.docstatus === 2) {
      throw new FrappeException('DocstatusTransitionError', 417, 'Cannot edit cancelled document');
    }
    if (entry.docstatus === 1) {
      return;
    }
    const people = new Set(entry.employees.map(({ employee }) => employee));
    const others = this.slips.filter(
      (slip) => slip.docstatus !== 2 && people.has(slip.employee) && slip.start_date === entry.start_date,
    );
    if (others.length > 0) {
      throw new FrappeException(
        'ValidationError',
        417,
        `Salary Slip already exists for <strong>${others[0]?.employee}</strong>`,
      );
    }
    entry.docstatus = 1;
    entry.status = 'Submitted';
    this.createSlips(entry.name);
  }

  #cancel(entry: Entry): void {
    for (const slip of this.slips.filter(({ payroll_entry }) => payroll_entry === entry.name)) {
      this.slips.splice(this.slips.indexOf(slip), 1);
    }
    Object.assign(entry, { docstatus: 2, status: 'Cancelled', salary_slips_created: 0 });
  }

  #makeSlips(entry: Entry): void {
    if (this.broken !== undefined) {
      Object.assign(entry, { status: 'Failed', error_message: this.broken });
      return;
    }
    for (const { employee } of entry.employees) {
      if (!this.slips.some((slip) => slip.payroll_entry === entry.name && slip.employee === employee)) {
        this.#series += 1;
        const slip: Slip = {
          name: `Sal Slip/${employee}/${String(this.#series).padStart(5, '0')}`,
          ...{ employee, payroll_entry: entry.name, docstatus: 0 },
          ...{ start_date: entry.start_date, end_date: entry.end_date, currency: entry.currency },
          leave_without_pay: this.#employee(employee).ownUnpaidDays ?? 0,
          ...{ gross_pay: 0, total_deduction: 0, net_pay: 0, earnings: [], deductions: [] },
        };
        this.#calculate(slip);
        this.slips.push(slip);
      }
    }
    Object.assign(entry, { status: 'Submitted', salary_slips_created: 1, error_message: '' });
  }

  #employee(name: string): Employee {
    return found(this.employees, name, 'Employee');
  }

  #calculate(slip: Slip): void {
    const monthly = this.#employee(slip.employee).monthly ?? 0;
    const basic = Math.round((monthly * (WORKING_DAYS - slip.leave_without_pay)) / WORKING_DAYS);
    const pension = Math.round(basic * 0.08);
    const line = (salary_component: string, fen: number, do_not_include_in_total: 0 | 1 = 0): Line => ({
      salary_component,
      amount: fen / 100,
      do_not_include_in_total,
    });
    slip.earnings = [line('Basic', basic)];
    slip.deductions = [line('Pension', pension), line("Employer's pension", pension * 2, 1)];
    slip.gross_pay = basic / 100;
    slip.total_deduction = pension / 100;
    slip.net_pay = (basic - pension) / 100;
  }
}

function found<Document extends { readonly name: string }>(
  all: readonly Document[],
  name: string,
  type: string,
): Document {
  const document = all.find((one) => one.name === name);
  if (document === undefined) {
    throw new FrappeException('DoesNotExistError', 404, `${type} ${name} not found`);
  }
  return document;
}
