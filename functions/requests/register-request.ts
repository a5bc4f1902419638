/** The first step of every process that begins in the OA: one process per request, ever. */
import { createHash } from 'node:crypto';
import { digestOf } from '../audit/domain/canonical-json.ts';
import { EMPTY_CHAIN } from '../audit/domain/record.ts';
import type { OaReference } from '../events/envelope.ts';
import { requestKey } from '../process/keys.ts';
import { createProcess, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { duplicateMessage } from './domain/messages.ts';
import type { Filed, RequestHead, RequestKind, RequestState } from './domain/request.ts';

export interface RegisterInput {
  readonly executionId: string;
  readonly oa: OaReference;
  readonly requesterId: string;
  readonly filed: Filed;
  readonly eventId: string;
}

export interface Registration {
  readonly processId: string;
  readonly registration: 'new' | 'duplicate';
}

/**
 * Registers the request, or finds that it was registered before. The same execution asking again (its reply was lost)
 * is not a duplicate. The same number with another content is refused, recorded, and told to the OA; so is a number that
 * a request of another kind has.
 */
export async function registerRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  input: RegisterInput,
): Promise<Registration> {
  const earlier = await registeredAs(deps, kind, input.oa);
  if (earlier !== undefined) {
    return recognise(deps, kind, earlier, input);
  }
  const processId = processIdOf(kind, input.oa);
  try {
    await register(deps, kind, processId, input);
    return { processId, registration: 'new' };
  } catch (error) {
    const winner = error instanceof ConcurrencyError ? await registeredAs(deps, kind, input.oa) : undefined;
    if (winner === undefined) {
      throw error;
    }
    return recognise(deps, kind, winner, input);
  }
}

/** Derived from the request, so that two processes of one request cannot exist even for a moment. */
export function processIdOf({ idPrefix }: Pick<RequestKind<never>, 'idPrefix'>, oa: OaReference): string {
  return `${idPrefix}-${createHash('sha256').update(`${oa.system}\n${oa.requestId}`).digest('hex').slice(0, 20)}`;
}

/** The process of the request, of whatever kind it is. */
async function registeredAs(
  { store }: ProcessDeps,
  kind: Pick<RequestKind<never>, 'idPrefix'>,
  oa: OaReference,
): Promise<RequestHead | undefined> {
  const own = await readHead<RequestState>(store, processIdOf(kind, oa));
  if (own !== undefined) {
    return own;
  }
  const other = await store.read<{ processId: string }>(requestKey(oa.system, oa.requestId));
  return other === undefined ? undefined : readHead<RequestState>(store, other.value.processId);
}

async function register<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  processId: string,
  input: RegisterInput,
): Promise<void> {
  const head: RequestHead<State> = {
    processId,
    kind: kind.kind,
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
    state: kind.newState(input.filed),
  };
  const entry = {
    type: kind.entryTypes.registered,
    actor: { kind: 'oa', id: input.oa.system },
    facts: {
      system: input.oa.system,
      requestId: input.oa.requestId,
      requesterId: input.requesterId,
      eventId: input.eventId,
      executionId: input.executionId,
      filedDigest: head.state.filedDigest,
      filed: impersonal(kind, input.filed),
    },
    ...personalOf(kind, input.filed),
  } as const;
  const once = { kind: 'create', key: requestKey(input.oa.system, input.oa.requestId), value: { processId } } as const;
  await createProcess(deps, head, { entries: [entry] }, [once], titleOf(input));
}

/** Longest title on a list: nothing has checked yet what was filed. */
const MAX_TITLE = 200;

function titleOf({ oa, filed: { title } }: RegisterInput): string {
  const text = typeof title === 'string' ? title.trim() : '';
  return text === '' ? oa.requestId : text.slice(0, MAX_TITLE);
}

/**
 * Free text about people has no place in what can never be erased; the digest still proves what was filed. What is no text is
 * kept as JSON.
 */
export function personalOf({ personalFields }: Pick<RequestKind<never>, 'personalFields'>, filed: Filed) {
  const texts = personalFields.flatMap((field) => {
    const value = filed[field] ?? '';
    return value === '' ? [] : [[field, typeof value === 'string' ? value : JSON.stringify(value)] as const];
  });
  return texts.length === 0 ? {} : { personal: Object.fromEntries(texts) };
}

/** The other part of {@link personalOf}. */
export function impersonal({ personalFields }: Pick<RequestKind<never>, 'personalFields'>, filed: Filed): Filed {
  return Object.fromEntries(Object.entries(filed).filter(([field]) => !personalFields.some((one) => one === field)));
}

async function recognise<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  earlier: RequestHead,
  input: RegisterInput,
): Promise<Registration> {
  const { processId } = earlier;
  if (earlier.executionId === input.executionId) {
    return { processId, registration: 'new' };
  }
  const filedDigest = digestOf(input.filed);
  if (filedDigest !== earlier.state.filedDigest) {
    await updateProcess<RequestState, void>(deps, processId, () => ({
      change: {
        entries: [
          {
            type: 'DuplicateRefused',
            actor: { kind: 'oa', id: input.oa.system },
            facts: { eventId: input.eventId, requesterId: input.requesterId, filedDigest },
          },
        ],
        effects: [{ kind: 'tell-oa', message: duplicateMessage(kind.noun, processId) }],
      },
      output: undefined,
    }));
  }
  return { processId, registration: 'duplicate' };
}
