import { FakeEngineering } from '../../support/fake-engineering.ts';
import { describeEngineering } from './engineering-contract.ts';

describeEngineering('bills of materials in memory', async () => {
  const engineering = new FakeEngineering();
  let count = 0;
  return {
    engineering,
    another: () => engineering,
    typeIn: async (productCode, components) => engineering.typeIn(productCode, components),
    proposer: 'E-1009',
    propose: async (proposal) => {
      count += 1;
      const proposalId = String(count);
      engineering.propose({
        proposalId,
        productCode: 'P-9001',
        outputQuantity: '1',
        proposedBy: 'E-1009',
        ...proposal,
      });
      return proposalId;
    },
    takeBack: async (proposalId) => engineering.takeBack(proposalId),
    billsWith: async (key) => engineering.allVersions().filter((version) => version.key === key).length,
    close: async () => {},
  };
});
