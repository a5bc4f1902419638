/** Somebody says themselves who stands in for them, and from when to when. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import { type Leave, leavesWithout, readLeaves, replaceLeaves, withLeaves } from '../directory/leaves.ts';
import type { Absence, Person } from '../directory/port.ts';
import { recordOnly } from '../process/own-process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { createProcess } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { refusalOfSubstitute } from './check-substitute.ts';
import { type AbsenceRefusal, overlap, type Period, periodOf, type Today } from './domain/own-absence.ts';
import { ABSENCE, type OwnAbsence, type OwnAbsenceDeps, ownAbsenceFacts } from './own-absence-record.ts';
import { recordRefusedWish } from './refused-wish.ts';
import { standInMail, toldAtOnce } from './stand-in-mail.ts';

/** As the person wrote it. */
export interface SubstituteWish {
  /** First and last day (`YYYY-MM-DD`) on the clocks of `timeZone`. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** Employee id, mail address or full name. */
  readonly person: string;
  /** Subjects of approvals that go to the substitute; empty: all. */
  readonly scope: readonly string[];
  /** All subjects that there are. */
  readonly subjects: readonly string[];
  /** Undefined: sent twice it is refused the second time, since it overlaps with itself. */
  readonly once?: OnlyOnce<'named'>;
}

/** Or all that is wrong with the wish. */
export type NamingResult = 'named' | readonly AbsenceRefusal[];

/** Against the same person's other windows: one of two that send at once is refused for what the other did. */
const MAX_ATTEMPTS = 5;

/**
 * The absence has a record of its own, and counts from the commit on; the substitute is told by mail. What is refused is
 * recorded.
 * @throws ConcurrencyError when others wrote first every time; nothing happened then.
 */
export async function nameSubstitute(
  deps: OwnAbsenceDeps,
  employeeId: string,
  wish: SubstituteWish,
): Promise<NamingResult> {
  const result = await nameOnce(deps, employeeId, wish);
  if (result !== 'named') {
    await recordRefusedWish(deps, employeeId, { action: 'name', issues: result });
  }
  return result;
}

async function nameOnce(deps: OwnAbsenceDeps, employeeId: string, wish: SubstituteWish): Promise<NamingResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToName(deps, employeeId, wish);
    } catch (error) {
      if (!(error instanceof ConcurrencyError) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      await deps.backOff?.(attempt);
    }
  }
}

async function tryToName(deps: OwnAbsenceDeps, employeeId: string, wish: SubstituteWish): Promise<NamingResult> {
  const { timeZone, scope, once } = wish;
  if ((await once?.earlier()) !== undefined) {
    return 'named';
  }
  const today: Today = { now: deps.clock.now(), timeZone };
  const period = periodOf(wish.from, wish.to, today);
  const substitute = await findSubstitute(deps, employeeId, wish.person);
  if (!isPeriod(period) || 'reason' in substitute) {
    return [...(isPeriod(period) ? [] : period), ...('reason' in substitute ? [substitute] : [])];
  }
  const absence = { ...period, substituteId: substitute.employeeId, ...(scope.length === 0 ? {} : { scope }) };
  const item = await readLeaves(deps.store, employeeId);
  const refusal = await refusalOf(deps, employeeId, absence, scope.length === 0 ? wish.subjects : scope);
  if (refusal !== undefined) {
    return [refusal];
  }
  const leaveId = `ABSENCE-${deps.randomness.uuid()}`;
  const leaves = withOwn(leavesWithout(item, leaveId, today.now), { ...absence, leaveId, isOwn: true });
  const days = wish.from === wish.to ? wish.from : `${wish.from} – ${wish.to}`;
  const told = toldAtOnce({ employeeId, ...absence }, today.now);
  const also = [
    ...replaceLeaves(employeeId, item, leaves),
    ...told,
    ...(once === undefined ? [] : [once.keep('named')]),
  ];
  await register(deps, { employeeId, ...absence }, { leaveId, days, also });
  return 'named';
}

function isPeriod(period: Period | readonly AbsenceRefusal[]): period is Period {
  return 'from' in period;
}

async function findSubstitute(
  { directory }: OwnAbsenceDeps,
  employeeId: string,
  text: string,
): Promise<Person | Extract<AbsenceRefusal, { field: 'person' }>> {
  const refused = (reason: Extract<AbsenceRefusal, { field: 'person' }>['reason']) =>
    ({ field: 'person', reason }) as const;
  if (text === '') {
    return refused('no-person');
  }
  const [found, ...others] = await directory.find(text);
  if (found === undefined) {
    return refused((await directory.person(text)) === undefined ? 'unknown' : 'has-left');
  }
  if (others.length > 0) {
    return refused('several');
  }
  return found.employeeId === employeeId ? refused('oneself') : found;
}

/** At each moment and for each subject one substitute only, and somebody who is there. */
async function refusalOf(
  { store, directory }: OwnAbsenceDeps,
  employeeId: string,
  absence: Absence,
  subjects: readonly string[],
): Promise<AbsenceRefusal | undefined> {
  const read = (id: string) => withLeaves(store, (of) => directory.person(of), id);
  const absences = (await read(employeeId))?.absences ?? [];
  return absences.some((other) => overlap(other, absence))
    ? { field: 'from', reason: 'overlaps' }
    : refusalOfSubstitute(read, employeeId, absence, subjects);
}

/** After the leaves of the OA, which count first. */
function withOwn(leaves: readonly Leave[], own: Leave): readonly Leave[] {
  return [...leaves.filter(({ isOwn }) => isOwn !== true), own, ...leaves.filter(({ isOwn }) => isOwn === true)];
}

async function register(
  deps: OwnAbsenceDeps,
  state: OwnAbsence,
  { leaveId, days, also }: { readonly leaveId: string; readonly days: string; readonly also: readonly WorkChange[] },
): Promise<void> {
  const { employeeId } = state;
  const own = { processId: leaveId, kind: ABSENCE, requesterId: employeeId, phase: 'Absence', state };
  const head = recordOnly(own, deps.clock.now());
  const entry: NewEntry = {
    type: 'SubstituteNamed',
    actor: { kind: 'person', id: employeeId },
    facts: ownAbsenceFacts(state),
  };
  const effects = [await standInMail(deps.directory, state, 'named')];
  await createProcess(deps, head, { entries: [entry], effects }, also, days);
}
