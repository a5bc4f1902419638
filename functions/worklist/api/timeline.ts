/** The record of a process by the API: as its page tells it, for the same readers. */
import type * as z from 'zod';
import { entrySentence } from '../../audit/entry-words.ts';
import { readFacts } from '../../audit/fact-reader.ts';
import { namer, type Timeline, type TimelineDeps, type TimelineEntry, timelineTitle } from '../../audit/timeline.ts';
import type { Language } from '../../pages/language.ts';
import type { ProcessDeps } from '../../process/update-process.ts';
import { readRecordFor } from '../read-record.ts';
import type { ApiContext } from './caller.ts';
import { problem } from './problems.ts';
import * as contract from './schemas.ts';

export interface TimelineApiDeps extends TimelineDeps, ProcessDeps {
  /** IANA zone in which the sentences tell instants to those who have none of their own. */
  readonly timeZone: string;
}

export async function giveTimeline(deps: TimelineApiDeps, context: ApiContext, processId: string): Promise<Response> {
  const employeeId = context.get('caller');
  const timeline = await readRecordFor(deps, { employeeId, roles: context.get('roles') }, processId);
  if (timeline === undefined) {
    return problem(context, 'not-found');
  }
  const timeZone = (await deps.directory.person(employeeId))?.timeZone ?? deps.timeZone;
  return context.json(contract.timeline.parse(timelineAnswer(timeline, timeZone)));
}

function timelineAnswer(timeline: Timeline, timeZone: string): z.input<typeof contract.timeline> {
  const { head, entries, damages } = timeline;
  const { processId, oa, requesterId, status, phase, outcome, startedAt, endedAt } = head;
  const person = personOf(timeline);
  return {
    ...{ processId, system: oa.system, requestId: oa.requestId, title: timelineTitle(timeline) },
    ...{ requester: person(requesterId), status, phase, outcome, startedAt, endedAt },
    waitsFor: Object.values(head.waits).map(({ kind, deadline, owner }) => ({ kind, deadline, owner: person(owner) })),
    holds: head.holds.map(({ reason, placedAt }) => ({ reason, placedAt })),
    damages: [...damages],
    entries: entries.map((item) => entryAnswer(item, timeline, timeZone)),
  };
}

function entryAnswer({ entry, personal }: TimelineEntry, timeline: Timeline, timeZone: string) {
  const { sequence, type, occurredAt, actor, facts, previousHash, hash } = entry;
  const sentence = (language: Language) =>
    entrySentence(type, readFacts(facts, { language, timeZone, nameOf: namer(timeline, language) }));
  return {
    ...{ sequence, type, occurredAt, facts, previousHash, hash },
    actor: { kind: actor.kind, id: actor.id, name: timeline.names.get(actor.id) },
    text: { en: sentence('en'), zh: sentence('zh-CN') },
    ...(personal === 'erased' ? { isErased: true } : { personal }),
  };
}

function personOf({ names }: Timeline) {
  return (employeeId: string) => ({ employeeId, name: names.get(employeeId) ?? employeeId });
}
