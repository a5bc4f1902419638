/** Steps that the stories of every kind of process share. */

import { digestOf, type Json } from '../../functions/audit/domain/canonical-json.ts';
import type { NewEntry } from '../../functions/audit/domain/record.ts';
import { askOperators } from './approve.ts';
import { type HistoryCase, OA_SYSTEM } from './case.ts';
import type { People } from './people.ts';

type Filed = { readonly [field: string]: Json };

export function register(story: HistoryCase, type: string, filed: Filed): void {
  const { requestId, requesterId, executionId } = story;
  const about = { system: OA_SYSTEM, requestId, requesterId, eventId: `event-${requestId}` };
  const facts = { ...about, executionId, filedDigest: digestOf(filed), filed };
  const personal = { justification: 'Needed for the work of the team' };
  story.add({ type, actor: { kind: 'oa', id: OA_SYSTEM }, facts, personal });
}

/** It is with its requester, who changes it and sends it again. `version`: the one that was returned. */
export function rework(story: HistoryCase, type: string, version: number, filed: Filed): void {
  story.tick();
  story.tell('returned');
  story.mail('rework-requested', story.requesterId);
  const hours = story.chance.long(5);
  story.wait('rework', { subject: story.processId, owner: story.requesterId, hours, days: 10 });
  const facts: NewEntry['facts'] = {
    eventId: `resubmission-of-${version}`,
    replacesVersion: version,
    filedDigest: digestOf(filed),
    filed,
  };
  story.add({ type, actor: { kind: 'person', id: story.requesterId }, facts });
}

/**
 * A step fails for good, and the operators are asked.
 * @returns whether they had it tried again
 */
export async function failStep(story: HistoryCase, people: People, step: string): Promise<boolean> {
  const { outcome } = await askOperators(story, people, { step, error: 'ConnectorTransientError' });
  return outcome === 'retry';
}
