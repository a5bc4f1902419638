/** Who stands in for the caller and for whom they stand in, as the page of absences has it. */
import type * as z from 'zod';
import { TASK_SUBJECTS } from '../../approvals/task-list.ts';
import type { AbsenceRefusal } from '../../people/domain/own-absence.ts';
import { endOwnAbsence } from '../../people/end-own-absence.ts';
import { type ListedAbsence, listAbsences } from '../../people/list-absences.ts';
import { nameSubstitute } from '../../people/name-substitute.ts';
import type { OwnAbsenceDeps } from '../../people/own-absence-record.ts';
import { ABSENCE_REFUSALS } from '../absence-words.ts';
import { actOnce } from '../act-once.ts';
import type { ApiContext } from './caller.ts';
import { bodyOf, keyOf } from './parts.ts';
import { problem } from './problems.ts';
import * as contract from './schemas.ts';

export interface AbsenceApiDeps extends OwnAbsenceDeps {
  /** IANA zone of the days of those who have none of their own. */
  readonly timeZone: string;
}

export async function listOwnAbsences(deps: AbsenceApiDeps, context: ApiContext): Promise<Response> {
  return context.json(contract.absenceList.parse(await absencesOf(deps, context)));
}

/** Days are days by the clocks of the caller's own zone. */
export async function nameOwnSubstitute(deps: AbsenceApiDeps, context: ApiContext): Promise<Response> {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  const wish = await bodyOf(context, contract.substituteWish);
  if (wish instanceof Response) {
    return wish;
  }
  const employeeId = context.get('caller');
  const timeZone = (await deps.directory.person(employeeId))?.timeZone ?? deps.timeZone;
  const once = actOnce<'named'>(deps, { employeeId, key, action: { kind: 'substitute', ...wish } });
  const result = await nameSubstitute(deps, employeeId, { ...wish, timeZone, subjects: TASK_SUBJECTS, once });
  return result === 'named'
    ? context.json(contract.absenceResult.parse({ result, absences: await absencesOf(deps, context) }))
    : problem(context, 'substitute-refused', { errors: result.map(fieldProblem) });
}

/** Needs no key: it ends once, and whoever says it again gets the same answer. */
export async function endAbsence(deps: AbsenceApiDeps, context: ApiContext, absenceId: string): Promise<Response> {
  const result = await endOwnAbsence(deps, context.get('caller'), absenceId);
  return result === 'unknown'
    ? problem(context, 'not-found')
    : context.json(contract.absenceResult.parse({ result, absences: await absencesOf(deps, context) }));
}

async function absencesOf(deps: AbsenceApiDeps, context: ApiContext): Promise<z.input<typeof contract.absenceList>> {
  const { own, standIns } = await listAbsences(deps, context.get('caller'), deps.clock.now());
  return {
    own: own.map(({ source, leaveId, substituteId, name, ...absence }) => ({
      ...periodOf(absence),
      ...(leaveId === undefined ? {} : { absenceId: leaveId }),
      substitute: { employeeId: substituteId, name },
      source,
    })),
    standIns: standIns.map(({ awayId, name, ...absence }) => ({
      ...periodOf(absence),
      away: { employeeId: awayId, name },
    })),
  };
}

function periodOf({ from, until, scope = [] }: Pick<ListedAbsence, 'from' | 'until' | 'scope'>) {
  return { from, until, scope: [...scope] };
}

function fieldProblem({ field, reason }: AbsenceRefusal) {
  return { field, problem: ABSENCE_REFUSALS[reason].en, code: reason };
}
