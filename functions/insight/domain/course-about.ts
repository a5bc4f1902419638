/** Who asked for what, from whatever entry of a record says it. The last word counts: a changed request takes the place of the first. Pure. */
import type { Money } from '../../money/money.ts';
import type { CourseAbout } from './course-parts.ts';
import { moneyFact, objectFact, type ReadEntry, textFact, textsFact } from './facts.ts';

/** Reads them all from the entries of a process in order. */
export function aboutOf(ordered: readonly ReadEntry[]): CourseAbout {
  const first = ordered[0];
  let about: CourseAbout = {
    requestId: first === undefined ? '' : textFact(first.facts, 'requestId'),
    requesterId: '',
    costCentre: '',
    legalEntities: [],
    supplierCode: '',
  };
  for (const entry of ordered) {
    about = { ...about, ...saidBy(entry) };
  }
  return about;
}

function saidBy(entry: ReadEntry): Partial<CourseAbout> {
  const { type, facts } = entry;
  switch (type) {
    case 'RequisitionRegistered':
    case 'ClaimRegistered':
    case 'LeaveRequestRegistered':
    case 'OfficeRequestRegistered':
    case 'EngineeringChangeRegistered':
      return { requesterId: textFact(facts, 'requesterId'), ...filedBy(entry) };
    case 'PayslipOpened':
    case 'DifferenceOpened':
      return { requesterId: textFact(facts, 'employeeId') };
    case 'RequisitionValidated':
      return { ...placeOf(entry), ...amountAs(filedAmount(entry)) };
    case 'ClaimChecked':
    case 'RequisitionEnriched':
      return { ...placeOf(entry), ...amountAs(moneyFact(facts, 'baseTotal')) };
    case 'EngineeringChangeChecked':
      return amountAs(moneyFact(facts, 'atStake'));
    case 'ReplenishmentProposed':
      return { requesterId: textFact(facts, 'requesterId'), ...placeOf(entry), ...amountAs(filedAmount(entry)) };
    case 'ApprovalRouted':
      return textFact(facts, 'subject') === 'operator' ? {} : { legalEntities: textsFact(facts, 'legalEntities') };
    default:
      return {};
  }
}

/** What was filed may be anything: nobody has checked it. */
function filedBy({ facts }: ReadEntry): Partial<CourseAbout> {
  const costCentre = objectFact(facts, 'filed')?.costCentre;
  return typeof costCentre === 'string' ? { costCentre } : {};
}

function placeOf({ facts }: ReadEntry): Partial<CourseAbout> {
  const [costCentre, supplierCode] = [textFact(facts, 'costCentre'), textFact(facts, 'supplierCode')];
  return { ...(costCentre === '' ? {} : { costCentre }), ...(supplierCode === '' ? {} : { supplierCode }) };
}

function filedAmount({ facts }: ReadEntry): Money | undefined {
  const [amount, currency] = [textFact(facts, 'total'), textFact(facts, 'currency')];
  return amount === '' || currency === '' ? undefined : { amount, currency };
}

function amountAs(amount: Money | undefined): Pick<CourseAbout, 'amount'> {
  return amount === undefined ? {} : { amount };
}
