/** The port's suite on the replay server of Odoo 19. */
import { expect, it } from 'vitest';
import { ASSUMED } from '../../support/odoo/exchanges.ts';
import { describeErp } from './contract.ts';
import { type OdooRig, openOdooRig } from './odoo-rig.ts';

let rig: OdooRig | undefined;

describeErp('Odoo', async () => {
  rig = await openOdooRig();
  return rig;
});

it('the connector asks nothing of Odoo that was neither recorded nor assumed, and no more is assumed than it asks', () => {
  expect(rig?.replay.strays).toEqual([]);
  expect(ASSUMED.filter((exchange) => rig?.replay.used.has(exchange) !== true).map(({ request }) => request)).toEqual(
    [],
  );
});
