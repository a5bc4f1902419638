/** Frappe HR behind the port of payroll systems. */
import type { Slip } from '../../support/frappe-hr/documents.ts';
import { openSite } from './frappe-rig.ts';
import { describePayrollSystem, type Flaw } from './payroll-contract.ts';

const FLAWS: { readonly [flaw in Flaw]: (slip: Slip) => void } = {
  'a net that does not add up': (slip) => {
    slip.net_pay += 1;
  },
  'somebody left out': (slip) => {
    slip.docstatus = 2;
  },
  'another month': (slip) => {
    slip.start_date = '2026-10-01';
  },
  'another currency': (slip) => {
    slip.currency = 'USD';
  },
};

describePayrollSystem('Frappe HR', async () => {
  const { server, documents, system, standing, slipOf, submit } = await openSite();
  return {
    system,
    async calculate(flaw) {
      submit();
      const slip = slipOf('HR-EMP-00002');
      if (flaw !== undefined && slip !== undefined) {
        FLAWS[flaw](slip);
      }
    },
    async reject() {
      for (const { name } of standing()) {
        documents.changeEntry(name, 2);
      }
    },
    failOnce() {
      server.answers.push((response) => response.writeHead(503).end());
    },
    standing: () => standing().length,
  };
});
