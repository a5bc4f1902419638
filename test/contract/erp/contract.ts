/** What every ERP behind the port does: one suite for the adapters and for the ERP in memory. */
import { describe } from 'vitest';
import { describeChanges } from './change-contract.ts';
import { openSuite } from './erp-suite.ts';
import { describeInvoices } from './invoice-contract.ts';
import { describeOrdering } from './ordering-contract.ts';
import { describePayments } from './payment-contract.ts';
import type { ErpRig } from './rig.ts';

/** @param extent - the first half is what comes before anything is received: master data and orders */
export function describeErp(name: string, open: () => Promise<ErpRig>, extent: 'whole' | 'first half' = 'whole'): void {
  describe(name, () => {
    const suite = openSuite(open);
    describeOrdering(suite);
    if (extent === 'whole') {
      describeInvoices(suite);
      describePayments(suite);
      describeChanges(suite);
    }
  });
}
