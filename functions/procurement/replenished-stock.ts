/** A purchase that fills up stock: Meridian itself asked for it, by a process of its own that has proposed exactly this. */
import { digestOf } from '../audit/domain/canonical-json.ts';
import { type OaReference, OWN_SYSTEM } from '../events/envelope.ts';
import { REPLENISHMENT_KIND, type ReplenishmentState } from '../inventory/domain/replenishment.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { Filed } from '../requests/domain/request.ts';
import { ValidationError } from '../runtime/errors.ts';

/** What the purchase fills up; undefined: somebody asked for it in an OA. */
export async function replenishedStock(
  store: ProcessStore,
  { oa }: Pick<ProcessHead, 'oa'>,
): Promise<ReplenishmentState | undefined> {
  return oa.system === OWN_SYSTEM ? (await readReplenishment(store, oa))?.state : undefined;
}

interface OwnRequest {
  readonly oa: OaReference;
  readonly requesterId: string;
  readonly filed: Filed;
  readonly executionId: string;
}

/**
 * Whatever stands under Meridian's own name is believed only if the record of a replenishment has proposed it.
 * @throws ValidationError of what was not proposed, or not so; the replenishment's record says that somebody tried.
 */
export async function demandProposed(deps: ProcessDeps, request: OwnRequest): Promise<void> {
  const head = await readReplenishment(deps.store, request.oa);
  const { proposal } = head?.state ?? {};
  const digest = digestOf(request.filed);
  if (proposal !== undefined && proposal.digest === digest && proposal.plannerId === request.requesterId) {
    return;
  }
  if (head !== undefined) {
    const { executionId, requesterId } = request;
    const facts = { executionId, requesterId, digest };
    const entry = { type: 'ForeignPurchaseRefused', actor: { kind: 'meridian', id: 'procure-to-pay' }, facts } as const;
    await updateProcess(deps, head.processId, () => ({ change: { entries: [entry] }, output: undefined }));
  }
  throw new ValidationError([
    {
      field: 'oa',
      problem: `no replenishment ${request.oa.requestId} has proposed this`,
      remedy: 'file the requisition in the OA, under the name of the OA',
    },
  ]);
}

async function readReplenishment(
  store: ProcessStore,
  { requestId }: OaReference,
): Promise<ProcessHead<ReplenishmentState> | undefined> {
  const head = await readHead<ReplenishmentState>(store, requestId);
  return head?.kind === REPLENISHMENT_KIND ? head : undefined;
}
