/**
 * Looks for documents that the ERP made after their process had ended: a request whose connection was cut can be carried
 * out late. What is found is reported to people, but for a draft of an entry, which is deleted as its claim intended when it
 * was given up; what does not come within days never will.
 */

import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { readRequest } from '../requests/read-request.ts';
import type { OpenIntent } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import type { ErpStepDeps } from './purchase-deps.ts';

/** Longer than any request can hang in any system between us and the ERP. */
const GIVE_UP_DAYS = 3;
const PAGE = 100;

export interface SweepDeps extends ErpStepDeps {
  readonly ledger: Pick<LedgerPort, 'findEntry' | 'discardDraft'>;
}

export interface IntentSweep {
  readonly watched: number;
  readonly found: number;
}

/** One round; one that fails does not keep the others. @throws what failed last: the next round looks again. */
export async function sweepIntents(deps: SweepDeps): Promise<IntentSweep> {
  const items = await deps.store.listByTime<OpenIntent>('intents', {
    order: 'oldest-first',
    limit: PAGE,
  });
  let found = 0;
  let failure: unknown;
  for (const item of items) {
    try {
      found += await settle(deps, item);
    } catch (error) {
      failure = error;
    }
  }
  if (failure !== undefined) {
    throw failure;
  }
  return { watched: items.length, found };
}

/** How many late documents it was: one or none. */
async function settle(deps: SweepDeps, item: WorkItem<OpenIntent>): Promise<number> {
  const late = await lateDocument(deps, item.value);
  const ended = late ?? (await givenUp(deps, item.value));
  if (ended !== undefined) {
    await updateProcess<unknown, void>(deps, item.value.processId, () => ({
      change: ended,
      also: [{ kind: 'delete', key: item.key, ifVersion: item.version }],
      output: undefined,
    }));
  }
  return late === undefined ? 0 : 1;
}

const ACTOR = { kind: 'erp', id: 'erp' } as const;

/** Undefined: there is none. */
async function lateDocument(deps: SweepDeps, intent: OpenIntent): Promise<ProcessChange<unknown> | undefined> {
  if (intent.document === 'entry') {
    const entry = await deps.ledger.findEntry(intent.key);
    return entry === undefined ? lateDraft(deps, intent) : lateEntry(intent, entry.entryNumber);
  }
  const order = await deps.erp.findOrder(intent.key);
  return order === undefined ? undefined : lateOrder(intent, order.orderNumber);
}

function lateEntry({ processId, key }: OpenIntent, entryNumber: string): ProcessChange<unknown> {
  const problem = {
    en: `Expense claim ${processId} had ended when the ERP posted entry ${entryNumber} for it: take it back there.`,
    zh: `报销流程 ${processId} 已结束，ERP 才过账凭证 ${entryNumber}：请在 ERP 中冲销。`,
  };
  return {
    entries: [{ type: 'LateEntryFound', actor: ACTOR, facts: { key, entryNumber } }],
    effects: [operatorNotice(problem)],
  };
}

/** Undefined: none stands. */
async function lateDraft(
  { ledger }: SweepDeps,
  { processId, key }: OpenIntent,
): Promise<ProcessChange<unknown> | undefined> {
  try {
    return (await ledger.discardDraft(key)) === 'none'
      ? undefined
      : { entries: [{ type: 'DraftDiscarded', actor: ACTOR, facts: { key } }] };
  } catch (error) {
    if (!(error instanceof BusinessRuleError && error.rule === 'draft-kept')) {
      throw error;
    }
    const problem = {
      en: `Expense claim ${processId} has ended, and a draft entry with [${key}] stands in the ERP, which does not let Meridian delete it: delete it there, so that nobody posts it.`,
      zh: `报销流程 ${processId} 已结束，ERP 中仍有一张带 [${key}] 的草稿凭证，且不允许 Meridian 删除：请在 ERP 中删除，以免有人将其过账。`,
    };
    return {
      entries: [{ type: 'LateDraftFound', actor: ACTOR, facts: { key } }],
      effects: [operatorNotice(problem)],
    };
  }
}

function lateOrder({ processId, key }: OpenIntent, orderNumber: string): ProcessChange<unknown> {
  const problem = {
    en: `Purchase ${processId} had ended when the ERP made order ${orderNumber} for it: cancel it there, or the company is bound by it.`,
    zh: `采购流程 ${processId} 已结束，ERP 才生成订单 ${orderNumber}：请在 ERP 中取消，否则公司须履行该订单。`,
  };
  return {
    entries: [{ type: 'LateOrderFound', actor: ACTOR, facts: { key, orderNumber } }],
    effects: [operatorNotice(problem)],
  };
}

/** Undefined: it may still come. */
async function givenUp(deps: SweepDeps, { processId, key }: OpenIntent): Promise<ProcessChange<unknown> | undefined> {
  const since = new Date((await readRequest(deps, processId)).endedAt ?? 0).getTime();
  const isOver = deps.clock.now().getTime() - since >= GIVE_UP_DAYS * 86_400_000;
  return isOver ? { entries: [{ type: 'IntentWithoutEffect', actor: ACTOR, facts: { key } }] } : undefined;
}
