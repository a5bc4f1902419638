/** Bills of materials of Tryton 8.2 over JSON-RPC, as the connector's restricted user: it needs Production Administration. */
import type { Clock } from '../../../runtime/ambient.ts';
import type { EngineeringPort } from '../engineering-port.ts';
import type { CommandClaims } from '../port.ts';
import { discardVersion, findVersion, prepareVersion, putIntoForce } from './bill-versions.ts';
import { readBill } from './bills.ts';
import { readCompany } from './company.ts';
import { componentFacts } from './component-facts.ts';
import type { TrytonCredentials } from './credentials.ts';
import { proposalsSince, readProposal } from './proposals.ts';
import { createTrytonSession } from './session.ts';

export interface TrytonEngineeringParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly claims: CommandClaims;
  readonly clock: Clock;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonEngineering({
  credentials,
  claims,
  clock,
  fetch: send = fetch,
}: TrytonEngineeringParts): EngineeringPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  return {
    readBom: async (productCode) => (await readBill(tryton, productCode))?.bill,
    componentFacts: async (codes, on) => componentFacts(tryton, await readCompany(tryton), codes, on),
    prepareBom: (command) => prepareVersion(tryton, claims, command),
    findBomVersion: (key) => findVersion(tryton, key),
    putIntoForce: (command) => putIntoForce(tryton, command),
    discardBom: (command) => discardVersion(tryton, claims, command),
    proposalsSince: (watermark) => proposalsSince(tryton, clock.now(), watermark),
    readProposal: (proposalId) => readProposal(tryton, proposalId),
  };
}
