/** Tells the OA what a process has to say to it, and records that it was told, or why it was not. */

import type { NewEntry } from '../../audit/domain/record.ts';
import { operatorNotice } from '../../process/domain/operator-notice.ts';
import type { OaMessage, PendingEffect, ProcessChange } from '../../process/domain/process.ts';
import { type EffectReference, finishEffect, readEffect } from '../../process/finish-effect.ts';
import { untoldKey } from '../../process/keys.ts';
import type { WorkChange } from '../../process/store/port.ts';
import type { UntoldMessage } from '../../process/untold-message.ts';
import { type ProcessDeps, readHead } from '../../process/update-process.ts';
import { ConnectorPermanentError } from '../../runtime/errors.ts';
import type { OaNotice, OaPort } from './port.ts';

export interface TellOaDeps extends ProcessDeps {
  readonly oa: OaPort;
}

/** As long as the history of an execution is kept: what nobody sent again by then is not waited for any more. */
const UNTOLD_KEPT_MS = 90 * 86_400_000;

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
  if (refusal === undefined) {
    await finishEffect(deps, reference, told(notice));
    return;
  }
  const untold = keepUntold({ ...reference, message: effect.message, reason: refusal, notice, now: deps.clock.now() });
  await finishEffect(deps, reference, notTold(notice, refusal), [untold]);
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
    occurredAt: pending.occurredAt ?? pending.createdAt,
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

/** An operator can have it sent again, once the OA takes it. */
function keepUntold(untold: {
  readonly processId: string;
  readonly effectId: string;
  readonly message: OaMessage;
  readonly reason: string;
  readonly notice: OaNotice;
  readonly now: Date;
}): WorkChange {
  const { now, notice, ...rest } = untold;
  const at = now.toISOString();
  const value: UntoldMessage = { ...rest, oa: notice.oa, occurredAt: notice.occurredAt, at };
  return {
    kind: 'put',
    key: untoldKey(untold.processId, untold.effectId),
    value,
    list: { name: 'untold', at },
    expiresAt: new Date(now.getTime() + UNTOLD_KEPT_MS),
  };
}

function notTold(notice: OaNotice, reason: string): ProcessChange<unknown> {
  const problem = {
    en: `The OA was not told that request ${notice.oa.requestId} is "${notice.status}": ${reason}`,
    zh: `未能通知 OA：申请 ${notice.oa.requestId} 的状态为“${notice.status}”：${reason}`,
  };
  // Not its words, which may be somebody's own: the page of operations has them.
  const operatorsMail = operatorNotice(problem, { process: notice.processId });
  return { entries: [entryOf('OaNotTold', notice, { reason })], effects: [operatorsMail] };
}

function entryOf(type: string, notice: OaNotice, more: { readonly reason?: string } = {}): NewEntry {
  const { messageId, status, sequence, oa } = notice;
  return { type, actor: { kind: 'oa', id: oa.system }, facts: { messageId, status, about: sequence, ...more } };
}
