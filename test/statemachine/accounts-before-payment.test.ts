import { describe, expect, it } from 'vitest';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { Compliance } from '../support/compliance.ts';
import { companyPolicies, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const { supplierCode } = event.requisition;
const LONG_AGO = '2020-01-01T00:00:00.000Z';

async function delivered(options: ConstructorParameters<typeof PurchaseWorld>[0] = {}) {
  const world = new PurchaseWorld(options);
  await world.submit(event);
  await world.approveOrder();
  await world.deliver();
  return { world, compliance: new Compliance(world) };
}

describe('the bank account of a supplier', () => {
  it('is asked for in the step that pays: one that changed a moment before holds the purchase', async () => {
    const { world, compliance } = await delivered();
    world.bankAccounts.set(supplierCode, '8', LONG_AGO);

    await world.decide('E-4002', 'approve');

    expect(world.erp.allPayments()).toEqual([]);
    expect(await world.head(event)).toMatchObject({ phase: 'On hold', holds: [{ caseId: await compliance.only() }] });
    expect(await world.entryTypes(event)).not.toContain('PaymentIntended');
    await compliance.decide(await compliance.only(), 'release');
    expect(world.erp.allPayments()).toHaveLength(1);
    expect(await compliance.open()).toEqual([]);
  });

  it('that changes again while the purchase is held is another case, and holds it anew', async () => {
    const { world, compliance } = await delivered();
    world.bankAccounts.set(supplierCode, '8', LONG_AGO);
    await world.decide('E-4002', 'approve');
    const first = await compliance.only();
    await world.advance(1);
    world.bankAccounts.set(supplierCode, '8', LONG_AGO);

    await compliance.decide(first, 'release');

    expect(world.erp.allPayments()).toEqual([]);
    const second = await compliance.only();
    expect(second).not.toBe(first);
    await compliance.decide(second, 'release');
    expect(world.erp.allPayments()).toHaveLength(1);
  });

  it('to which a payment is made once more, after the bank refused the first, is asked for again', async () => {
    const { world, compliance } = await delivered();
    await world.decide('E-4002', 'approve');
    world.erp.failPayment('PAY-1');
    await world.poll();
    world.bankAccounts.set(supplierCode, '8', LONG_AGO);

    await world.decide('operators', 'retry');

    expect(world.erp.allPayments()).toHaveLength(1);
    expect(await world.head(event)).toMatchObject({ phase: 'On hold' });
    await compliance.decide(await compliance.only(), 'release');
    expect(world.erp.allPayments()).toHaveLength(2);
  });

  it('that cannot be asked for lets nothing be paid', async () => {
    const { world } = await delivered();
    world.bankAccounts.failure = new ConnectorTransientError('the ERP does not answer');

    await world.decide('E-4002', 'approve');
    expect(await world.entryTypes(event)).not.toContain('PaymentIntended');

    world.bankAccounts.failure = undefined;
    await world.giveUpRetrying();
    expect(world.erp.allPayments()).toHaveLength(1);
  });

  it('is not asked for where the company has turned that off', async () => {
    const policies = {
      ...companyPolicies,
      complianceRule: async (asked: Parameters<typeof companyPolicies.complianceRule>[0]) => ({
        ...(await companyPolicies.complianceRule(asked)),
        ...(asked.detector === 'account-changed' ? { action: 'off' as const } : {}),
      }),
    };
    const { world, compliance } = await delivered({ policies });
    world.bankAccounts.set(supplierCode, '8', LONG_AGO);

    await world.decide('E-4002', 'approve');

    expect(world.erp.allPayments()).toHaveLength(1);
    expect(await compliance.open()).toEqual([]);
  });
});
