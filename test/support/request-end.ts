/** What a request has come to on the sides that are the same whatever is asked for: the record, and what the OA was told. */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { clockTime } from '../../functions/calendar/domain/worked-time.ts';
import type { OaNotice } from '../../functions/connectors/oa/port.ts';
import type { RequestEnvelope } from '../../functions/events/envelope.ts';
import { courseOf } from '../../functions/insight/domain/course.ts';
import type { RequestState } from '../../functions/requests/domain/request.ts';
import { type End, handIn } from './path-coverage.ts';
import type { RequestWorld } from './request-world.ts';

/** How an empty side is worded. */
export const NOTHING = 'nothing';

/**
 * Hands in the world of a request, and with it asserts its end.
 *
 * @param erp - what stands in the system behind the process, in one line
 */
export async function handInRequest<State extends RequestState, Event extends RequestEnvelope>(
  world: RequestWorld<State, Event>,
  event: Event,
  erp: string,
  expected: End,
  unfit: readonly string[],
): Promise<void> {
  const record = world.store.commits === 0 ? NOTHING : await recordLine(world, event);
  const oa = [...world.told(), ...sharedNumbers(world.notices)].join(' ') || NOTHING;
  await handIn(world, { record, erp, oa }, expected, unfit);
}

/** Two messages of a process under one number: an OA that goes by it would take one of them and drop the other. */
function sharedNumbers(notices: readonly OaNotice[]): readonly string[] {
  const taken = new Map<string, string>();
  return notices.flatMap(({ processId, sequence, messageId, status }) => {
    const number = `${processId} ${sequence}`;
    const first = taken.get(number) ?? messageId;
    taken.set(number, first);
    return first === messageId ? [] : [`SHARED NUMBER ${number}: ${status}`];
  });
}

/** What people decided and which steps failed (`!CreateOrder`), and the end or the phase. A record that is damaged says so. */
async function recordLine<State extends RequestState, Event extends RequestEnvelope>(
  world: RequestWorld<State, Event>,
  event: Event,
): Promise<string> {
  const { outcome, phase } = await world.head(event);
  const turns = turnsOf(await world.record(event));
  const damages = (await world.damages(event)).map(({ sequence, damage }) => `DAMAGED at ${sequence}: ${damage}`);
  return [...turns, outcome ?? `(${phase})`, ...damages, ...(await misread(world, event))].join(' ');
}

/** Figures are made of the record alone: they must find the phases that the process was in. */
async function misread<State extends RequestState, Event extends RequestEnvelope>(
  world: RequestWorld<State, Event>,
  event: Event,
): Promise<readonly string[]> {
  const { processId, kind, outcome } = await world.head(event);
  const course = courseOf(await world.record(event), clockTime);
  const read = [course?.kind, course?.outcome, ...(course?.phases ?? []).map(({ phase }) => phase)].join(', ');
  const truth = [kind, outcome, ...(world.store.phases.get(processId) ?? [])].join(', ');
  return read === truth ? [] : [`MISREAD as ${read}; in truth ${truth}`];
}

/** What people decided and which steps failed, in order. */
export function turnsOf(record: readonly RecordEntry[]): readonly string[] {
  return record.flatMap(({ type, facts }) => turnOf(type, facts));
}

function turnOf(type: string, facts: RecordEntry['facts']): readonly string[] {
  switch (type) {
    case 'DecisionMade':
      return [String(facts.action)];
    case 'ReturnedToRequester':
      return ['return'];
    case 'StepFailed':
      return [`!${facts.step}`];
    default:
      return [];
  }
}
