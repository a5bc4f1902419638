/**
 * A bill that an engineer proposes in the ERP begins an engineering change: read again from the ERP, in the name of whoever wrote
 * it, once. What nobody can be asked about begins none, and the operators are told.
 */

import { createHash } from 'node:crypto';
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { BillProposal, EngineeringPort } from '../connectors/erp/engineering-port.ts';
import type { Directory } from '../directory/port.ts';
import type { BillOfMaterialsProposed } from '../events/bill-of-materials-proposed.ts';
import { OWN_SYSTEM } from '../events/envelope.ts';
import { OPERATIONS } from '../operations/operator.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import { versionOf } from '../process/domain/process.ts';
import { refusedProposalKey } from '../process/keys.ts';
import type { ProcessStarter } from '../process/resumer.ts';
import { registerStanding } from '../process/standing-record.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { requesterIssues } from '../requests/check-requester.ts';
import { processIdOf } from '../requests/register-request.ts';
import { resubmitRequest } from '../requests/resubmit-request.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { CHANGE, type ChangeState } from './domain/change-process.ts';

export interface StartProposedDeps extends ProcessDeps {
  readonly engineering: EngineeringPort;
  readonly directory: Directory;
  readonly starter: ProcessStarter;
}

/**
 * `no-proposal`: the ERP has none, or none any more. `refused`: nobody could be asked about it. `known`: its change has begun with
 * this very content. `sent-again`: it was altered since, and goes to its change in the place of what was returned.
 */
export type StartedProposal = 'no-proposal' | 'refused' | 'started' | 'known' | 'sent-again';

/** Longest title of a change. */
const MAX_TITLE = 200;

/** Idempotent. Errors of the engineering port but `ConnectorPermanentError`, which is a refusal. */
export async function startProposedChange(
  deps: StartProposedDeps,
  event: BillOfMaterialsProposed,
): Promise<StartedProposal> {
  const { system } = event.erp;
  const read = await readProposal(deps, event.proposalId);
  if (read === undefined) {
    return 'no-proposal';
  }
  const problem = typeof read === 'string' ? read : await problemOf(deps, read);
  if (typeof read === 'string' || problem !== undefined) {
    return refuse(deps, { system, proposalId: event.proposalId, problem: problem ?? '' });
  }
  return begin(deps, event, read);
}

/** A text: why nobody could decide about it. */
async function readProposal(
  { engineering }: StartProposedDeps,
  proposalId: string,
): Promise<BillProposal | string | undefined> {
  try {
    return await engineering.readProposal(proposalId);
  } catch (error) {
    if (error instanceof ConnectorPermanentError) {
      return error.message;
    }
    throw error;
  }
}

/** What the process itself could not tell its requester; undefined: it begins, and finds what else is wrong. */
async function problemOf(
  { directory, engineering }: StartProposedDeps,
  { proposedBy, productCode, outputQuantity }: BillProposal,
): Promise<string | undefined> {
  if (proposedBy === undefined) {
    return 'the ERP does not say which employee wrote it';
  }
  const [issue] = await requesterIssues(directory, proposedBy);
  if (issue !== undefined) {
    return issue.problem;
  }
  const bill = await engineering.readBom(productCode);
  return bill === undefined || bill.outputQuantity === outputQuantity
    ? undefined
    : `it makes ${outputQuantity} of ${productCode}, and the bill in force ${bill.outputQuantity}`;
}

async function begin(
  deps: StartProposedDeps,
  { metadata, erp }: BillOfMaterialsProposed,
  proposal: BillProposal,
): Promise<StartedProposal> {
  const oa = { system: OWN_SYSTEM, requestId: `${erp.system}-bom-${proposal.proposalId}` };
  const { title, productCode, components, effectiveOn, proposedBy = '' } = proposal;
  const change = {
    title: (title === '' ? productCode : title).slice(0, MAX_TITLE),
    reason: '',
    productCode,
    effectiveOn,
    components: components.map((one) => ({ ...one })),
  };
  const head = await readHead<ChangeState>(deps.store, processIdOf(CHANGE, oa));
  if (head === undefined) {
    const name = createHash('sha256').update(oa.requestId).digest('hex').slice(0, 40);
    const requester = { employeeId: proposedBy };
    await deps.starter.start(`proposed-change-${name}`, { metadata, oa, requester, change });
    return 'started';
  }
  const digest = digestOf(change);
  if (digest === head.state.filedDigest) {
    return 'known';
  }
  await resubmitRequest(deps, CHANGE, {
    oa,
    eventId: `bom-${digest}`.slice(0, 128),
    requesterId: proposedBy,
    replacesVersion: versionOf(head),
    filed: change,
  });
  return 'sent-again';
}

interface Refused {
  readonly system: string;
  readonly proposalId: string;
  readonly problem: string;
}

/** Recorded, and told to the operators, once for each problem. */
async function refuse(deps: StartProposedDeps, { system, proposalId, problem }: Refused): Promise<'refused'> {
  const key = refusedProposalKey(system, proposalId);
  await registerStanding(deps, OPERATIONS);
  await updateProcess<unknown, void>(deps, OPERATIONS.processId, async () => {
    const told = await deps.store.read<{ readonly problem: string }>(key);
    if (told?.value.problem === problem) {
      return { output: undefined };
    }
    const facts = { system, proposalId, problem };
    const text = {
      en: `A bill of materials that was proposed in the ERP (${system} ${proposalId}) begins no engineering change: ${problem}.`,
      zh: `ERP 中提出的物料清单（${system} ${proposalId}）未能发起工程变更：${problem}。`,
    };
    return {
      change: {
        entries: [{ type: 'ChangeProposalRefused', actor: { kind: 'erp', id: system }, facts }],
        effects: [operatorNotice(text)],
      },
      also: [{ kind: 'put', key, value: { problem } }],
      output: undefined,
    };
  });
  return 'refused';
}
