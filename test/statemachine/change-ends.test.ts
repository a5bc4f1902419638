/** The everyday ends of an engineering change, each seen in the record, in the ERP and by the OA. */
import { describe, expect, it } from 'vitest';
import { noEngineering } from '../../functions/connectors/erp/unconfigured.ts';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, COST_CONTROL, changeEvent, DEPARTMENTS } from '../support/change-world.ts';
import { OPERATORS_MAIL } from '../support/purchase-company.ts';

const event = changeEvent();
const BEFORE = 'P-3001 1, P-4001 0.25';
const AFTER = 'P-3001 1, P-4001 0.2';
/** From the filing, in hours. */
const ITS_DAY = 24 * 60;

async function submitted(sent = event): Promise<ChangeWorld> {
  const world = new ChangeWorld();
  await world.submit(sent);
  return world;
}

async function approved(sent = event): Promise<ChangeWorld> {
  const world = await submitted(sent);
  await world.approve();
  return world;
}

/** The requester, and everybody who decides or is copied by the rules. */
const CONCERNED = [
  'feng.xue@meridian.example',
  'jiang.yong@meridian.example',
  'liu.yang@meridian.example',
  'sun.li@meridian.example',
  'su.hang@meridian.example',
  'thomas.keller@meridian.example',
].toSorted();

/** Who got a mail that says so, each in their language. */
function mailedAbout(world: ChangeWorld, words: RegExp): readonly string[] {
  return world.mails
    .filter(({ text }) => words.test(text))
    .map(({ to }) => to)
    .toSorted();
}

const OVERTAKEN = /so the engineering change was not carried out|工程变更未执行，未做任何更改/u;

describe('an engineering change', () => {
  it('where the connector of the ERP has no bills is refused: its requester is told what is lacking, and no operator is asked', async () => {
    const world = new ChangeWorld();
    world.engineering.readBom = noEngineering().readBom;
    await world.submit(event);

    const refused = (await world.record(event)).find(({ type }) => type === 'EngineeringChangeRefused');
    expect(refused?.facts.issues).toEqual([
      {
        field: 'change',
        problem: expect.stringContaining('has no bills of materials'),
        remedy: expect.stringContaining('in the ERP itself'),
      },
    ]);
    expect(world.told()).toEqual(['refused']);
    expect(JSON.stringify(world.notices)).toContain('has no bills of materials');
    expect(world.mails.filter(({ to }) => to === OPERATORS_MAIL)).toEqual([]);
    expect((await world.head(event)).outcome).toBe('refused');
  });

  it('that every department approves counts from its day on, and all who decided are told', async () => {
    const world = await approved();
    expect(world.engineering.allVersions()).toEqual([{ key: expect.any(String), bomId: 'BOM-1', state: 'prepared' }]);
    await world.advance(ITS_DAY);

    expect(mailedAbout(world, /made by the new bill of materials|按新物料清单生产/u)).toEqual(CONCERNED);
    await handInChange(world, event, {
      record: 'approve approve approve approve implemented',
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });

  it('asks its departments beside each other, and cost control only above its amount', async () => {
    const without = changeEvent({ change: { components: [{ productCode: 'P-3001', quantity: '1' }] } });
    const world = await submitted(without);
    expect(await world.lastAsked()).toBe(DEPARTMENTS[3]);
    const dear = changeEvent({
      requestId: 'EC-2',
      change: { productCode: 'P-9002', components: [{ productCode: 'P-1001', quantity: '1' }] },
    });
    expect(COST_CONTROL).toBe('E-3003');
    await world.submit(dear);

    expect((await world.record(without)).find(({ type }) => type === 'ApprovalRouted')?.facts.levels).toHaveLength(4);
    // Of the sensor the other product is made as well: nothing is given up.
    expect((await world.head(dear)).state.checked?.atStake.amount).toBe('0');
    // 35.5 kg of wire are needed by nobody any more.
    expect((await world.head(without)).state.checked?.atStake).toEqual({ amount: '2532.93', currency: 'CNY' });
  });

  it('that one department rejects changes nothing', async () => {
    const world = await submitted();
    await world.decide('E-3002', 'approve');
    await world.decide('E-4001', 'reject', 'The wire is ordered for a year');

    await handInChange(world, event, {
      record: 'approve reject rejected',
      erp: BEFORE,
      oa: 'accepted rejected',
    });
  });

  it('that is withdrawn before its day takes its version back', async () => {
    const world = await approved();
    await world.withdraw(event);

    await handInChange(world, event, {
      record: 'approve approve approve approve withdrawn',
      erp: `${BEFORE}; discarded`,
      oa: 'accepted approved recorded withdrawn',
    });
  });

  it('whose bill was changed in the ERP while people decided is stale: nothing was changed, and it says so', async () => {
    const world = await submitted();
    world.engineering.typeIn('P-9001', [{ productCode: 'P-3001', quantity: '3' }]);
    await world.approve();

    expect(world.notices.at(-1)?.text.en).toContain('Nothing was changed');
    expect(mailedAbout(world, OVERTAKEN)).toEqual(CONCERNED);
    await handInChange(world, event, {
      record: 'approve approve approve approve stale',
      erp: 'P-3001 3; discarded',
      oa: 'accepted approved cancelled',
    });
  });

  it('whose bill was changed in the ERP before its day is stale as well', async () => {
    const world = await approved();
    world.engineering.typeIn('P-9001', [{ productCode: 'P-3001', quantity: '3' }]);
    await world.advance(ITS_DAY);

    expect(mailedAbout(world, OVERTAKEN)).toEqual(CONCERNED);
    await handInChange(world, event, {
      record: 'approve approve approve approve stale',
      erp: 'P-3001 3; discarded',
      oa: 'accepted approved recorded cancelled',
    });
  });

  it('about a product that nobody makes is refused', async () => {
    const wrong = changeEvent({ change: { productCode: 'P-1001' } });
    const world = await submitted(wrong);

    await handInChange(world, wrong, { record: 'refused', erp: BEFORE, oa: 'refused' });
  });

  it('that names what does not exist goes back to its requester, field by field', async () => {
    const wrong = changeEvent({
      change: {
        basedOn: 'other',
        effectiveOn: '2025-12-31',
        components: [
          { productCode: 'P-9001', quantity: '1' },
          { productCode: 'P-0000', quantity: '0' },
          { productCode: 'P-3001', quantity: '1' },
          { productCode: 'P-3001', quantity: '1' },
        ],
      },
    });
    const world = await submitted(wrong);
    const issues = (await world.record(wrong)).find(({ type }) => type === 'ReturnedByCheck')?.facts.issues;

    expect((issues as { field: string }[]).map(({ field }) => field)).toEqual([
      'change.basedOn',
      'change.effectiveOn',
      'change.components[0].productCode',
      'change.components[1].productCode',
      'change.components[1].quantity',
      'change.components[3].productCode',
    ]);
    await world.resubmit(wrong, {
      changes: { ...event.change, basedOn: (await world.engineering.readBom('P-9001'))?.version },
    });
    await world.approve();
    await handInChange(world, wrong, {
      record: 'approve approve approve approve (Approved change)',
      erp: `${BEFORE}; prepared`,
      oa: 'returned accepted approved recorded',
    });
  });
});
