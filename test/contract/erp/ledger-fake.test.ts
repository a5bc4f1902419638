import { add } from '../../../functions/money/money.ts';
import { FakeLedger } from '../../support/fake-ledger.ts';
import { describeLedger, type LedgerRig } from './ledger-contract.ts';

async function openFakeLedger(): Promise<LedgerRig> {
  const fake = new FakeLedger();
  return {
    ledger: fake,
    another: () => fake,
    people: ['E1001', 'E1002'],
    advance: async (employeeId, amount) => {
      fake.advances.set(employeeId, add(fake.advances.get(employeeId) ?? '0', amount));
    },
    begin: async ({ key }) => fake.beginEntry(key),
    confirmPayment: async (payment) => {
      fake.settlePayment(payment, 'completed');
    },
    failPayment: async (payment) => {
      fake.settlePayment(payment, 'failed');
    },
    entriesWith: async (key) =>
      [...fake.allEntries().map((entry) => entry.key), ...fake.allDrafts()].filter((one) => one === key).length,
    paymentsWith: async (key) => fake.allEmployeePayments().filter((payment) => payment.key === key).length,
    close: async () => {},
  };
}

describeLedger('the ledger in memory', openFakeLedger);
