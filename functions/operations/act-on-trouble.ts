/**
 * An operator does something about what waits: shown before exactly what is touched, recorded with who, and done once. What was
 * asked for counts as done only when its step has succeeded (`domain/act.ts`).
 */

import { decideAsOperator } from '../approvals/decide-as-operator.ts';
import type { DecisionDeps } from '../approvals/decision-deps.ts';
import { recordRefusal } from '../approvals/record-refusal.ts';
import { effectDueAt } from '../process/domain/effect-due.ts';
import type { PendingEffect } from '../process/domain/process.ts';
import { effectKey, untoldKey } from '../process/keys.ts';
import { registerStanding } from '../process/standing-record.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { UntoldMessage } from '../process/untold-message.ts';
import { readHead, updateProcess } from '../process/update-process.ts';
import { forgetAct, keepAct } from './acts.ts';
import type { Act } from './domain/act.ts';
import { needsReason, type OperatorAction, type TroubleRef } from './domain/trouble.ts';
import { type FoundTrouble, findTrouble, type TroubleDeps } from './find-trouble.ts';
import { OPERATIONS, type Operator, operatorEntry } from './operator.ts';

export interface OperationDeps extends DecisionDeps, TroubleDeps {}

/** Why nothing is done. Stable names. */
export type ActRefusal =
  /** Somebody else was faster, or it never waited. */
  | 'waits-no-more'
  | 'not-offered'
  | 'reason-needed'
  /** Nobody leaves out or ends a step of what they asked for themselves. */
  | 'own-request'
  /** Where it was to be done it was refused; the message says why. */
  | 'refused';

/** One thing that an order would touch, or why not. */
export interface Preview {
  readonly ref: TroubleRef;
  /** Undefined with `waits-no-more`. */
  readonly trouble?: FoundTrouble;
  readonly refusal?: Exclude<ActRefusal, 'reason-needed' | 'own-request' | 'refused'>;
}

export interface ActOrder {
  readonly ref: TroubleRef;
  readonly action: OperatorAction;
  /** Needed to skip and to cancel; stands in the record, erasable. */
  readonly reason: string;
  readonly operator: Operator;
}

export type ActResult =
  | { readonly kind: 'asked-for'; readonly act: Act }
  | { readonly kind: 'refused'; readonly ref: TroubleRef; readonly refusal: ActRefusal; readonly message: string };

/** Exactly what {@link actOnTrouble} would touch, one by one. Changes nothing. */
export async function previewAct(
  deps: TroubleDeps,
  refs: readonly TroubleRef[],
  action: OperatorAction,
): Promise<readonly Preview[]> {
  const previews: Preview[] = [];
  for (const ref of refs) {
    const trouble = await findTrouble(deps, ref);
    if (trouble === undefined) {
      previews.push({ ref, refusal: 'waits-no-more' });
    } else {
      previews.push({ ref, trouble, ...(trouble.actions.includes(action) ? {} : { refusal: 'not-offered' }) });
    }
  }
  return previews;
}

/**
 * Asks for it, with its entry in the record of the process, or of the operations where there is no process.
 * @throws ConnectorTransientError when nobody knows whether Step Functions took it: the act stands, and its state says more.
 */
export async function actOnTrouble(deps: OperationDeps, order: ActOrder): Promise<ActResult> {
  const { ref, action, reason } = order;
  const trouble = await findTrouble(deps, ref);
  if (trouble === undefined) {
    return refused(ref, 'waits-no-more', 'it waits no more');
  }
  if (!trouble.actions.includes(action)) {
    return refused(ref, 'not-offered', `${action} is not offered here`);
  }
  if (needsReason(action) && reason.trim() === '') {
    return refused(ref, 'reason-needed', `${action} needs a reason`);
  }
  const act = actOf(deps, order, trouble);
  switch (ref.kind) {
    case 'question':
      return decide(deps, order, ref, act);
    case 'execution':
      return redrive(deps, order, ref.executionId, act);
    case 'message':
      return sendAgain(deps, order, ref, act);
  }
}

function actOf({ clock, randomness }: OperationDeps, { ref, action, operator }: ActOrder, trouble: FoundTrouble): Act {
  const { title, processId, executionId, cause } = trouble;
  return {
    actId: randomness.uuid(),
    at: clock.now().toISOString(),
    by: operator.name,
    action,
    ref,
    title,
    ...(processId === undefined ? {} : { processId }),
    ...(executionId === undefined ? {} : { executionId }),
    ...(cause.step === undefined ? {} : { step: cause.step }),
  };
}

async function decide(
  deps: OperationDeps,
  { action, reason, operator }: ActOrder,
  ref: Extract<TroubleRef, { kind: 'question' }>,
  act: Act,
): Promise<ActResult> {
  const { processId, approvalId } = ref;
  const { name, via } = operator;
  if (action !== 'retry' && (await isOwnRequest(deps, processId, operator))) {
    await recordRefusal(
      deps,
      OPERATIONS,
      operatorEntry(operator, 'OperationRefused', { employeeId: name, processId, refusal: 'own-request' }),
    );
    return refused(ref, 'own-request', 'it is your own request');
  }
  const decision = { processId, approvalId, action, reason, operator: name, via, also: [keepAct(act)] };
  const result = await decideAsOperator(deps, decision);
  if (result === undefined) {
    return refused(ref, 'waits-no-more', 'it waits no more');
  }
  return result.kind === 'decided' ? { kind: 'asked-for', act } : refused(ref, 'refused', result.message);
}

/** The tool knows nobody's employee id: who has the authority over the installation answers for it. */
async function isOwnRequest({ store }: OperationDeps, processId: string, { name, via }: Operator): Promise<boolean> {
  return via === 'operations-page' && (await readHead(store, processId))?.requesterId === name;
}

/** Recorded before it is asked for: what Step Functions refuses is recorded after. */
async function redrive(deps: OperationDeps, order: ActOrder, executionId: string, act: Act): Promise<ActResult> {
  const { operator, ref } = order;
  const record = async (type: string, facts: { readonly reason?: string }, also: readonly WorkChange[]) => {
    const entries = [operatorEntry(operator, type, { executionId, ...facts })];
    const processId = act.processId ?? OPERATIONS.processId;
    await updateProcess<unknown, void>(deps, processId, () => ({ change: { entries }, also, output: undefined }));
  };
  if (act.processId === undefined) {
    await registerStanding(deps, OPERATIONS);
  }
  await record('RedriveAsked', {}, [keepAct(act)]);
  const refusal = await deps.executions.redrive(executionId, act.actId);
  if (refusal === undefined) {
    return { kind: 'asked-for', act };
  }
  await record('RedriveRefused', { reason: refusal }, [forgetAct(act)]);
  return refused(ref, 'refused', refusal);
}

/** The same message to the OA: it drops what it took before, and what a later one has overtaken. */
async function sendAgain(
  deps: OperationDeps,
  { ref: order, operator }: ActOrder,
  ref: Extract<TroubleRef, { kind: 'message' }>,
  act: Act,
): Promise<ActResult> {
  const { processId, effectId } = ref;
  const key = untoldKey(processId, effectId);
  return updateProcess<unknown, ActResult>(deps, processId, async () => {
    const item = await deps.store.read<UntoldMessage>(key);
    if (item === undefined) {
      return { output: refused(order, 'waits-no-more', 'it waits no more') };
    }
    const { actId } = act;
    const facts = { actId, messageId: `${processId}-${effectId}`, status: item.value.message.status };
    return {
      change: { entries: [operatorEntry(operator, 'OaMessageSentAgain', facts)] },
      also: [{ kind: 'delete', key, ifVersion: item.version }, effectAgain(item.value, deps.clock.now()), keepAct(act)],
      output: { kind: 'asked-for', act },
    };
  });
}

function effectAgain({ processId, effectId, message, occurredAt }: UntoldMessage, now: Date): WorkChange {
  const value: PendingEffect = {
    processId,
    effectId,
    effect: { kind: 'tell-oa', message },
    createdAt: now.toISOString(),
    occurredAt,
    attempts: 0,
  };
  const list = { name: 'effects', at: effectDueAt(value, now).toISOString() } as const;
  return { kind: 'create', key: effectKey(processId, effectId), value, list };
}

function refused(ref: TroubleRef, refusal: ActRefusal, message: string): ActResult {
  return { kind: 'refused', ref, refusal, message };
}
