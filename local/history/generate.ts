/**
 * Months of a company's work, told by the real rules, reducer, calendar and chain; chance, people and other systems are
 * invented. The same options give the same entries. Nothing in it breaks a rule: `plant-violations.ts` does.
 */
import type { Person } from '../../functions/directory/port.ts';
import { HistoryCase } from './case.ts';
import { type Chance, chanceOf } from './chance.ts';
import { tellClaim } from './claim.ts';
import { type Company, demonstrationCompany, withAbsences } from './company.ts';
import { absenceOf, type PlannedLeave, substituteOf, tellLeave } from './leave.ts';
import { tellSealUse } from './office.ts';
import { peopleOf } from './people.ts';
import { tellPurchase } from './purchase.ts';
import { tellRare } from './rare.ts';
import { DAY, type History, type HistoryOptions, next, type ToldCase } from './telling.ts';

/** The legal entity whose books the demonstration's ERP keeps (`erp.legalEntities`): the others' people claim elsewhere. */
const BOOKED_ENTITY = 'CN01';

/** One process after the other, by the day on which each was filed or began; leaves first. */
export async function* generateHistory(options: HistoryOptions): AsyncGenerator<ToldCase> {
  const history = await historyOf(options);
  yield* history.leaves;
  for (const day of workingDays(history)) {
    for (const tell of storiesOf(history, day)) {
      yield await tell();
    }
    yield* await tellRare(history, day);
  }
}

async function historyOf(options: HistoryOptions): Promise<History> {
  const base = await demonstrationCompany();
  const chance = chanceOf(String(options.seed));
  const begin = new Date(`${options.from}T00:00:00+08:00`);
  const until = new Date(begin);
  until.setUTCMonth(until.getUTCMonth() + options.months);
  const staff = base.data.people.filter(({ active, managerId }) => active && managerId !== undefined);
  const [first, ...others] = staff.map(({ employeeId }) => employeeId);
  const staffOf = await Promise.all([first ?? '', ...others].map((id) => base.directory.person(id)));
  const known = staffOf.filter((person) => person !== undefined);
  const times = { begin, until };
  const { leaves, company } = await withLeaves(base, known, chance.split('leaves'), times);
  const people = peopleOf(company, chance.split('people'));
  const rarePeople = peopleOf(company, chance.split('rare people'));
  const requesters = someOf(known);
  const claimants = someOf(known.filter((person) => entityOf(company, person) === BOOKED_ENTITY));
  return { options, company, people, rarePeople, chance, requesters, claimants, leaves, ...times, counts: new Map() };
}

function someOf(people: readonly Person[]): readonly [Person, ...Person[]] {
  const [someone, ...rest] = people;
  if (someone === undefined) {
    throw new Error('nobody works in this company');
  }
  return [someone, ...rest];
}

function entityOf({ data }: Company, { departmentId }: Person): string | undefined {
  return data.departments.find((department) => department.departmentId === departmentId)?.legalEntity;
}

/** Leaves that were approved take people away; the rest of the history is told with that. */
async function withLeaves(
  base: Company,
  staff: readonly Person[],
  chance: Chance,
  times: { readonly begin: Date; readonly until: Date },
) {
  const people = peopleOf(base, chance.split('people'));
  const leaves: ToldCase[] = [];
  const absences = new Map<string, ReturnType<typeof absenceOf>[]>();
  for (const person of staff) {
    for (const leave of planLeaves(person, chance, times)) {
      const requestId = `LV-${person.employeeId}-${leave.from}`;
      const at = base.hoursAfter(
        new Date(Date.parse(leave.from) - chance.whole(8, 24) * DAY).toISOString(),
        chance.next() * 8,
      );
      const about = {
        prefix: 'LVR',
        machine: 'leave-request',
        requestId,
        requesterId: person.employeeId,
        at,
        until: times.until,
      };
      const story = new HistoryCase(base, chance.split(requestId), about);
      await tellLeave(story, people, leave);
      leaves.push(story.entries);
      if (story.entries.some(({ type }) => type === 'AbsenceRecorded')) {
        absences.set(person.employeeId, [...(absences.get(person.employeeId) ?? []), absenceOf(leave)]);
      }
    }
  }
  return { leaves, company: withAbsences(base, absences) };
}

/** About one in ten weeks, never two at once. */
function planLeaves(
  person: Person,
  chance: Chance,
  { begin, until }: { readonly begin: Date; readonly until: Date },
): readonly PlannedLeave[] {
  const substituteId = substituteOf(person);
  const leaves: PlannedLeave[] = [];
  let from = begin.getTime() + chance.whole(26, 90) * DAY;
  while (substituteId !== undefined && from < until.getTime()) {
    const to = from + chance.whole(0, 6) * DAY;
    leaves.push({ employeeId: person.employeeId, substituteId, from: dateOf(from), to: dateOf(to) });
    from = to + chance.whole(40, 100) * DAY;
  }
  return leaves;
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Days on which people work, as instants of their midnights. */
function workingDays({ company, begin, until }: History): readonly Date[] {
  const days: Date[] = [];
  for (let midnight = begin.getTime(); midnight < until.getTime(); midnight += DAY) {
    const start = company.hoursAfter(new Date(midnight).toISOString(), 0.01);
    if (start.getTime() < midnight + DAY) {
      days.push(new Date(midnight));
    }
  }
  return days;
}

/** What is filed on an ordinary day, and how that changes with the season. */
const DAILY = { purchase: 5, claim: 8, office: 3 } as const;
type Kind = keyof typeof DAILY;
/** By month from January: budgets are used up towards the end of the year, and its expenses handed in after it. */
const SEASON: { readonly [kind in Kind]: readonly number[] } = {
  purchase: [0.8, 0.6, 1, 1, 1, 1.1, 0.9, 0.9, 1, 1, 1.3, 1.8],
  claim: [1.5, 0.7, 1, 1, 1, 1, 1, 0.8, 1, 0.9, 1.1, 1.6],
  office: [1, 0.6, 1, 1, 1, 1, 1, 1, 1, 0.9, 1.1, 1.3],
};

function storiesOf(history: History, day: Date): readonly (() => Promise<ToldCase>)[] {
  const { chance, options } = history;
  const month = new Date(day.getTime() + DAY / 2).getUTCMonth();
  return (Object.keys(DAILY) as Kind[]).flatMap((kind) => {
    const expected = DAILY[kind] * (SEASON[kind][month] ?? 1) * options.scale;
    const count = Math.floor(expected * (0.6 + 0.8 * chance.next()) + chance.next());
    return Array.from({ length: count }, () => () => tell(history, kind, day));
  });
}

const MACHINES: {
  readonly [kind in Kind]: { readonly prefix: string; readonly machine: string; readonly number: string };
} = {
  purchase: { prefix: 'P2P', machine: 'procure-to-pay', number: 'PR' },
  claim: { prefix: 'EXP', machine: 'expense-to-posting', number: 'EX' },
  office: { prefix: 'OFF', machine: 'office-request', number: 'OF' },
};

async function tell(history: History, kind: Kind, day: Date): Promise<ToldCase> {
  const { company, people, chance, until } = history;
  const requester = chance.pick(kind === 'claim' ? history.claimants : history.requesters);
  const number = next(history, kind);
  const { prefix, machine, number: letters } = MACHINES[kind];
  const at = company.hoursAfter(day.toISOString(), 0.05 + chance.next() * 7.9);
  const about = { prefix, machine, requestId: `${letters}-${number}`, requesterId: requester.employeeId, at, until };
  const story = new HistoryCase(company, chance.split(`${letters}-${number}`), about);
  const costCentre = costCentreOf(company, requester);
  switch (kind) {
    case 'purchase':
      await tellPurchase(story, people, { costCentre, supplierCode: supplierOf(history, costCentre), number });
      break;
    case 'claim':
      await tellClaim(story, people, { costCentre, legalEntity: BOOKED_ENTITY, number });
      break;
    case 'office':
      await tellSealUse(story, people, number);
      break;
  }
  return story.entries;
}

function costCentreOf({ data }: Company, { departmentId }: Person): string {
  return data.costCentres.find((centre) => centre.departmentId === departmentId)?.costCentreId ?? 'CC-100';
}

/** No cost centre comes back to a supplier soon enough for its purchases to look like one that was split. */
function supplierOf(history: History, costCentre: string): string {
  const suppliers = 40 + Math.ceil(40 * history.options.scale);
  return `SUP-${String((next(history, `suppliers of ${costCentre}`) % suppliers) + 1).padStart(3, '0')}`;
}
