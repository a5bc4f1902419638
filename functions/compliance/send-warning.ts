/** Warns of a case by the topic or the webhook, and records that it did, or why it did not. */

import type { NewEntry } from '../audit/domain/record.ts';
import { casePath } from '../pages/places.tsx';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect, PendingEffect, ProcessChange } from '../process/domain/process.ts';
import { type EffectReference, finishEffect, readEffect } from '../process/finish-effect.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { detectorText } from './detector-words.ts';
import type { WarningNotice, WarningPort } from './port.ts';

type WarnEffect = Extract<Effect, { kind: 'warn' }>;

export interface SendWarningDeps extends ProcessDeps {
  /** Undefined: the company has configured none, and the operators are told. */
  readonly channels: { readonly [channel in WarnEffect['channel']]: WarningPort | undefined };
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
}

/**
 * Done at least once; a warning that is done already is left alone. What no repetition mends is recorded and told to the
 * operators.
 * @throws ConnectorTransientError, ConfigError: the effect stays, and the queue brings it again.
 */
export async function sendWarning(deps: SendWarningDeps, reference: EffectReference): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  const { effect } = item.value;
  if (effect.kind !== 'warn') {
    throw new Error(`effect ${reference.effectId} of ${reference.processId} is no warning`);
  }
  const notice = noticeOf(deps, item.value, effect);
  const refusal = await refusalOf(deps.channels[effect.channel], notice);
  await finishEffect(deps, reference, refusal === undefined ? sent(effect, notice) : failed(effect, notice, refusal));
}

function noticeOf({ pagesUrl }: SendWarningDeps, pending: PendingEffect, { warning }: WarnEffect): WarningNotice {
  const { processId: caseId, effectId, createdAt } = pending;
  return {
    messageId: `${caseId}-${effectId}`,
    caseId,
    ...warning,
    text: detectorText(warning.detector),
    url: `${pagesUrl}${casePath(caseId)}`,
    occurredAt: createdAt,
  };
}

async function refusalOf(channel: WarningPort | undefined, notice: WarningNotice): Promise<string | undefined> {
  if (channel === undefined) {
    return 'the company file names none';
  }
  try {
    await channel.warn(notice);
    return undefined;
  } catch (error) {
    if (error instanceof ConnectorPermanentError) {
      return error.message;
    }
    throw error;
  }
}

function sent(effect: WarnEffect, { messageId }: WarningNotice): ProcessChange<unknown> {
  return { entries: [entryOf('WarningSent', effect, { messageId })] };
}

function failed(effect: WarnEffect, { messageId, caseId }: WarningNotice, reason: string): ProcessChange<unknown> {
  const problem = {
    en: `Nobody was warned by the ${effect.channel} of compliance case ${caseId}: ${reason}`,
    zh: `合规案件 ${caseId} 的预警未能通过 ${effect.channel} 送达：${reason}`,
  };
  return {
    entries: [entryOf('WarningFailed', effect, { messageId, reason })],
    effects: [operatorNotice(problem)],
  };
}

function entryOf(type: string, { channel, warning }: WarnEffect, facts: NewEntry['facts']): NewEntry {
  const isOverdue = warning.isOverdue ? { isOverdue: true } : {};
  return { type, actor: { kind: 'meridian', id: 'warnings' }, facts: { channel, ...isOverdue, ...facts } };
}
