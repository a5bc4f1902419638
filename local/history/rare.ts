/** What does not happen every day: changes of bills, products that run short, and at the turn of each month the payroll. */
import { replenishmentId } from '../../functions/inventory/domain/replenishment.ts';
import { payrollRunId } from '../../functions/payroll/domain/payroll-run.ts';
import { payslipId } from '../../functions/payslips/domain/payslip-process.ts';
import { HistoryCase } from './case.ts';
import { tellChange } from './change.ts';
import { beginRun, closeRun, tellPayslip } from './payroll.ts';
import { tellPurchase } from './purchase.ts';
import { type Bought, type ProposedPurchase, type StockProduct, tellReplenishment, WAREHOUSE } from './stock.ts';
import { DAY, type History, next, type ToldCase } from './telling.ts';

/** On an ordinary day. */
const CHANGES = 0.4;
const SHORTAGES = 0.8;
/** Plans the stock (`rules/replenishment.dmn`). */
const PLANNER = 'E-1004';

/** All that begins on the day. Its chance is its own, so that the rest of the history does not depend on it. */
export async function tellRare(history: History, day: Date): Promise<readonly ToldCase[]> {
  const { chance, options } = history;
  const ofDay = chance.split(`rare ${day.toISOString()}`);
  const told: ToldCase[] = [];
  if (ofDay.isTrue(Math.min(1, CHANGES * options.scale))) {
    told.push(await changeOn(history, day));
  }
  if (ofDay.isTrue(Math.min(1, SHORTAGES * options.scale))) {
    told.push(...(await shortageOn(history, day)));
  }
  return beginsMonth(history, day) ? [...told, ...payrollOn(history, day)] : told;
}

async function changeOn(history: History, day: Date): Promise<ToldCase> {
  const number = next(history, 'change');
  const requestId = `EC-${number}`;
  const chance = history.chance.split(requestId);
  const requesterId = chance.pick(history.requesters).employeeId;
  const at = momentOn(history, day, chance.next() * 7);
  const about = { prefix: 'ECR', machine: 'engineering-change', requestId, requesterId, at, until: history.until };
  const story = new HistoryCase(history.company, chance, about);
  await tellChange(story, history.rarePeople, number);
  return story.entries;
}

/** Each product is short once, so that no two purchases look like one that was split. */
async function shortageOn(history: History, day: Date): Promise<readonly ToldCase[]> {
  const number = next(history, 'shortage');
  const product = productOf(number);
  const processId = replenishmentId({ warehouse: WAREHOUSE, productCode: product.productCode }, 1);
  const at = momentOn(history, day, 0.5);
  const purchases: ToldCase[] = [];
  const story = inside(history, { processId, machine: 'replenishment', requesterId: PLANNER, at });
  await tellReplenishment(story, product, async (purchase) => {
    const bought = await boughtFor(history, { product, purchase, requestId: processId, at: story.now });
    purchases.push(bought);
    return endOf(bought);
  });
  return [story.entries, ...purchases];
}

async function boughtFor(
  history: History,
  about: {
    readonly product: StockProduct;
    readonly purchase: ProposedPurchase;
    readonly requestId: string;
    readonly at: Date;
  },
): Promise<ToldCase> {
  const { requestId, at, product, purchase } = about;
  const { line, costCentre, ruledBy } = purchase;
  const story = new HistoryCase(history.company, history.chance.split(`purchase of ${requestId}`), {
    ...{ prefix: 'P2P', machine: 'procure-to-pay', requestId, requesterId: PLANNER, at, until: history.until },
  });
  await tellPurchase(story, history.rarePeople, {
    costCentre,
    supplierCode: product.supplierCode,
    // With purchases that people file the number is theirs.
    number: 900_000 + next(history, 'stock purchase'),
    stock: { line, ...(ruledBy === undefined ? {} : { ruledBy }) },
  });
  return story.entries;
}

function endOf(purchase: ToldCase): Bought {
  const closed = purchase.find(({ type }) => type === 'PurchaseClosed');
  return closed === undefined ? undefined : { outcome: String(closed.facts.outcome), at: new Date(closed.occurredAt) };
}

function productOf(number: number): StockProduct {
  return {
    productCode: `P-5${String(number).padStart(3, '0')}`,
    supplierCode: `SUP-5${String(number).padStart(2, '0')}`,
    unitPrice: `${20 + ((number * 37) % 400)}.00`,
  };
}

/** The first working day of a month that begins within the history. */
function beginsMonth(history: History, day: Date): boolean {
  const month = monthOf(day);
  const isWhole = Date.parse(`${month}-01T00:00:00+08:00`) >= history.begin.getTime();
  return isWhole && next(history, `working days of ${month}`) === 1;
}

function payrollOn(history: History, day: Date): readonly ToldCase[] {
  const period = monthOf(new Date(day.getTime() - 15 * DAY));
  const processId = payrollRunId(period);
  const run = inside(history, {
    processId,
    machine: 'payroll-run',
    requesterId: 'payroll',
    at: momentOn(history, day, 0),
  });
  const { requesters } = history;
  const calculatedAt = beginRun(run, { period, employees: requesters.length });
  const slips = requesters.map(({ employeeId }) => {
    const slip = inside(history, {
      processId: payslipId(period, employeeId),
      machine: 'payslip',
      requesterId: employeeId,
      at: calculatedAt,
    });
    return { word: tellPayslip(slip, period, processId), entries: slip.entries };
  });
  closeRun(
    run,
    slips.map(({ word }) => word),
  );
  return [run.entries, ...slips.map(({ entries }) => entries)].filter((entries) => entries.length > 0);
}

/** A process that no OA has asked for. */
function inside(
  { company, chance, until }: History,
  about: { readonly processId: string; readonly machine: string; readonly requesterId: string; readonly at: Date },
): HistoryCase {
  const { processId } = about;
  return new HistoryCase(company, chance.split(processId), { ...about, prefix: '', requestId: processId, until });
}

/** So many hours of work into the day. */
function momentOn({ company }: History, day: Date, hours: number): Date {
  return company.hoursAfter(day.toISOString(), 0.05 + hours);
}

/** `YYYY-MM` of a company's midnight. */
function monthOf(midnight: Date): string {
  return new Date(midnight.getTime() + DAY / 2).toISOString().slice(0, 7);
}
