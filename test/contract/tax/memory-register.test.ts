import { beforeEach } from 'vitest';
import { MemoryRegister } from '../../support/memory-register.ts';
import { describeInvoiceRegister } from './register-contract.ts';

let register: MemoryRegister;
beforeEach(() => {
  register = new MemoryRegister();
});

describeInvoiceRegister('memory', () => ({
  register,
  issue: (invoice, state) => register.issue(invoice, state),
  failOnce: () => {
    register.downFor = 1;
  },
}));
