/**
 * Bills of materials of the ERP as Meridian sees them: what a change of one touches, and its next version. Beside
 * {@link ErpPort} (purchases), `LedgerPort` (the books) and `TimePort`; the adapter and the ERP in memory pass one contract
 * suite (`test/contract/erp/`).
 *
 * Errors of every operation are those of `ErpPort`. Quantities are plain decimal strings in the product's own unit; money is
 * of the company's own currency; dates are calendar dates `YYYY-MM-DD` of the company's time zone.
 */
import type { Money } from '../../money/money.ts';
import type { ErpChanges } from './port.ts';

/** So much of a product goes into the bill's output. */
export interface Component {
  readonly productCode: string;
  /** More than zero. */
  readonly quantity: string;
}

/** The bill of materials by which a product is made now. */
export interface BillOfMaterials {
  readonly productCode: string;
  readonly productName: string;
  /**
   * Names this state of it: another text as soon as anybody replaces the bill, or a component of it, in the ERP. At most 64
   * characters of [A-Za-z0-9-].
   */
  readonly version: string;
  /** How much of the product the components make. */
  readonly outputQuantity: string;
  /** Ordered by product code; each product once. */
  readonly components: readonly Component[];
}

/** What hangs on a product that goes into others. */
export interface ComponentFacts {
  readonly productCode: string;
  readonly name: string;
  readonly unit: string;
  /** In all places of the company's warehouse. */
  readonly onHand: string;
  /** On hand, at the product's cost. */
  readonly stockValue: Money;
  /** Ordered and not received yet. */
  readonly onOrder: string;
  /** What of it suppliers have still to deliver, at the orders' prices and the rates of the day. */
  readonly orderValue: Money;
  /** Codes of the products that are made of it now, in alphabetical order. */
  readonly usedIn: readonly string[];
}

export interface BomVersionCommand {
  /** Idempotency key, stable for the process and step; at most 60 characters of [A-Za-z0-9-]. */
  readonly key: string;
  readonly productCode: string;
  /** `version` of the bill that it takes the place of. */
  readonly basedOn: string;
  readonly outputQuantity: string;
  /** At least one; each product once. */
  readonly components: readonly Component[];
  /** From when on it is to be made so: for people who read the bill, since it counts once it is put into force. */
  readonly effectiveOn: string;
  /** For people who read it; nothing personal. */
  readonly description: string;
}

/** `prepared`: it stands beside the bill in force and nothing is made by it. */
export type BomVersionState = 'prepared' | 'in-force' | 'discarded';

export interface BomVersion {
  readonly key: string;
  /** The ERP's own identity of it. */
  readonly bomId: string;
  readonly state: BomVersionState;
}

/** A bill that somebody in the ERP proposes in the place of the one in force. Nothing is made by it. */
export interface BillProposal {
  /** The ERP's own identity of it; at most 32 characters of [A-Za-z0-9-]. */
  readonly proposalId: string;
  /** In the proposer's words; may be empty. */
  readonly title: string;
  readonly productCode: string;
  /** How much of the product the components make. */
  readonly outputQuantity: string;
  /** Ordered by product code; each product once. */
  readonly components: readonly Component[];
  /** As it was written: the first day on which the product is to be made so. */
  readonly effectiveOn: string;
  /** Employee id of whoever wrote it last; undefined: the ERP does not say which employee that is. */
  readonly proposedBy?: string;
}

export interface EngineeringPort {
  /** Undefined: no such product, or nothing says what it is made of. */
  readBom(productCode: string): Promise<BillOfMaterials | undefined>;
  /** In the order asked for; a product that does not exist is left out. `on`: the day of the rates. */
  componentFacts(productCodes: readonly string[], on: string): Promise<readonly ComponentFacts[]>;
  /**
   * Puts the next version beside the bill in force. Called again with the same key it returns the same version, in whatever
   * state it is. `BusinessRuleError`: `unknown-product`; `bom-changed` when the bill in force is not `basedOn` any more.
   */
  prepareBom(command: BomVersionCommand): Promise<BomVersion>;
  /** The version of a key; undefined: none so far (a request whose reply was lost may commit later). */
  findBomVersion(key: string): Promise<BomVersion | undefined>;
  /**
   * From now on the product is made by the version that was prepared under the key; done before, it changes nothing.
   * `BusinessRuleError`: `bom-changed` when the bill in force is not `basedOn` any more, by the ERP's own optimistic lock;
   * `bom-discarded`, also where people deleted it: nothing is changed then.
   */
  putIntoForce(command: BomVersionCommand): Promise<BomVersion>;
  /**
   * Takes a version back that is not in force, whether it was prepared or may still be on its way: the key is used up then.
   * Called again it changes nothing. `BusinessRuleError` `bom-in-force` once the product is made by it.
   */
  discardBom(command: BomVersionCommand): Promise<BomVersion>;
  /** Proposals that were made or altered since a watermark, as facts of `ErpPort.changesSince`; none without a watermark. */
  proposalsSince(watermark: string | undefined): Promise<ErpChanges>;
  /**
   * The proposal as it stands. Undefined: there is none, or it was taken back, or the product is made by it.
   * `ConnectorPermanentError` for one that nobody could decide about, in words for people.
   */
  readProposal(proposalId: string): Promise<BillProposal | undefined>;
}
