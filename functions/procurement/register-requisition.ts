/** The first step: one process per OA request, ever. */
import { createHash } from 'node:crypto';
import type { Json } from '../audit/domain/canonical-json.ts';
import { EMPTY_CHAIN } from '../audit/domain/record.ts';
import type { OaReference } from '../events/envelope.ts';
import { requestKey } from '../process/keys.ts';
import { createProcess, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { duplicateMessage } from './domain/messages.ts';
import { digestOf, newPurchase, PROCESS_KIND, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';

export interface RegisterInput {
  readonly executionId: string;
  readonly oa: OaReference;
  readonly requesterId: string;
  /** As filed, unchecked. */
  readonly requisition: { readonly [field: string]: Json };
  readonly eventId: string;
}

export interface Registration {
  readonly processId: string;
  readonly registration: 'new' | 'duplicate';
}

/**
 * Registers the request, or finds that it was registered before. The same execution asking again (its reply was lost)
 * is not a duplicate. The same number with another content is refused, recorded, and told to the OA.
 */
export async function registerRequisition(deps: ProcessDeps, input: RegisterInput): Promise<Registration> {
  const processId = processIdOf(input.oa);
  const earlier = await readHead<PurchaseState>(deps.store, processId);
  if (earlier !== undefined) {
    return recognise(deps, earlier, input);
  }
  try {
    await register(deps, processId, input);
    return { processId, registration: 'new' };
  } catch (error) {
    const winner = error instanceof ConcurrencyError ? await readHead<PurchaseState>(deps.store, processId) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return recognise(deps, winner, input);
  }
}

/** Derived from the request, so that two processes of one request cannot exist even for a moment. */
export function processIdOf(oa: OaReference): string {
  return `P2P-${createHash('sha256').update(`${oa.system}\n${oa.requestId}`).digest('hex').slice(0, 20)}`;
}

async function register(deps: ProcessDeps, processId: string, input: RegisterInput): Promise<void> {
  const head: PurchaseHead = {
    processId,
    kind: PROCESS_KIND,
    executionId: input.executionId,
    oa: input.oa,
    requesterId: input.requesterId,
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: 'Registration',
    startedAt: deps.clock.now().toISOString(),
    waits: {},
    answers: {},
    holds: [],
    state: newPurchase(input.requisition),
  };
  const entry = {
    type: 'RequisitionRegistered',
    actor: { kind: 'oa', id: input.oa.system },
    facts: {
      system: input.oa.system,
      requestId: input.oa.requestId,
      requesterId: input.requesterId,
      eventId: input.eventId,
      executionId: input.executionId,
      filedDigest: head.state.filedDigest,
      filed: withoutJustification(input.requisition),
    },
    ...justificationOf(input.requisition),
  } as const;
  const once = { kind: 'create', key: requestKey(input.oa.system, input.oa.requestId), value: { processId } } as const;
  await createProcess(deps, head, { entries: [entry] }, [once], titleOf(input));
}

/** Longest title on a list: nothing has checked yet what was filed. */
const MAX_TITLE = 200;

function titleOf({ oa, requisition: { title } }: RegisterInput): string {
  const text = typeof title === 'string' ? title.trim() : '';
  return text === '' ? oa.requestId : text.slice(0, MAX_TITLE);
}

/**
 * Free text about people has no place in what can never be erased; the digest still proves what was filed.
 */
export function justificationOf({ justification }: RegisterInput['requisition']) {
  return typeof justification === 'string' && justification !== '' ? { personal: { justification } } : {};
}

/** The other part of {@link justificationOf}. */
export function withoutJustification({ justification: _text, ...filed }: RegisterInput['requisition']) {
  return filed;
}

async function recognise(deps: ProcessDeps, earlier: PurchaseHead, input: RegisterInput): Promise<Registration> {
  const { processId } = earlier;
  if (earlier.executionId === input.executionId) {
    return { processId, registration: 'new' };
  }
  const filedDigest = digestOf(input.requisition);
  if (filedDigest !== earlier.state.filedDigest) {
    await updateProcess<PurchaseState, void>(deps, processId, () => ({
      change: {
        entries: [
          {
            type: 'DuplicateRefused',
            actor: { kind: 'oa', id: input.oa.system },
            facts: { eventId: input.eventId, requesterId: input.requesterId, filedDigest },
          },
        ],
        effects: [{ kind: 'tell-oa', message: duplicateMessage(processId) }],
      },
      output: undefined,
    }));
  }
  return { processId, registration: 'duplicate' };
}
