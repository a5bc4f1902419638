import { FakeEngineering } from '../../support/fake-engineering.ts';
import { describeEngineering } from './engineering-contract.ts';

describeEngineering('bills of materials in memory', async () => {
  const engineering = new FakeEngineering();
  return {
    engineering,
    another: () => engineering,
    typeIn: async (productCode, components) => engineering.typeIn(productCode, components),
    billsWith: async (key) => engineering.allVersions().filter((version) => version.key === key).length,
    close: async () => {},
  };
});
