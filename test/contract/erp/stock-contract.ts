/** What the stock of every ERP behind the port says: one suite for the adapter and for the stock in memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StockLevel, StockPlace, StockPort } from '../../../functions/connectors/erp/stock-port.ts';
import { newKey } from './rig.ts';

export interface StockRig {
  /** The only reorder point is that of paper: 100 to 400 boxes. */
  readonly stock: StockPort;
  /** A reorder point is set in the ERP. */
  setPoint(place: StockPlace, minimum: string, target: string): Promise<void>;
  /** Somebody takes so much out of the warehouse. */
  takeOut(place: StockPlace, quantity: string): Promise<void>;
  /** Orders so much of a product for a warehouse, by the port of purchases; gives the order's number. */
  order(place: StockPlace, quantity: string, key: string): Promise<string>;
  receive(orderNumber: string): Promise<void>;
  cancel(orderNumber: string): Promise<void>;
  close(): Promise<void>;
}

const PAPER: StockPlace = { productCode: 'P-1002', warehouse: 'WH' };
/** Bought by the kilogram, in hundredths. */
const WIRE: StockPlace = { productCode: 'P-4001', warehouse: 'WH' };
/** Nobody supplies it. */
const FIXTURE: StockPlace = { productCode: 'P-5001', warehouse: 'WH' };
const CHAIRS: StockPlace = { productCode: 'P-1001', warehouse: 'WH' };

export function describeStock(name: string, open: () => Promise<StockRig>): void {
  describe(name, () => {
    let rig: StockRig;
    beforeAll(async () => {
      rig = await open();
      await rig.setPoint(WIRE, '20.5', '40.25');
      await rig.setPoint(FIXTURE, '1', '2');
    });
    afterAll(async () => {
      await rig?.close();
    });

    const read = async (place: StockPlace) => (await rig.stock.readStock([place]))[0];
    const codesBelow = async () => (await allBelow(rig.stock)).map(({ productCode }) => productCode);

    it('says what a reorder point is about: the figures, the unit and the smallest step that it is bought in, and the supplier', async () => {
      expect(await read(WIRE)).toEqual({
        ...WIRE,
        productName: '铜线 Copper wire',
        unit: 'Kilogram',
        step: '0.01',
        categories: [],
        onHand: '35.5',
        forecast: '35.5',
        minimum: '20.5',
        target: '40.25',
        supplierCode: 'SUP-002',
      });
      const fixture = await read(FIXTURE);
      expect(fixture).toMatchObject({ categories: ['custom-made'] });
      expect(fixture).not.toHaveProperty('supplierCode');
    });

    it('answers for many places at once, in the order asked for, and leaves out what has no reorder point there', async () => {
      const places = [WIRE, CHAIRS, PAPER, { ...PAPER, warehouse: 'NOWHERE' }, { ...PAPER, productCode: 'P-9999' }];

      const levels = await rig.stock.readStock(places);

      expect(levels.map(({ productCode }) => productCode)).toEqual(['P-4001', 'P-1002']);
      expect(await rig.stock.readStock([])).toEqual([]);
    });

    it('finds below its reorder point what has less than the minimum, and nothing that has as much', async () => {
      expect(await codesBelow()).toEqual(['P-5001']);

      await rig.takeOut(PAPER, '150');
      expect(await read(PAPER)).toMatchObject({ onHand: '100', minimum: '100' });
      expect(await codesBelow()).not.toContain('P-1002');

      await rig.takeOut(PAPER, '1');
      expect(await codesBelow()).toContain('P-1002');
    });

    it('counts what is on order until it has come, and no more once the order is cancelled', async () => {
      const { forecast = '' } = (await read(PAPER)) ?? {};
      const ordered = await rig.order(PAPER, '301', newKey('order'));
      expect(await read(PAPER)).toMatchObject({ onHand: forecast, forecast: '400' });
      expect(await codesBelow()).not.toContain('P-1002');

      await rig.cancel(ordered);
      expect(await read(PAPER)).toMatchObject({ onHand: forecast, forecast });
      expect(await codesBelow()).toContain('P-1002');

      await rig.receive(await rig.order(PAPER, '301', newKey('order')));
      expect(await read(PAPER)).toMatchObject({ onHand: '400', forecast: '400' });
    });
  });
}

async function allBelow(stock: StockPort): Promise<readonly StockLevel[]> {
  const found: StockLevel[] = [];
  let after: string | undefined;
  do {
    const page = await stock.belowReorderPoint(after);
    found.push(...page.below);
    after = page.next;
  } while (after !== undefined);
  return found;
}
