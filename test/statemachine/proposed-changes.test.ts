/** Engineering changes that begin in the ERP: with a bill that an engineer proposes there. */
import { describe, expect, it } from 'vitest';
import type { BillProposal } from '../../functions/connectors/erp/engineering-port.ts';
import { CHANGE, type ChangeState } from '../../functions/engineering/domain/change-process.ts';
import { OPERATIONS } from '../../functions/operations/operator.ts';
import { readHead } from '../../functions/process/update-process.ts';
import { processIdOf } from '../../functions/requests/register-request.ts';
import { ConnectorPermanentError } from '../../functions/runtime/errors.ts';
import { ChangeWorld, DEPARTMENTS } from '../support/change-world.ts';
import { OPERATORS_MAIL } from '../support/purchase-company.ts';

const PROPOSER = 'E-1009';
const processId = processIdOf(CHANGE, { system: 'meridian', requestId: 'tryton-bom-42' });

function proposal(changes: Partial<BillProposal> = {}): BillProposal {
  return {
    proposalId: '42',
    title: 'Shorter leads',
    productCode: 'P-9001',
    outputQuantity: '1',
    components: [
      { productCode: 'P-3001', quantity: '1' },
      { productCode: 'P-4001', quantity: '0.2' },
    ],
    effectiveOn: '2026-03-01',
    proposedBy: PROPOSER,
    ...changes,
  };
}

async function proposed(changes: Partial<BillProposal> = {}) {
  const world = new ChangeWorld();
  world.engineering.propose(proposal(changes));
  return { world, started: await world.hearProposal('42') };
}

const headIn = (world: ChangeWorld) => readHead<ChangeState>(world.store, processId);
const typesIn = async (world: ChangeWorld, id = processId) =>
  (await world.store.readRecord(id)).map(({ type }) => type);
const toOperators = (world: ChangeWorld) => world.mails.filter(({ to }) => to === OPERATORS_MAIL);

describe('a bill that an engineer proposes in the ERP', () => {
  it('goes through the same approval in the name of its engineer, and is what the product is made by on its day', async () => {
    const { world, started } = await proposed();

    await world.approve();
    await world.advance(24 * 60);

    expect(started).toBe('started');
    expect(await headIn(world)).toMatchObject({ requesterId: PROPOSER, outcome: 'implemented' });
    expect((await world.engineering.readBom('P-9001'))?.components).toEqual(proposal().components);
    expect((await typesIn(world)).filter((type) => type === 'DecisionMade')).toHaveLength(DEPARTMENTS.length);
    expect(await typesIn(world)).not.toContain('OaTold');
  });

  it('begins one change however often it is reported', async () => {
    const { world } = await proposed();

    expect(await world.hearProposal('42')).toBe('known');
    expect(await world.hearProposal('42')).toBe('known');
    expect((await typesIn(world)).filter((type) => type === 'EngineeringChangeRegistered')).toHaveLength(1);
  });

  it('is not believed: what the ERP has no more begins nothing', async () => {
    const { world } = await proposed({ proposalId: '7' });

    expect(await world.hearProposal('42')).toBe('no-proposal');
    expect(await headIn(world)).toBeUndefined();
  });

  it('that came back to its engineer is sent again by being altered in the ERP', async () => {
    const { world } = await proposed({ components: [{ productCode: 'P-3001', quantity: '0' }] });
    expect((await headIn(world))?.state.rework).toBeDefined();

    world.engineering.propose(proposal());
    expect(await world.hearProposal('42')).toBe('sent-again');
    await world.approve();
    await world.advance(24 * 60);

    expect(await headIn(world)).toMatchObject({ outcome: 'implemented' });
  });

  it('that is altered while it is decided about changes nothing of what is decided, and the record says so', async () => {
    const { world } = await proposed();
    world.engineering.propose(proposal({ effectiveOn: '2026-05-01' }));

    await world.hearProposal('42');

    expect((await headIn(world))?.state.change?.effectiveOn).toBe('2026-03-01');
    expect(await typesIn(world)).toContain('ResubmissionRefused');
  });
});

describe('a proposal that nobody could be asked about', () => {
  const UNKNOWN = 'E-0000';

  it.each<readonly [string, Partial<BillProposal>, RegExp]>([
    ['of somebody who is not in the directory', { proposedBy: UNKNOWN }, /E-0000 is not in the directory/],
    ['that counts for another quantity of the product', { outputQuantity: '10' }, /it makes 10 of P-9001/],
  ])('%s begins no change, is recorded, and is told to the operators once', async (_what, changes, why) => {
    const { world, started } = await proposed(changes);
    await world.hearProposal('42');

    expect(started).toBe('refused');
    expect(await headIn(world)).toBeUndefined();
    expect(await typesIn(world, OPERATIONS.processId)).toEqual(['ChangeProposalRefused', 'MailSent']);
    expect(toOperators(world)).toHaveLength(1);
    expect(toOperators(world)[0]?.text).toMatch(why);
  });

  it('of whom the ERP does not say which employee it is, or that it cannot make sense of, is refused as well', async () => {
    const { proposedBy: _nobody, ...anonymous } = proposal();
    const world = new ChangeWorld();
    world.engineering.propose(anonymous);
    expect(await world.hearProposal('42')).toBe('refused');

    world.engineering.readProposal = async () => {
      throw new ConnectorPermanentError('proposal 42 does not make one product that has a code');
    };
    expect(await world.hearProposal('42')).toBe('refused');

    expect(toOperators(world).map(({ text }) => /which employee|one product/.exec(text)?.[0])).toEqual([
      'which employee',
      'one product',
    ]);
  });

  it('begins its change once what was wrong is mended', async () => {
    const { world } = await proposed({ proposedBy: UNKNOWN });
    world.engineering.propose(proposal());

    expect(await world.hearProposal('42')).toBe('started');
    expect(await headIn(world)).toMatchObject({ requesterId: PROPOSER });
  });
});
