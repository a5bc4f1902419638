/**
 * Bills of materials in memory behind the port, with switches for what can go wrong. They pass the contract suite that the
 * adapter passes (`test/contract/erp/`).
 */
import { createHash } from 'node:crypto';
import type {
  BillOfMaterials,
  BillProposal,
  BomVersion,
  BomVersionCommand,
  BomVersionState,
  Component,
  ComponentFacts,
  EngineeringPort,
} from '../../functions/connectors/erp/engineering-port.ts';
import type { ErpChanges, ErpFact } from '../../functions/connectors/erp/port.ts';
import { inOrder } from '../../functions/engineering/domain/compare-bills.ts';
import { multiply, roundToCurrency } from '../../functions/money/money.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';
import { BILLS, COMPANY_CURRENCY, PRODUCTS } from '../../local/tryton/company-data.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

interface Version {
  readonly key: string;
  readonly bomId: string;
  readonly command: BomVersionCommand;
  readonly state: BomVersionState;
}

interface Bill {
  readonly bomId: string;
  readonly outputQuantity: string;
  readonly components: readonly Component[];
}

export class FakeEngineering implements EngineeringPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof EngineeringPort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof EngineeringPort)[] = [];
  private readonly bills = new Map<string, Bill>(
    BILLS.map(({ product, components }) => [
      product,
      {
        bomId: `BOM-${product}`,
        outputQuantity: '1',
        components: components.map(({ product: productCode, quantity }) => ({
          productCode,
          quantity: String(quantity),
        })),
      },
    ]),
  );
  private readonly versions: Version[] = [];
  private readonly proposals = new Map<string, BillProposal>();
  private readonly proposed: ErpFact[] = [];

  readBom(productCode: string): Promise<BillOfMaterials | undefined> {
    return this.call('readBom', () => this.billOf(productCode));
  }

  componentFacts(productCodes: readonly string[]): Promise<readonly ComponentFacts[]> {
    return this.call('componentFacts', () => productCodes.flatMap((code) => this.factsOf(code)));
  }

  prepareBom(command: BomVersionCommand): Promise<BomVersion> {
    return this.call('prepareBom', () => {
      const found = this.found(command.key);
      if (found !== undefined) {
        return shown(found);
      }
      const stranger = command.components.find(({ productCode }) => productOf(productCode) === undefined);
      if (stranger !== undefined) {
        throw new BusinessRuleError('unknown-product', `there is no product ${stranger.productCode}`);
      }
      this.demandBasis(command);
      return this.keep(command, 'prepared');
    });
  }

  findBomVersion(key: string): Promise<BomVersion | undefined> {
    return this.call('findBomVersion', () => {
      const found = this.found(key);
      return found === undefined ? undefined : shown(found);
    });
  }

  putIntoForce(command: BomVersionCommand): Promise<BomVersion> {
    return this.call('putIntoForce', () => {
      const found = this.found(command.key);
      if (found === undefined || found.state === 'discarded') {
        throw new BusinessRuleError('bom-discarded', `${command.key} is not there any more`);
      }
      if (found.state === 'in-force') {
        return shown(found);
      }
      this.demandBasis(command);
      const { productCode, outputQuantity, components } = found.command;
      this.bills.set(productCode, { bomId: found.bomId, outputQuantity, components });
      return this.keep(command, 'in-force');
    });
  }

  discardBom(command: BomVersionCommand): Promise<BomVersion> {
    return this.call('discardBom', () => {
      if (this.found(command.key)?.state === 'in-force') {
        throw new BusinessRuleError('bom-in-force', `${command.productCode} is made by ${command.key}`);
      }
      return this.keep(command, 'discarded');
    });
  }

  /** Somebody in the ERP changes by how much of a component the product is made. */
  typeIn(productCode: string, components: readonly Component[]): void {
    const bill = this.bills.get(productCode);
    if (bill === undefined) {
      throw new Error(`nothing says what ${productCode} is made of`);
    }
    this.bills.set(productCode, { ...bill, components });
  }

  proposalsSince(watermark: string | undefined): Promise<ErpChanges> {
    return this.call('proposalsSince', () => ({
      facts: watermark === undefined ? [] : this.proposed.slice(Number(watermark)),
      watermark: String(this.proposed.length),
    }));
  }

  readProposal(proposalId: string): Promise<BillProposal | undefined> {
    return this.call('readProposal', () => this.proposals.get(proposalId));
  }

  /** An engineer proposes a bill, or writes it anew. */
  propose(proposal: BillProposal): void {
    const { proposalId } = proposal;
    this.proposals.set(proposalId, { ...proposal, components: inOrder(proposal.components) });
    this.proposed.push({ type: 'BillOfMaterialsProposed', proposalId, occurredAt: '2026-01-01T00:00:00.000Z' });
  }

  /** The mark is taken away. */
  takeBack(proposalId: string): void {
    this.proposals.delete(proposalId);
  }

  /** All versions, for assertions. */
  allVersions(): readonly BomVersion[] {
    return this.versions.map(shown);
  }

  private billOf(productCode: string): BillOfMaterials | undefined {
    const bill = this.bills.get(productCode);
    if (bill === undefined) {
      return undefined;
    }
    const components = inOrder(bill.components);
    const digest = createHash('sha256')
      .update(JSON.stringify([bill.bomId, components]))
      .digest('hex');
    return {
      productCode,
      productName: productOf(productCode)?.name ?? '',
      version: digest.slice(0, 16),
      outputQuantity: bill.outputQuantity,
      components,
    };
  }

  private factsOf(productCode: string): readonly ComponentFacts[] {
    const product = productOf(productCode);
    if (product === undefined) {
      return [];
    }
    const onHand = String(product.onHand);
    const cost = product.price ?? '0';
    const usedIn = [...this.bills]
      .filter(([, { components }]) => components.some((one) => one.productCode === productCode))
      .map(([code]) => code);
    return [
      {
        productCode,
        name: product.name,
        unit: product.unit,
        onHand,
        stockValue: {
          amount: roundToCurrency(multiply(onHand, cost), COMPANY_CURRENCY),
          currency: COMPANY_CURRENCY,
        },
        onOrder: '0',
        orderValue: { amount: '0.00', currency: COMPANY_CURRENCY },
        usedIn: usedIn.sort(),
      },
    ];
  }

  private demandBasis({ productCode, basedOn }: BomVersionCommand): void {
    if (this.billOf(productCode)?.version !== basedOn) {
      throw new BusinessRuleError('bom-changed', `the bill of ${productCode} is not ${basedOn} any more`);
    }
  }

  private found(key: string): Version | undefined {
    return this.versions.find((version) => version.key === key);
  }

  private keep(command: BomVersionCommand, state: BomVersionState): BomVersion {
    const found = this.found(command.key);
    const version = { key: command.key, bomId: found?.bomId ?? `BOM-${this.versions.length + 1}`, command, state };
    if (found === undefined) {
      this.versions.push(version);
    } else {
      this.versions[this.versions.indexOf(found)] = version;
    }
    return shown(version);
  }

  private call<Result>(operation: keyof EngineeringPort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }
}

function shown({ key, bomId, state }: Version): BomVersion {
  return { key, bomId, state };
}

function productOf(productCode: string) {
  return [...PRODUCTS, ...MADE].find(({ code }) => code === productCode);
}

/** Products that are made and not bought. */
const MADE = BILLS.map(({ product, name }) => ({
  code: product,
  name,
  unit: 'Unit',
  price: undefined,
  onHand: 0,
}));
