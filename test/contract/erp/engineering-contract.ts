/** What the bills of materials of every ERP behind the port do: one suite for the adapter and for the bills in memory. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BillProposal,
  BomVersionCommand,
  Component,
  EngineeringPort,
} from '../../../functions/connectors/erp/engineering-port.ts';
import { insist } from './rig.ts';

/** Racing callers. */
const CALLERS = 6;
const PRODUCT = 'P-9001';
const TODAY = new Date().toISOString().slice(0, 10);

export interface EngineeringRig {
  readonly engineering: EngineeringPort;
  /** Another process with a session of its own and the same claims. */
  another(): EngineeringPort;
  /** An engineer alters the components of the bill in force. */
  typeIn(productCode: string, components: readonly Component[]): Promise<void>;
  /** An employee of the ERP proposes a bill of {@link PRODUCT}; gives its identity. */
  propose(proposal: Pick<BillProposal, 'title' | 'effectiveOn' | 'components'>): Promise<string>;
  /** Employee id of whoever proposes. */
  readonly proposer: string;
  /** The proposer takes the mark away. */
  takeBack(proposalId: string): Promise<void>;
  /** How many bills carry the key, whatever their state; read without the adapter. */
  billsWith(key: string): Promise<number>;
  close(): Promise<void>;
}

/** The next version of the transmitter's bill as it stands now, with so much wire. */
export async function versionCommand(
  engineering: EngineeringPort,
  wire: string,
  terms: Partial<BomVersionCommand> = {},
): Promise<BomVersionCommand> {
  const bill = await engineering.readBom(PRODUCT);
  return {
    key: `T${randomUUID().slice(0, 18)}-bom`,
    productCode: PRODUCT,
    basedOn: bill?.version ?? '',
    outputQuantity: bill?.outputQuantity ?? '1',
    components: [
      { productCode: 'P-3001', quantity: '1' },
      { productCode: 'P-4001', quantity: wire },
    ],
    effectiveOn: TODAY,
    description: 'demo-oa EC-1',
    ...terms,
  };
}

export function describeEngineering(name: string, open: () => Promise<EngineeringRig>): void {
  describe(name, () => {
    let rig: EngineeringRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(async () => {
      await rig?.close();
    });
    const prepared = async (wire: string) => {
      const command = await versionCommand(rig.engineering, wire);
      await insist(() => rig.engineering.prepareBom(command));
      return command;
    };

    it('says what a product is made of, and nothing of one that is bought or that nobody knows', async () => {
      expect(await rig.engineering.readBom(PRODUCT)).toEqual({
        productCode: PRODUCT,
        productName: '压力变送器 Pressure transmitter',
        version: expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/u),
        outputQuantity: '1',
        components: [
          { productCode: 'P-3001', quantity: '1' },
          { productCode: 'P-4001', quantity: '0.25' },
        ],
      });
      expect(await rig.engineering.readBom('P-1001')).toBeUndefined();
      expect(await rig.engineering.readBom('P-0000')).toBeUndefined();
    });

    it('says what hangs on components, in the order asked for, and leaves out what does not exist', async () => {
      const facts = await rig.engineering.componentFacts(['P-4001', 'P-0000', 'P-3001'], TODAY);

      const nothing = { amount: '0.00', currency: 'CNY' };
      expect(facts).toEqual([
        {
          productCode: 'P-4001',
          name: '铜线 Copper wire',
          unit: 'Kilogram',
          onHand: '35.5',
          stockValue: { amount: '2532.93', currency: 'CNY' },
          onOrder: '0',
          orderValue: nothing,
          usedIn: ['P-9001'],
        },
        {
          productCode: 'P-3001',
          name: 'Pressure sensor',
          unit: 'Unit',
          onHand: '60',
          stockValue: { amount: '2730.00', currency: 'CNY' },
          onOrder: '0',
          orderValue: nothing,
          usedIn: ['P-9001', 'P-9002'],
        },
      ]);
    });

    it('prepares a version that nothing is made by until it is put into force', async () => {
      const before = await rig.engineering.readBom(PRODUCT);
      const command = await prepared('0.3');

      expect(await rig.engineering.readBom(PRODUCT)).toEqual(before);
      expect(await rig.engineering.findBomVersion(command.key)).toMatchObject({ key: command.key, state: 'prepared' });

      expect(await rig.engineering.putIntoForce(command)).toMatchObject({ state: 'in-force' });
      const after = await rig.engineering.readBom(PRODUCT);
      expect(after?.components).toEqual(command.components);
      expect(after?.version).not.toBe(before?.version);
    });

    it('does nothing a second time, and knows no key that was never used', async () => {
      const command = await prepared('0.31');
      const first = await rig.engineering.putIntoForce(command);

      expect(await rig.engineering.prepareBom(command)).toEqual(first);
      expect(await rig.engineering.putIntoForce(command)).toEqual(first);
      expect(await rig.billsWith(command.key)).toBe(1);
      expect(await rig.engineering.findBomVersion('T-unknown-bom')).toBeUndefined();
    });

    it(`prepares one version for ${CALLERS} callers at once`, async () => {
      const command = await versionCommand(rig.engineering, '0.32');

      const versions = await Promise.all(
        Array.from({ length: CALLERS }, () => insist(() => rig.another().prepareBom(command))),
      );

      expect(new Set(versions.map(({ bomId }) => bomId)).size).toBe(1);
      expect(await rig.billsWith(command.key)).toBe(1);
    });

    it('refuses a version that was drawn up on another bill than the one in force, and keeps nothing of it', async () => {
      const command = await versionCommand(rig.engineering, '0.33', { basedOn: 'another' });

      await expect(rig.engineering.prepareBom(command)).rejects.toMatchObject({ rule: 'bom-changed' });
      expect(await rig.billsWith(command.key)).toBe(0);
    });

    it('refuses to put into force what was prepared before somebody altered the bill', async () => {
      const command = await prepared('0.34');
      const typed = [
        { productCode: 'P-3001', quantity: '1' },
        { productCode: 'P-4001', quantity: '0.99' },
      ];
      await rig.typeIn(PRODUCT, typed);

      await expect(rig.engineering.putIntoForce(command)).rejects.toMatchObject({ rule: 'bom-changed' });
      expect((await rig.engineering.readBom(PRODUCT))?.components).toEqual(typed);
    });

    it('lets one of two versions that were prepared on the same bill come into force', async () => {
      const [one, other] = [await prepared('0.35'), await prepared('0.36')];

      await insist(() => rig.engineering.putIntoForce(one));

      await expect(rig.engineering.putIntoForce(other)).rejects.toMatchObject({ rule: 'bom-changed' });
      expect((await rig.engineering.readBom(PRODUCT))?.components).toEqual(one.components);
    });

    it('takes back what was prepared, also twice, and puts it into force no more', async () => {
      const command = await prepared('0.37');

      expect(await rig.engineering.discardBom(command)).toMatchObject({ state: 'discarded' });
      expect(await rig.engineering.discardBom(command)).toMatchObject({ state: 'discarded' });

      await expect(rig.engineering.putIntoForce(command)).rejects.toMatchObject({ rule: 'bom-discarded' });
      expect(await rig.engineering.prepareBom(command)).toMatchObject({ state: 'discarded' });
    });

    it('uses up the key of a version that was taken back before it came', async () => {
      const command = await versionCommand(rig.engineering, '0.38');

      await insist(() => rig.engineering.discardBom(command));

      expect(await rig.engineering.prepareBom(command)).toMatchObject({ state: 'discarded' });
      expect(await rig.billsWith(command.key)).toBe(1);
    });

    it('takes nothing back that the product is made by', async () => {
      const command = await prepared('0.39');
      await rig.engineering.putIntoForce(command);

      await expect(rig.engineering.discardBom(command)).rejects.toMatchObject({ rule: 'bom-in-force' });
      expect((await rig.engineering.readBom(PRODUCT))?.components).toEqual(command.components);
    });

    it('tells of a bill that an employee proposes, which is read as they wrote it and by which nothing is made', async () => {
      const before = await rig.engineering.readBom(PRODUCT);
      const { facts: none, watermark } = await rig.engineering.proposalsSince(undefined);
      const components = [
        { productCode: 'P-3001', quantity: '1' },
        { productCode: 'P-4001', quantity: '0.21' },
      ];

      const proposalId = await rig.propose({ title: 'Shorter leads', effectiveOn: '2027-03-01', components });

      const told = await rig.engineering.proposalsSince(watermark);
      expect(none).toEqual([]);
      expect(told.facts).toMatchObject([{ type: 'BillOfMaterialsProposed', proposalId }]);
      expect((await rig.engineering.proposalsSince(told.watermark)).facts).toEqual([]);
      expect(await rig.engineering.readProposal(proposalId)).toEqual({
        ...{ proposalId, title: 'Shorter leads', productCode: PRODUCT, outputQuantity: '1' },
        ...{ components, effectiveOn: '2027-03-01', proposedBy: rig.proposer },
      });
      expect(await rig.engineering.readBom(PRODUCT)).toEqual(before);
    });

    it('knows no proposal that was taken back, and none that never was', async () => {
      const components = [{ productCode: 'P-3001', quantity: '2' }];
      const proposalId = await rig.propose({ title: 'Two sensors', effectiveOn: '2027-03-01', components });

      await rig.takeBack(proposalId);

      expect(await rig.engineering.readProposal(proposalId)).toBeUndefined();
      expect(await rig.engineering.readProposal('999999')).toBeUndefined();
      expect(await rig.engineering.readProposal('nonsense')).toBeUndefined();
    });

    it('refuses a component that does not exist', async () => {
      const components = [{ productCode: 'P-0000', quantity: '1' }];
      const command = await versionCommand(rig.engineering, '1', { components });

      await expect(rig.engineering.prepareBom(command)).rejects.toMatchObject({ rule: 'unknown-product' });
      expect(await rig.billsWith(command.key)).toBe(0);
    });
  });
}
