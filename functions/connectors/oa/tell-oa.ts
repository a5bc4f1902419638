/** Tells the OA what a process has to say to it, and records that it was told, or why it was not. */
import type { NewEntry } from '../../audit/domain/record.ts';
import type { Effect, OaMessage, PendingEffect, ProcessChange } from '../../process/domain/process.ts';
import { type EffectReference, finishEffect, readEffect } from '../../process/finish-effect.ts';
import { type ProcessDeps, readHead } from '../../process/update-process.ts';
import { ConnectorPermanentError } from '../../runtime/errors.ts';
import type { OaNotice, OaPort } from './port.ts';

export interface TellOaDeps extends ProcessDeps {
  readonly oa: OaPort;
}

/**
 * Done at least once; a message that is done already is left alone.
 * @throws ConnectorTransientError when the OA may take it later: the effect stays, and the queue brings it again.
 */
export async function tellOa(deps: TellOaDeps, reference: EffectReference): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  const { effect } = item.value;
  if (effect.kind !== 'tell-oa') {
    throw new Error(`effect ${reference.effectId} of ${reference.processId} is no message for the OA`);
  }
  const notice = await noticeOf(deps, item.value, effect.message);
  const refusal = await refusalOf(deps.oa, notice);
  await finishEffect(deps, reference, refusal === undefined ? told(notice) : notTold(notice, refusal));
}

async function noticeOf(deps: ProcessDeps, pending: PendingEffect, message: OaMessage): Promise<OaNotice> {
  const head = await readHead(deps.store, pending.processId);
  if (head === undefined) {
    throw new Error(`process ${pending.processId} is not registered`);
  }
  return {
    messageId: `${pending.processId}-${pending.effectId}`,
    oa: head.oa,
    requester: { employeeId: head.requesterId },
    processId: pending.processId,
    sequence: sequenceOf(pending.effectId),
    ...message,
    occurredAt: pending.createdAt,
  };
}

/** An effect's id begins with the number of the record's entry that it follows from. */
function sequenceOf(effectId: string): number {
  return Number.parseInt(effectId, 10);
}

async function refusalOf(oa: OaPort, notice: OaNotice): Promise<string | undefined> {
  try {
    await oa.tell(notice);
    return undefined;
  } catch (error) {
    if (error instanceof ConnectorPermanentError) {
      return error.message;
    }
    throw error;
  }
}

function told(notice: OaNotice): ProcessChange<unknown> {
  return { entries: [entryOf('OaTold', notice)] };
}

function notTold(notice: OaNotice, reason: string): ProcessChange<unknown> {
  const operatorsMail: Effect = {
    kind: 'mail',
    mail: {
      to: 'operators',
      template: 'operator-notice',
      facts: {
        problem: `The OA was not told that request ${notice.oa.requestId} is "${notice.status}": ${reason}`,
        process: notice.processId,
        message: notice.text.en,
      },
    },
  };
  return { entries: [entryOf('OaNotTold', notice, { reason })], effects: [operatorsMail] };
}

function entryOf(type: string, notice: OaNotice, more: { readonly reason?: string } = {}): NewEntry {
  const { messageId, status, sequence, oa } = notice;
  return { type, actor: { kind: 'oa', id: oa.system }, facts: { messageId, status, about: sequence, ...more } };
}
